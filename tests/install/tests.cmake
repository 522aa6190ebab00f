# Both ways in which another project takes the library. (CMakeLists.txt beside this file is that other project.)
foreach(way package subdirectory)
    set(source)
    if(way STREQUAL "subdirectory")
        set(source "${PROJECT_SOURCE_DIR}")
    endif()
    add_test(NAME install.${way}
        COMMAND "${CMAKE_COMMAND}" -D "BUILD=${PROJECT_BINARY_DIR}" -D "SOURCE=${source}"
                -D "WORK=${CMAKE_CURRENT_BINARY_DIR}/install/${way}" -D "COMPILER=${CMAKE_CXX_COMPILER}"
                -D "BOOST=${Boost_DIR}" -P "${CMAKE_CURRENT_SOURCE_DIR}/install/run.cmake")
    set_tests_properties(install.${way} PROPERTIES LABELS house)
endforeach()
