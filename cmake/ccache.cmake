# A compiler cache, where there is one and nobody has chosen another launcher.
find_program(CHAINFOLD_CCACHE ccache)
mark_as_advanced(CHAINFOLD_CCACHE)
if(CHAINFOLD_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CHAINFOLD_CCACHE}")
    set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON) # each hides from the cache what a file depends on
endif()
