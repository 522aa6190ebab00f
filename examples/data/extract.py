#!/usr/bin/env python3
"""Writes the tables of this folder from scikit-learn (Debian: python3-sklearn): extract.py [folder]

A line is a sample: its measurements, then its class or the number to be predicted. Numbers are written with as many
digits as tell them apart, which are those of scikit-learn's own files.
"""
import pathlib
import sys

from sklearn import datasets

TABLES = {
    "iris": (datasets.load_iris, {}, "species"),
    "wine": (datasets.load_wine, {}, "cultivar"),
    "breast_cancer": (datasets.load_breast_cancer, {}, "diagnosis"),
    "diabetes": (datasets.load_diabetes, {"scaled": False}, "progression"),
}


def number(value):
    return repr(float(value)).removesuffix(".0")


def table(load, options, target):
    """The lines of a file."""
    data = load(**options)
    classes = getattr(data, "target_names", None)
    yield ",".join([*data.feature_names, target])
    for sample, value in zip(data.data, data.target):
        yield ",".join([*map(number, sample), number(value) if classes is None else classes[value]])


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
    folder = folder if folder.is_dir() else folder.parent
    for name, (load, options, target) in TABLES.items():
        lines = "\n".join(table(load, options, target))
        (folder / f"{name}.csv").write_text(lines + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
