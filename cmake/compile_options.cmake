# Options for every source file, ours and third-party, native and wasm; then the warnings, for ours alone.

# The same double on every machine: without this, a compiler whose target has fused multiply-add (arm64) may round a*b+c once
# instead of twice, and golden tests, seeds and shipped weights would depend on where they were made.
add_compile_options(-ffp-contract=off)

if(BACKPROP_SANITIZE)
  # -O1: Eigen is an order of magnitude slower at -O0, and line numbers stay usable. Any finding ends the run.
  set(sanitizers address)
  if(NOT EMSCRIPTEN)
    list(APPEND sanitizers undefined)
    add_compile_definitions(_GLIBCXX_ASSERTIONS) # bounds of std::vector and std::span
  endif()
  if(BACKPROP_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link) # counts which branches an input takes
  endif()
  list(JOIN sanitizers , sanitizers)
  add_compile_options(-O1 -g -fno-omit-frame-pointer -fsanitize=${sanitizers} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${sanitizers})
endif()

# Linked by our own targets only. No -Werror: a newer compiler's new warning must not stop a stranger's build.
add_library(backprop_warnings INTERFACE)
target_compile_options(backprop_warnings INTERFACE
  -Wall -Wextra -Wpedantic
  -Wshadow            # a lambda's parameter that hides an op's slot has cost hours elsewhere
  -Wnon-virtual-dtor
  -Wimplicit-fallthrough
)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # GCC 12 reports Eigen's fixed-size buffers as used uninitialised once sanitizers keep it from seeing through them.
  target_compile_options(backprop_warnings INTERFACE -Wno-maybe-uninitialized)
endif()
