// Catch2, whichever major version the machine has: 3 (catch_all.hpp) or 2 (catch.hpp).
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
