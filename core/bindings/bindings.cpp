#include "guard.h"
#include "rooms.h"

#include <emscripten/bind.h>
#include <unistd.h>

/// The module's door: every function that JavaScript can call is in one of these lists, and web/engine/core-module.ts
/// names them again; tests/web/engine/contract.test.ts holds the two together.
namespace backprop::bindings {

Session& session() {
  static Session session;
  return session;
}

namespace {

val build() {
  return guarded([] {
    val out = val::object();
    out.set("version", std::string(BACKPROP_VERSION));
    out.set("simd", std::string("simd128"));
    return out;
  });
}

/// Objects alive, and the top of the heap: for tests that look for leaks.
val memory() {
  return guarded([] {
    val out = val::object();
    out.set("objects", static_cast<double>(session().alive()));
    out.set("heapBytes", static_cast<double>(reinterpret_cast<std::uintptr_t>(sbrk(0))));
    return out;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(backprop) {
  emscripten::function("build", &build);
  emscripten::function("memory", &memory);
  bind_catalogue();
  bind_graphs();
  bind_questions();
  bind_networks();
  bind_training();
  bind_digits();
}

}  // namespace backprop::bindings
