# cpack -G DEB makes libchainfold-dev, for every machine.  Who hands it to others puts his own name in:
# -D CPACK_PACKAGE_CONTACT="Name <address>".
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME chainfold)
set(CPACK_PACKAGE_VENDOR chainfold)
if(NOT CPACK_PACKAGE_CONTACT)
    set(CPACK_PACKAGE_CONTACT "The chainfold maintainers <maintainers@chainfold.example>")
endif()
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "symbolic differentiation in the C++ compiler")
set(CPACK_PACKAGE_DESCRIPTION "A header-only library for C++20.
A network, or any formula, is an expression whose type says what it computes.
The compiler differentiates it, checks every shape, prints the formula that
it found, and emits one fused program for value and gradient: no tape, no
memory taken in a call, no interpreter at run time.
.
With layers, losses, optimisers and training loops, readers of safetensors,
NumPy and CSV files, and adapters for Ceres, NLopt and LBFGS++.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_PACKAGE_NAME libchainfold-dev)
set(CPACK_DEBIAN_PACKAGE_SOURCE chainfold)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libboost-dev (>= ${chainfold_boost_version})")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libceres-dev, libnlopt-cxx-dev, liblbfgspp-dev, zlib1g-dev")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/debian/arrange.cmake")
set(CPACK_CHAINFOLD_SOURCE "${PROJECT_SOURCE_DIR}") # handed to arrange.cmake

include(CPack)
