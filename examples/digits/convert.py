#!/usr/bin/env python3
"""Writes digits.hpp from scikit-learn's digits.csv.gz: convert.py digits.csv.gz > digits.hpp

Each line of the file is one image: 64 pixels from 0 to 16, row by row, then the digit it shows.
"""
import csv
import gzip
import sys

HEAD = '''\
// 1797 handwritten digits of 8 x 8 pixels; where they come from and under which licence: README.md beside this file.
// Written by convert.py; the order is the original file's.
#pragma once

#include <array>
#include <cstddef>

namespace digits {

inline constexpr std::size_t count = %d;

// One image per line: 64 pixels, row by row, 'A' for white (0) to 'Q' for full ink (16), then the digit it shows.
inline constexpr const char* images[count] = {
'''

TAIL = '''\
};

// The 64 pixels of image i, from 0 (white) to 1 (full ink).
template <class T = float>
constexpr std::array<T, 64> pixels(std::size_t i) {
    std::array<T, 64> result{};
    for (std::size_t k = 0; k < 64; ++k) result[k] = static_cast<T>(images[i][k] - 'A') / T(16);
    return result;
}

// The digit that image i shows.
constexpr int label(std::size_t i) { return images[i][64] - '0'; }

}  // namespace digits
'''


def main():
    with gzip.open(sys.argv[1], "rt", encoding="ascii") as file:
        rows = [[int(value) for value in row] for row in csv.reader(file)]
    assert all(len(row) == 65 and max(row[:64]) <= 16 and row[64] <= 9 for row in rows)
    sys.stdout.write(HEAD % len(rows))
    for row in rows:
        pixels = "".join(chr(ord("A") + value) for value in row[:64])
        sys.stdout.write(f'    "{pixels}{row[64]}",\n')
    sys.stdout.write(TAIL)


if __name__ == "__main__":
    main()
