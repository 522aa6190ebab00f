# find_package(chainfold CONFIG) gives chainfold::chainfold, the name it also has inside this tree.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(chainfold_package_dir "${CMAKE_INSTALL_DATADIR}/cmake/chainfold")

install(TARGETS chainfold EXPORT chainfoldTargets FILE_SET HEADERS)
install(EXPORT chainfoldTargets NAMESPACE chainfold:: DESTINATION "${chainfold_package_dir}")

configure_package_config_file(
    "${PROJECT_SOURCE_DIR}/cmake/chainfoldConfig.cmake.in" "${PROJECT_BINARY_DIR}/chainfoldConfig.cmake"
    INSTALL_DESTINATION "${chainfold_package_dir}" NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may change names; headers do not depend on the machine.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/chainfoldConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(
    FILES "${PROJECT_BINARY_DIR}/chainfoldConfig.cmake" "${PROJECT_BINARY_DIR}/chainfoldConfigVersion.cmake"
    DESTINATION "${chainfold_package_dir}")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
