# Every Emscripten flag with its reason. Needs Emscripten 3.1.69 or newer (scripts/setup finds or unpacks one).
if(EMSCRIPTEN_VERSION VERSION_LESS 3.1.69)
  message(FATAL_ERROR "Emscripten is ${EMSCRIPTEN_VERSION}, wanted 3.1.69 or newer. Run: scripts/setup")
endif()

# -msimd128          every browser in the floor (Chrome 91, Firefox 89, Safari 16.4) has it; LLVM and Eigen vectorise with it
# -fwasm-exceptions  the engine's own exception handling; the JavaScript emulation costs size and speed at every call
add_compile_options(-msimd128 -fwasm-exceptions)
add_link_options(
  -fwasm-exceptions
  -sSTACK_SIZE=1MB          # Eigen keeps blocks of a product on the stack; the default 64 kB overflows
  -sALLOW_MEMORY_GROWTH     # a training set is tens of MB, a lesson needs 2
)

# One optimisation over all our sources at the link: 5 % off the modules. The libraries that come with Emscripten stay as they
# are, so that none has to be compiled for it; hence nothing about it when linking. Not in a debug build, where a link is to be quick.
add_compile_options($<$<CONFIG:Release>:-flto>)

# Built for size: the module is most of what a first visit fetches, and -Oz halves it. What runs in the training loop is built
# for speed all the same: core/CMakeLists.txt names those files. (Source properties come last on the command line.)
set(CMAKE_C_FLAGS_RELEASE "-Oz -DNDEBUG")
set(CMAKE_CXX_FLAGS_RELEASE "-Oz -DNDEBUG")
# They stay out of the optimisation at the link: how a kernel's loop comes out was measured, and is to stay so.
function(backprop_hot)
  set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS "-O3;-fno-lto")
endfunction()

# The tests run under Node by CTest, one .js beside each program. The project's package.json says `"type": "module"`, which
# would make Node read Emscripten's CommonJS program as an ES module; the nearest package.json decides.
file(WRITE ${CMAKE_BINARY_DIR}/package.json "{ \"type\": \"commonjs\" }\n")

# backprop_wasm_program(TARGET): a command line program that runs under Node.
function(backprop_wasm_program target)
  target_link_options(${target} PRIVATE
    -sENVIRONMENT=node        # and nothing for browsers
    -sEXIT_RUNTIME            # return main's result to the shell and flush its output
  )
endfunction()

# backprop_wasm_module(TARGET): TARGET.mjs, an ES module whose default export makes an instance, with TARGET.wasm beside it.
function(backprop_wasm_module target)
  set_target_properties(${target} PROPERTIES SUFFIX .mjs)
  target_link_options(${target} PRIVATE
    -lembind
    --no-entry                # a library: there is no main
    -sMODULARIZE              # a factory instead of a global; two engines may live on one page
    -sEXPORT_ES6              # bundlers see `new URL("backprop.wasm", import.meta.url)` and hash the file
    -sENVIRONMENT=web,worker  # Node loads the same module through `wasmBinary`; naming it here drags file-system code into the page
    -sDYNAMIC_EXECUTION=0     # no eval and no new Function: the page runs under a strict Content-Security-Policy
    -sFILESYSTEM=0            # the core does no I/O
    -sMALLOC=emmalloc         # a quarter of dlmalloc's size; tensors are few and large
    -sINCOMING_MODULE_JS_API=wasmBinary,locateFile # what the factory may be given; the code for the rest is left out
    $<IF:$<CONFIG:Debug>,-sASSERTIONS=2,-sASSERTIONS=0>
  )
endfunction()
