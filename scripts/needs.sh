# shellcheck shell=bash
# Sourced by the scripts beside it: `need WHAT...` makes sure that tools and headers are there; on Debian by installing.
# WHAT is one of the names below; on other systems the sentence at the end says what is missing.

package_of() {
    case $1 in
        ninja) echo ninja-build ;;
        g++ | cmake | python3 | npm | pkg-config) echo "$1" ;;
        node) echo nodejs ;;
        clang++-19) echo clang-19 ;;
        llvm) echo llvm-19 ;;
        sanitizers) echo libclang-rt-19-dev ;;
        libclang) echo python3-clang-19 ;;
        boost) echo libboost-dev ;;
        catch2) echo catch2 ;;
        zlib) echo zlib1g-dev ;;
        eigen) echo libeigen3-dev ;;
        openblas) echo libopenblas-dev ;;
        dlib) echo libdlib-dev ;;
        libtorch) echo libtorch-dev ;;
        ceres) echo libceres-dev ;;
        nlopt) echo libnlopt-cxx-dev ;;
        lbfgspp) echo liblbfgspp-dev ;;
        graphviz) echo graphviz ;;
        fashion-mnist) echo dataset-fashion-mnist ;;
    esac
}

fashion_mnist=/usr/share/datasets/fashion-mnist

# (Whether it is there, not whether what it includes is where it looks for it.)
header_exists() { printf '#if !__has_include(<%s>)\n#error\n#endif\n' "$1" | g++ -std=c++20 -E -x c++ - -o /dev/null 2>/dev/null; }

# Debian's bindings are those of Debian's own Python.
python_with_libclang() {
    local python
    for python in python3 /usr/bin/python3; do
        if "$python" -c 'from clang.cindex import Index; Index.create()' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    return 1
}

links_with_sanitizers() { echo 'int main() {}' | clang++-19 -fsanitize=address,undefined -x c++ - -o /dev/null 2>/dev/null; }

present() {
    case $1 in
        sanitizers) links_with_sanitizers ;;
        libclang) python_with_libclang >/dev/null ;;
        llvm) command -v llvm-cov-19 >/dev/null ;;
        boost) header_exists boost/hana/tuple.hpp ;;
        catch2) header_exists catch2/catch.hpp || header_exists catch2/catch_all.hpp ;;
        zlib) header_exists zlib.h ;;
        eigen) header_exists eigen3/Eigen/Core || header_exists Eigen/Core ;;
        openblas) header_exists openblas_config.h ;;
        dlib) header_exists dlib/revision.h ;;
        libtorch) header_exists torch/version.h || header_exists torch/csrc/api/include/torch/version.h ;;
        ceres) header_exists ceres/version.h ;;
        nlopt) header_exists nlopt.h && header_exists nlopt.hpp ;;
        lbfgspp) header_exists LBFGS.h ;;
        graphviz) command -v dot >/dev/null ;;
        fashion-mnist) [ -e $fashion_mnist/t10k-labels-idx1-ubyte.gz ] ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

missing() {
    local what
    for what in "$@"; do present "$what" || echo "$what"; done
}

# Installs the Debian packages of WHAT..., where that is possible; nobody has checked yet whether it was.  What the package
# manager has to say is shown if it fails.
install() {
    local what packages=() as_root=() log
    for what in "$@"; do packages+=("$(package_of "$what")"); done
    if [ "$(id -u)" -ne 0 ] && command -v sudo >/dev/null; then as_root=(sudo); fi
    if command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || [ ${#as_root[@]} -gt 0 ]; }; then
        echo "Installing ${packages[*]}"
        log=$(mktemp)
        "${as_root[@]}" apt-get update -qq >"$log" 2>&1 || cat "$log" >&2
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "${packages[@]}" >"$log" 2>&1 || cat "$log" >&2
        rm -f "$log"
    fi
}

need() {
    local absent packages=() what
    mapfile -t absent < <(missing "$@")
    [ ${#absent[@]} -eq 0 ] && return
    install "${absent[@]}"

    mapfile -t absent < <(missing "$@")
    if [ ${#absent[@]} -gt 0 ]; then
        for what in "${absent[@]}"; do packages+=("$(package_of "$what")"); done
        echo "chainfold needs ${absent[*]}, which this machine does not have and which could not be installed." \
            "On Debian, as root: apt-get install ${packages[*]}" >&2
        exit 1
    fi
}

# As `need`, for what can be done without; one at a time, so that one that does not exist takes no other with it.
want() {
    local absent what
    mapfile -t absent < <(missing "$@")
    for what in "${absent[@]}"; do
        install "$what"
        present "$what" || echo "Without $what, which could not be installed."
    done
}
