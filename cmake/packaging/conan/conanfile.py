"""conan create cmake/packaging/conan makes the package of the tree that it lies in, and builds tests/install with it."""
import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load
from conan.tools.layout import basic_layout

required_conan_version = ">=2.0"


class ChainfoldRecipe(ConanFile):
    name = "chainfold"
    description = "Compile-time symbolic differentiation: the chain rule, folded by the compiler"
    license = "BSL-1.0"
    topics = ("automatic-differentiation", "symbolic-differentiation", "neural-networks", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    no_copy_source = True
    test_package_folder = "../../../tests/install"

    @property
    def _tree(self):
        return os.path.join(self.recipe_folder, "..", "..", "..")

    def set_version(self):
        header = load(self, os.path.join(self._tree, "include", "chainfold", "version.hpp"))
        self.version = re.search(r'version = "([^"]+)"', header).group(1)

    def export_sources(self):
        copy(self, "LICENSE", self._tree, self.export_sources_folder)
        copy(self, "*.hpp", os.path.join(self._tree, "include"), os.path.join(self.export_sources_folder, "include"))

    def layout(self):
        basic_layout(self)

    def requirements(self):
        self.requires("boost/[>=1.70 <2]", transitive_headers=True)

    def package_id(self):
        self.info.clear()

    def validate(self):
        check_min_cppstd(self, 20)

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "*.hpp", os.path.join(self.source_folder, "include"), os.path.join(self.package_folder, "include"))

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.set_property("cmake_file_name", "chainfold")
        self.cpp_info.set_property("cmake_target_name", "chainfold::chainfold")
        self.cpp_info.set_property("pkg_config_name", "chainfold")
        self.cpp_info.requires = ["boost::headers"]
