# A program with sanitizers has up to a quarter of a gigabyte: lld, where there is one, links it in a tenth of the time.
if(CMAKE_CXX_FLAGS MATCHES "-fsanitize=")
    include(CheckLinkerFlag)
    check_linker_flag(CXX -fuse-ld=lld CHAINFOLD_HAS_LLD)
    if(CHAINFOLD_HAS_LLD)
        add_link_options(-fuse-ld=lld)
    endif()
endif()
