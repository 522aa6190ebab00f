// What every test program includes anyway, and is read once for all of them: a second of each translation unit.
// (That each header includes what it needs is what tests/headers is for.)
#pragma once

#include <chainfold/chainfold.hpp>

#include "support/catch.hpp"
