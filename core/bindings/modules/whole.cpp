#include "backprop/session.h"

#include "rooms.h"

#include <emscripten/bind.h>

namespace backprop::bindings {

Session& running_session() {
  static Session session;
  return session;
}
Session& session() {
  running_session().settle();
  return running_session();
}
GraphBook& open_graphs() { return session().graphs; }
std::size_t alive() { return session().alive(); }

}  // namespace backprop::bindings

/// The whole engine's door: every function that JavaScript can call is in one of these lists, and
/// web/engine/core-module.ts names them again; tests/web/engine/contract.test.ts holds the two together.
EMSCRIPTEN_BINDINGS(backprop) {
  using namespace backprop::bindings;
  bind_module();
  bind_catalogue();
  bind_graphs();
  bind_questions();
  bind_networks();
  bind_training();
  bind_digits();
}
