# find_package(chainfold CONFIG) gives chainfold::chainfold, the name it also has inside this tree; pkg-config knows it
# as chainfold.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(chainfold_package_dir "${CMAKE_INSTALL_DATADIR}/cmake/chainfold")
set(chainfold_pc_dir "${CMAKE_INSTALL_DATADIR}/pkgconfig")

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

# What was installed may be moved: the prefix is told from where the file lies.
file(RELATIVE_PATH chainfold_prefix_from_pc "/prefix/${chainfold_pc_dir}" /prefix)
configure_file("${PROJECT_SOURCE_DIR}/cmake/chainfold.pc.in" "${PROJECT_BINARY_DIR}/chainfold.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/chainfold.pc" DESTINATION "${chainfold_pc_dir}")

install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
if(PROJECT_IS_TOP_LEVEL)
    install(FILES "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/CHANGELOG.md"
        DESTINATION "${CMAKE_INSTALL_DOCDIR}")
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/docs" "${PROJECT_SOURCE_DIR}/examples"
        DESTINATION "${CMAKE_INSTALL_DOCDIR}" PATTERN ".vitepress" EXCLUDE PATTERN "__pycache__" EXCLUDE)
    include("${PROJECT_SOURCE_DIR}/cmake/packaging/debian.cmake")
endif()
