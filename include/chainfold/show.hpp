// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything that shows what the compiler did: derivations step by step, pictures, and the program's own explanation.
// (Formulas as text are part of chainfold.hpp.)

#include <chainfold/chainfold.hpp>
#include <chainfold/notation/derivation.hpp>
#include <chainfold/notation/explain.hpp>
#include <chainfold/notation/to_svg.hpp>
