# Third-party C++, four libraries, pinned: Eigen::Eigen (Eigen3::Eigen), Catch2::Catch2WithMain, yyjson::yyjson, backprop_zlib.
#
# An installed one of the right version is used first. Otherwise its source archive: the one that scripts/setup left in the
# user's cache, or else the same version from its own site. Their own CMake is never run (SOURCE_SUBDIR names no folder): we
# compile the few files we need with our flags, natively and for wasm alike.
include(FetchContent)

if(DEFINED ENV{BACKPROP_CACHE})
  set(backprop_archives $ENV{BACKPROP_CACHE}/sources)
elseif(DEFINED ENV{XDG_CACHE_HOME})
  set(backprop_archives $ENV{XDG_CACHE_HOME}/backprop-playground/sources)
else()
  set(backprop_archives $ENV{HOME}/.cache/backprop-playground/sources)
endif()

# backprop_fetch(NAME LOCAL file sha256 REMOTE url sha256 [FIND find_package arguments...])
# Sets NAME_SOURCE_DIR unless find_package found NAME. Two hashes, since Debian repacks some archives.
macro(backprop_fetch name)
  cmake_parse_arguments(fetch "" "" "LOCAL;REMOTE;FIND" ${ARGN})
  list(POP_FRONT fetch_LOCAL fetch_file fetch_hash)
  set(fetch_url ${backprop_archives}/${fetch_file})
  if(NOT EXISTS ${fetch_url})
    list(POP_FRONT fetch_REMOTE fetch_url fetch_hash)
  endif()
  if(fetch_FIND)
    list(PREPEND fetch_FIND FIND_PACKAGE_ARGS)
  endif()
  FetchContent_Declare(${name} URL ${fetch_url} URL_HASH SHA256=${fetch_hash} SOURCE_SUBDIR none ${fetch_FIND})
  FetchContent_MakeAvailable(${name})
  string(TOLOWER ${name} fetch_lower)
  set(${name}_SOURCE_DIR ${${fetch_lower}_SOURCE_DIR})
endmacro()

# --- Eigen: linear algebra, headers only -------------------------------------------------------------------------------------
backprop_fetch(Eigen3
  LOCAL eigen3_3.4.0.orig.tar.bz2 b4c198460eba6f28d34894e3a5710998818515104d6e74e5cc331ce31e46e626
  REMOTE https://gitlab.com/libeigen/eigen/-/archive/3.4.0/eigen-3.4.0.tar.bz2
         b4c198460eba6f28d34894e3a5710998818515104d6e74e5cc331ce31e46e626
  FIND 3.4 NO_MODULE)
if(NOT TARGET Eigen3::Eigen)
  add_library(backprop_eigen INTERFACE)
  target_include_directories(backprop_eigen SYSTEM INTERFACE ${Eigen3_SOURCE_DIR})
  add_library(Eigen3::Eigen ALIAS backprop_eigen)
endif()

# --- yyjson: graph documents and safetensors headers -------------------------------------------------------------------------
backprop_fetch(yyjson
  LOCAL yyjson_0.10.0+ds.orig.tar.xz ae6fde69a193e10afab426ef13f113d6903446405f9db9ee98bfb572bd6c961a
  REMOTE https://github.com/ibireme/yyjson/archive/refs/tags/0.10.0.tar.gz
         0d901cb2c45c5586e3f3a4245e58c2252d6b24bf4b402723f6179523d389b165
  FIND 0.10 CONFIG)
if(NOT TARGET yyjson::yyjson)
  add_library(backprop_yyjson STATIC ${yyjson_SOURCE_DIR}/src/yyjson.c)
  target_include_directories(backprop_yyjson SYSTEM PUBLIC $<BUILD_INTERFACE:${yyjson_SOURCE_DIR}/src>)
  # No JSON Pointer or Patch, and no parser for what is not JSON (comments, NaN, trailing commas): documents come from strangers.
  target_compile_definitions(backprop_yyjson PUBLIC YYJSON_DISABLE_UTILS=1 YYJSON_DISABLE_NON_STANDARD=1
    YYJSON_DISABLE_FAST_FP_CONV=1)  # the C library's strtod instead of 80 kB of tables and code; just as exact
  if(EMSCRIPTEN)
    # A third of the size: it forces inlining everywhere, and brings its own conversion of numbers beside the C library's.
    # Numbers go through JavaScript, see core/src/text/number.cpp.
    target_compile_definitions(backprop_yyjson PRIVATE yyjson_inline=inline YYJSON_DISABLE_FAST_FP_CONV=1
      strtod=backprop_strtod snprintf=backprop_snprintf)
  endif()
  add_library(yyjson::yyjson ALIAS backprop_yyjson)
endif()

# --- zlib: inflate only, for gzipped IDX files. Always ours: six files, and no system zlib exists for wasm. --------------------
backprop_fetch(zlib
  LOCAL zlib_1.3.dfsg+really1.3.1.orig.tar.gz 60dd315c07f616887caa029408308a018ace66e3d142726a97db164b3b8f69fb
  REMOTE https://github.com/madler/zlib/releases/download/v1.3.1/zlib-1.3.1.tar.gz
         9a93b2b7dfdac77ceba5a558a580e74667dd6fede4585b91eefb60f03b72df23)
set(zlib_inflate adler32.c crc32.c inffast.c inflate.c inftrees.c zutil.c)
list(TRANSFORM zlib_inflate PREPEND ${zlib_SOURCE_DIR}/)
add_library(backprop_zlib STATIC ${zlib_inflate})
# Its tables of remainders are made on first use: 10 kB that do not compress, for a file that most visitors never open.
# The prefix keeps its names apart from the system's zlib in programs that link both; core/CMakeLists.txt gives it to the one user.
target_compile_definitions(backprop_zlib PRIVATE DYNAMIC_CRC_TABLE Z_PREFIX)
target_include_directories(backprop_zlib SYSTEM PUBLIC $<BUILD_INTERFACE:${zlib_SOURCE_DIR}>)

# --- Catch2: the test framework, its amalgamated file (24 s to compile; its own build takes 89 s) ------------------------------
if(BACKPROP_TESTS)
  backprop_fetch(Catch2
    LOCAL catch2_3.7.1.orig.tar.gz c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c
    REMOTE https://github.com/catchorg/Catch2/archive/refs/tags/v3.7.1.tar.gz
           c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c
    FIND 3.7 CONFIG)
  if(NOT TARGET Catch2::Catch2WithMain)
    add_library(backprop_catch2 STATIC ${Catch2_SOURCE_DIR}/extras/catch_amalgamated.cpp)
    # Optimised and under sanitizers this one file takes longer than the whole core; nobody waits for a test framework to run.
    target_compile_options(backprop_catch2 PRIVATE -O0 -g0 -fno-sanitize=all)
    # The amalgamated file carries the default configuration; the headers under <catch2/> want the same one as a file.
    set(CATCH_CONFIG_DEFAULT_REPORTER console)
    set(CATCH_CONFIG_CONSOLE_WIDTH 80)
    set(catch2_generated ${CMAKE_BINARY_DIR}/generated/catch2)
    configure_file(${Catch2_SOURCE_DIR}/src/catch2/catch_user_config.hpp.in ${catch2_generated}/catch2/catch_user_config.hpp)
    target_include_directories(backprop_catch2 SYSTEM PUBLIC ${Catch2_SOURCE_DIR}/src ${catch2_generated})
    target_include_directories(backprop_catch2 SYSTEM PRIVATE ${Catch2_SOURCE_DIR}/extras)
    add_library(Catch2::Catch2WithMain ALIAS backprop_catch2)
    list(APPEND CMAKE_MODULE_PATH ${Catch2_SOURCE_DIR}/extras)
  endif()
  include(Catch) # catch_discover_tests
endif()
