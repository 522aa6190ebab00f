# Debian's places: documentation under the package's name, the copyright with its own name, changelogs compressed.
set(share "${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share")
set(docs "${share}/doc/${CPACK_DEBIAN_PACKAGE_NAME}")

file(RENAME "${share}/doc/chainfold" "${docs}")
file(REMOVE "${docs}/LICENSE")
configure_file("${CPACK_CHAINFOLD_SOURCE}/cmake/packaging/debian/copyright" "${docs}/copyright" COPYONLY)
file(RENAME "${docs}/CHANGELOG.md" "${docs}/changelog")

string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC) # of SOURCE_DATE_EPOCH, if that is set
file(WRITE "${docs}/changelog.Debian"
"${CPACK_DEBIAN_PACKAGE_SOURCE} (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * Release ${CPACK_PACKAGE_VERSION}, whose changes are told in changelog.gz.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
execute_process(COMMAND gzip --best --no-name "${docs}/changelog" "${docs}/changelog.Debian" COMMAND_ERROR_IS_FATAL ANY)
