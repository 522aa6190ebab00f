# g++ collects garbage from 128 MB on.  From a gigabyte on it compiles the heaviest files in nine tenths of the time, and
# takes up to 2.1 GB for one instead of 1.2: where there are three for each compiler that a build runs at a time.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
    cmake_host_system_information(RESULT megabytes QUERY TOTAL_PHYSICAL_MEMORY)
    math(EXPR compilers "${cores} + 2") # Ninja's
    math(EXPR needed "3000 * ${compilers}")
    if(megabytes GREATER needed)
        add_compile_options("--param=ggc-min-heapsize=1000000")
    endif()
endif()
