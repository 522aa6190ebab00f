# Warnings are errors in this project's own tests, examples and benchmarks; users never see this target.
# A warning that the library must live with is silenced by a pragma beside its cause, not here.
add_library(chainfold_warnings INTERFACE)
# (g++ would also compare the names inside templates and lambdas with the user's globals: =local does not.)
target_compile_options(chainfold_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion
    $<IF:$<CXX_COMPILER_ID:GNU>,-Wshadow=local,-Wshadow> -Werror)

# Not about code: what Clang says of -march=native on processors that are newer than it is.
include(CheckCXXCompilerFlag)
check_cxx_compiler_flag(-Werror=invalid-feature-combination CHAINFOLD_KNOWS_INVALID_FEATURE_COMBINATION)
if(CHAINFOLD_KNOWS_INVALID_FEATURE_COMBINATION)
    target_compile_options(chainfold_warnings INTERFACE -Wno-error=invalid-feature-combination)
endif()
