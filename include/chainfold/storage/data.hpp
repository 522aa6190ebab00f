// SPDX-License-Identifier: BSL-1.0
#pragma once

// Data from files and spans, made ready for training.  (gzip.hpp is apart: it needs zlib.)

#include <chainfold/storage/csv.hpp>
#include <chainfold/storage/idx.hpp>
#include <chainfold/storage/normaliser.hpp>
#include <chainfold/storage/npy.hpp>
#include <chainfold/storage/samples.hpp>
