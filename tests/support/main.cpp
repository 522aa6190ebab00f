// The one main of every test program, where Catch2 does not bring its own.
#define CATCH_CONFIG_MAIN
#include "support/catch.hpp"
