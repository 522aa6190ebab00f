#!/usr/bin/env python3
"""Runs the recipe as `conan create` would, where there is no Conan: conan_stand_in.py CONANFILE WORK

The few parts of Conan that the recipes use are played by the few lines that they come down to for a library of
headers; an attribute or a function that is not among them is an error.  The package is in WORK/package.
"""
import fnmatch
import importlib.util
import os
import pathlib
import shutil
import sys
import types


class Info:
    def __init__(self):
        self.cleared = False

    def clear(self):
        self.cleared = True


class CppInfo:
    def __init__(self):
        self.includedirs, self.libdirs, self.bindirs, self.requires, self.properties = ["include"], ["lib"], ["bin"], [], {}

    def set_property(self, name, value):
        assert name in ("cmake_file_name", "cmake_target_name", "pkg_config_name"), name
        self.properties[name] = value


class ConanFile:
    version = None

    def __init__(self):
        self.info, self.cpp_info, self.required = Info(), CppInfo(), {}

    def requires(self, reference, *, transitive_headers=None):
        name, _, version = reference.partition("/")
        assert name and version, reference
        self.required[name] = transitive_headers


def copy(conanfile, pattern, src, dst):
    inside = [pathlib.Path(folder, name).relative_to(src) for folder, _, names in os.walk(src) for name in names]
    for path in inside:
        if fnmatch.fnmatch(path.as_posix(), pattern):
            target = pathlib.Path(dst, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(pathlib.Path(src, path), target)


def check_min_cppstd(conanfile, standard):
    assert standard == 20 and "compiler" in conanfile.settings


def basic_layout(conanfile):
    conanfile.source_folder = conanfile.export_sources_folder


def module(name, **names):
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(names)


def recipe(path):
    spec = importlib.util.spec_from_file_location("recipe", path)
    loaded = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(loaded)
    classes = [c for c in vars(loaded).values() if isinstance(c, type) and issubclass(c, ConanFile) and c is not ConanFile]
    assert len(classes) == 1
    return classes[0]()


def main():
    path, work = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    module("conan", ConanFile=ConanFile)
    module("conan.tools")
    module("conan.tools.build", check_min_cppstd=check_min_cppstd, can_run=lambda conanfile: True)
    module("conan.tools.cmake", CMake=None, cmake_layout=None)
    module("conan.tools.files", copy=copy, load=lambda conanfile, name: pathlib.Path(name).read_text(encoding="utf-8"))
    module("conan.tools.layout", basic_layout=basic_layout)

    made = recipe(path)
    made.recipe_folder, made.export_sources_folder = str(path.parent), str(work / "sources")
    made.package_folder = str(work / "package")
    made.set_version()
    made.export_sources()
    made.layout()
    made.requirements()
    made.validate()
    made.package_id()
    made.package()
    made.package_info()

    assert made.package_type == "header-library" and made.info.cleared
    assert not made.cpp_info.libdirs and not made.cpp_info.bindirs
    assert [needed.partition("::")[0] for needed in made.cpp_info.requires] == list(made.required) == ["boost"]
    assert made.cpp_info.properties["cmake_target_name"] == "chainfold::chainfold"
    header = (pathlib.Path(made.package_folder) / "include/chainfold/version.hpp").read_text(encoding="utf-8")
    assert f'"{made.version}"' in header
    outside = path.parent / made.test_package_folder
    assert (outside / "CMakeLists.txt").is_file()
    recipe(outside / "conanfile.py")
    print(f"{made.name}/{made.version}")


if __name__ == "__main__":
    main()
