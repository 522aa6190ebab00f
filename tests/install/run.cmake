# cmake -D WAY=… -D BUILD=<chainfold's build tree> -D SOURCE=<its source tree> -D WORK=<scratch> -D COMPILER=…
#       -D BOOST=<the folder of BoostConfig.cmake> -D BOOST_INCLUDE=<-isystem …, or empty> -D PYTHON=… -P run.cmake
#
# Makes the library ready for others in one way, and builds and runs the outside project with that.
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")
set(here "${CMAKE_CURRENT_LIST_DIR}")

function(run)
    execute_process(COMMAND ${ARGV} WORKING_DIRECTORY "${WORK}" COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# By CMake, with more -D.
function(use)
    run("${CMAKE_COMMAND}" -G Ninja -S "${here}" -B "${WORK}/build" -D "WAY=${WAY}" -D "CMAKE_CXX_COMPILER=${COMPILER}"
        -D "Boost_DIR=${BOOST}" ${ARGV})
    run("${CMAKE_COMMAND}" --build "${WORK}/build")
    run("${WORK}/build/outside")
endfunction()

# Without CMake, with the flags that find the headers.
function(compile)
    run("${COMPILER}" -std=c++20 ${ARGV} ${BOOST_INCLUDE} "${here}/main.cpp" -o outside)
    run("${WORK}/outside")
endfunction()

function(compile_with_pkg_config prefix)
    execute_process(COMMAND "${CMAKE_COMMAND}" -E env "PKG_CONFIG_PATH=${prefix}/share/pkgconfig"
        "${PKG_CONFIG}" --cflags "chainfold >= 0.1"
        OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    separate_arguments(flags UNIX_COMMAND "${flags}")
    compile(${flags})
endfunction()

function(must_exist)
    foreach(file IN LISTS ARGV)
        if(NOT EXISTS "${file}")
            message(FATAL_ERROR "${file} is missing")
        endif()
    endforeach()
endfunction()

if(WAY MATCHES "^(package|pkg_config)$")
    # What was installed is moved before it is used: no path in it is fixed.
    execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/before"
        OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
    file(RENAME "${WORK}/before" "${WORK}/prefix")
    must_exist("${WORK}/prefix/share/doc/chainfold/LICENSE")
    if(WAY STREQUAL "package")
        use(-D "CMAKE_PREFIX_PATH=${WORK}/prefix")
    else()
        compile_with_pkg_config("${WORK}/prefix")
    endif()
elseif(WAY MATCHES "^(subdirectory|fetch)$")
    use(-D "CHAINFOLD_SOURCE=${SOURCE}")
elseif(WAY STREQUAL "single_header")
    # The same bytes each time.  All headers in one are compiled too, with the warnings that users may have.
    run("${PYTHON}" "${SOURCE}/scripts/single_header" -o include/chainfold/chainfold.hpp)
    run("${PYTHON}" "${SOURCE}/scripts/single_header" -o again.hpp)
    run("${CMAKE_COMMAND}" -E compare_files include/chainfold/chainfold.hpp again.hpp)
    compile(-Iinclude "${here}/other.cpp")
    run("${PYTHON}" "${SOURCE}/scripts/single_header" --all -o all.hpp)
    file(WRITE "${WORK}/all.cpp" "#include \"all.hpp\"\n#include \"all.hpp\"\nint main() {}\n")
    run("${COMPILER}" -std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Werror ${BOOST_INCLUDE} -fsyntax-only all.cpp)
    # An older language is one sentence.
    execute_process(COMMAND "${COMPILER}" -std=c++17 ${BOOST_INCLUDE} -fsyntax-only all.cpp WORKING_DIRECTORY "${WORK}"
        RESULT_VARIABLE status ERROR_VARIABLE said)
    if(status EQUAL 0 OR NOT said MATCHES "error:[^\n]* chainfold needs C\\+\\+20: compile with -std=c\\+\\+20")
        message(FATAL_ERROR "with -std=c++17 the compiler says\n${said}")
    endif()
elseif(WAY STREQUAL "debian")
    run("${CMAKE_CPACK_COMMAND}" -G DEB --config "${BUILD}/CPackConfig.cmake" -B "${WORK}")
    file(GLOB package "${WORK}/libchainfold-dev_*_all.deb")
    run(dpkg-deb --info "${package}")
    run(dpkg-deb --extract "${package}" root)
    set(doc "${WORK}/root/usr/share/doc/libchainfold-dev")
    must_exist("${doc}/copyright" "${doc}/changelog.gz" "${doc}/changelog.Debian.gz" "${doc}/README.md"
        "${doc}/docs/design/0001-house.md" "${doc}/examples/01_derivative.cpp")
    use(-D "CMAKE_PREFIX_PATH=${WORK}/root/usr")
elseif(WAY STREQUAL "vcpkg")
    run("${CMAKE_COMMAND}" -D "SOURCE=${SOURCE}" -D "WORK=${WORK}" -D "BOOST=${BOOST}" -D "COMPILER=${COMPILER}"
        -P "${here}/vcpkg_stand_in.cmake")
    must_exist("${WORK}/packages/share/chainfold/copyright" "${WORK}/packages/share/chainfold/usage")
    use(-D "CMAKE_PREFIX_PATH=${WORK}/packages")
elseif(WAY STREQUAL "conan")
    run("${PYTHON}" "${here}/conan_stand_in.py" "${SOURCE}/cmake/packaging/conan/conanfile.py" "${WORK}")
    must_exist("${WORK}/package/licenses/LICENSE")
    compile("-I${WORK}/package/include")
else()
    message(FATAL_ERROR "there is no way '${WAY}'")
endif()
