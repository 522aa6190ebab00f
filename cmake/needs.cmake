# A file that needs more than the library and its tests says so, with one line for each foreign header:
#
#     // needs: ceres/ceres.h
#
# Headers of the library, tests, messages and examples are read for such lines.  What a machine does not have is left
# out, with a word; what it has is linked.  (-D CMAKE_DISABLE_FIND_PACKAGE_Ceres=ON leaves out what needs Ceres.)
include(CheckCXXSourceCompiles)

# For each header: the package that brings it, and its targets, of which the first that exists is linked.
set(chainfold_package_of_ceres/ceres.h Ceres Ceres::ceres)
set(chainfold_package_of_nlopt.hpp NLopt NLopt::nlopt NLopt::nlopt_cxx)
set(chainfold_package_of_LBFGS.h Eigen3 Eigen3::Eigen)
set(chainfold_package_of_zlib.h ZLIB ZLIB::ZLIB)
set(chainfold_package_of_catch2/catch.hpp Catch2 Catch2::Catch2)
set(chainfold_package_of_thread Threads Threads::Threads)

# Sets TARGET_OUT to what has to be linked for a header, or to a false value where the header is not to be had.
function(chainfold_find_need header target_out)
    list(POP_FRONT chainfold_package_of_${header} package)
    set(targets ${chainfold_package_of_${header}})
    if(NOT package)
        message(FATAL_ERROR "cmake/needs.cmake does not know which package brings ${header}")
    endif()
    set(found FALSE)
    set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL TRUE)
    set(CMAKE_MESSAGE_LOG_LEVEL WARNING) # some packages tell of all that they find
    find_package(${package} QUIET)
    foreach(target IN LISTS targets)
        if(TARGET ${target})
            string(MAKE_C_IDENTIFIER "CHAINFOLD_HAS_${header}" has)
            set(CMAKE_REQUIRED_LIBRARIES ${target})
            set(CMAKE_REQUIRED_QUIET TRUE)
            check_cxx_source_compiles("
                #if !__has_include(<${header}>)
                #error
                #endif
                int main() {}" ${has})
            if(${has})
                set(found ${target})
            else()
                unset(${has} CACHE) # it may be installed before the next time
            endif()
            break()
        endif()
    endforeach()
    set(${target_out} ${found} PARENT_SCOPE)
endfunction()

# Sets OUT to the targets that FILE has to be linked with, and OUT_MISSING to the headers that cannot be had.
function(chainfold_needs out file)
    set(targets)
    set(missing)
    file(STRINGS "${file}" lines REGEX "^// needs: ")
    foreach(line IN LISTS lines)
        string(REGEX REPLACE "^// needs: *([^ ]+).*" "\\1" header "${line}")
        chainfold_find_need(${header} target)
        if(target)
            list(APPEND targets ${target})
        else()
            list(APPEND missing ${header})
        endif()
    endforeach()
    set(${out} ${targets} PARENT_SCOPE)
    set(${out}_MISSING ${missing} PARENT_SCOPE)
endfunction()

# Takes out of a list of files those that cannot be built here, and adds to OUT what the others are linked with.
function(chainfold_keep_buildable files_variable out)
    set(kept)
    set(all)
    foreach(file IN LISTS ${files_variable})
        chainfold_needs(targets "${file}")
        if(targets_MISSING)
            file(RELATIVE_PATH name "${PROJECT_SOURCE_DIR}" "${file}")
            list(JOIN targets_MISSING ", " missing)
            message(STATUS "Without ${name}, for want of ${missing}")
        else()
            list(APPEND kept "${file}")
            list(APPEND all ${targets})
        endif()
    endforeach()
    list(REMOVE_DUPLICATES all)
    set(${files_variable} ${kept} PARENT_SCOPE)
    set(${out} ${all} PARENT_SCOPE)
endfunction()
