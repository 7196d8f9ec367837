#include "backprop/simd.h"

#include "guard.h"
#include "rooms.h"

#include <emscripten/bind.h>
#include <unistd.h>

/// What every module has, whatever else it binds (modules/).
namespace backprop::bindings {

namespace {

val build() {
  return guarded([] {
    val out = val::object();
    put(out, "version", std::string_view(BACKPROP_VERSION));
    put(out, "simd", std::string_view(simd()));
    return out;
  });
}

/// Objects alive, and the top of the heap: for tests that look for leaks.
val memory() {
  return guarded([] {
    val out = val::object();
    put(out, "objects", static_cast<double>(alive()));
    put(out, "heapBytes", static_cast<double>(reinterpret_cast<std::uintptr_t>(sbrk(0))));
    return out;
  });
}

}  // namespace

void bind_module() {
  emscripten::function("build", &build);
  emscripten::function("memory", &memory);
}

}  // namespace backprop::bindings
