# Every way in which another project takes the library.  (CMakeLists.txt beside this file is that other project.)
# What the compiler has no part in is tried with one of them.
find_program(CHAINFOLD_PKG_CONFIG pkg-config)
find_program(CHAINFOLD_DPKG_DEB dpkg-deb)
mark_as_advanced(CHAINFOLD_PKG_CONFIG CHAINFOLD_DPKG_DEB)

set(ways package single_header)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND ways subdirectory fetch vcpkg conan)
    if(CHAINFOLD_PKG_CONFIG)
        list(APPEND ways pkg_config)
    else()
        message(STATUS "Without install.pkg_config, for want of pkg-config")
    endif()
    if(CHAINFOLD_DPKG_DEB)
        list(APPEND ways debian)
    endif()
endif()

set(boost_include)
if(CHAINFOLD_SCRIPT_INCLUDES)
    set(boost_include -isystem "${Boost_INCLUDE_DIRS}")
endif()

foreach(way IN LISTS ways)
    add_test(NAME install.${way}
        COMMAND "${CMAKE_COMMAND}" -D "WAY=${way}" -D "BUILD=${PROJECT_BINARY_DIR}" -D "SOURCE=${PROJECT_SOURCE_DIR}"
                -D "WORK=${CMAKE_CURRENT_BINARY_DIR}/install/${way}" -D "COMPILER=${CMAKE_CXX_COMPILER}"
                -D "BOOST=${Boost_DIR}" -D "BOOST_INCLUDE=${boost_include}" -D "PYTHON=${Python3_EXECUTABLE}"
                -D "PKG_CONFIG=${CHAINFOLD_PKG_CONFIG}" -P "${CMAKE_CURRENT_SOURCE_DIR}/install/run.cmake")
    set_tests_properties(install.${way} PROPERTIES LABELS house)
endforeach()
