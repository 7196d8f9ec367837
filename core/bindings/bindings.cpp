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
    out.set("version", std::string(BACKPROP_VERSION));
    out.set("simd", std::string(simd()));
    return out;
  });
}

/// Objects alive, and the top of the heap: for tests that look for leaks.
val memory() {
  return guarded([] {
    val out = val::object();
    out.set("objects", static_cast<double>(alive()));
    out.set("heapBytes", static_cast<double>(reinterpret_cast<std::uintptr_t>(sbrk(0))));
    return out;
  });
}

}  // namespace

void bind_module() {
  emscripten::function("build", &build);
  emscripten::function("memory", &memory);
}

}  // namespace backprop::bindings
