# Warnings are errors in this project's own tests, examples and benchmarks; users never see this target.
# A warning that the library must live with is silenced by a pragma beside its cause, not here.
add_library(chainfold_warnings INTERFACE)
target_compile_options(chainfold_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
