# cmake -D BUILD=<chainfold's build tree> -D SOURCE=<its source tree, or empty> -D WORK=<scratch> -D COMPILER=… -P run.cmake
# Installs, configures the outside project against what was installed, builds it and runs it.
file(REMOVE_RECURSE "${WORK}")
set(from -D "CHAINFOLD_SOURCE=${SOURCE}")
if(NOT SOURCE)
    execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/prefix"
        OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
    set(from -D "CMAKE_PREFIX_PATH=${WORK}/prefix")
endif()
execute_process(COMMAND "${CMAKE_COMMAND}" -G Ninja -S "${CMAKE_CURRENT_LIST_DIR}" -B "${WORK}/build"
        -D "CMAKE_CXX_COMPILER=${COMPILER}" -D "Boost_DIR=${BOOST}" ${from}
    COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${WORK}/build" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${WORK}/build/outside" COMMAND_ERROR_IS_FATAL ANY)
