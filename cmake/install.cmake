# `cmake --install`: the library, its public headers, the command line, and the files that find_package(backprop) reads.
# The two small libraries behind it (yyjson, inflate) are installed beside it; an installed yyjson is looked for instead.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(backprop_installed backprop backprop_zlib)
set(backprop_needs_yyjson ON)
if(TARGET backprop_yyjson)
  list(APPEND backprop_installed backprop_yyjson)
  set(backprop_needs_yyjson OFF)
endif()
install(TARGETS ${backprop_installed} EXPORT backprop_targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY core/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(TARGET backprop_cli)
  install(TARGETS backprop_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

set(backprop_config ${CMAKE_INSTALL_LIBDIR}/cmake/backprop)
install(EXPORT backprop_targets NAMESPACE backprop:: FILE backprop-targets.cmake DESTINATION ${backprop_config})
configure_package_config_file(cmake/backprop-config.cmake.in ${CMAKE_BINARY_DIR}/backprop-config.cmake
  INSTALL_DESTINATION ${backprop_config})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/backprop-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/backprop-config.cmake ${CMAKE_BINARY_DIR}/backprop-config-version.cmake
  DESTINATION ${backprop_config})
