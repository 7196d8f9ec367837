#include "rooms.h"

#include <emscripten/bind.h>

namespace backprop::bindings {

GraphBook& open_graphs() {
  static GraphBook graphs;
  return graphs;
}
std::size_t alive() { return open_graphs().size(); }

}  // namespace backprop::bindings

/// The door of the module for graphs alone: the same functions by the same names as in whole.cpp, without networks,
/// training and digits.
EMSCRIPTEN_BINDINGS(backprop_graphs) {
  using namespace backprop::bindings;
  bind_module();
  bind_catalogue();
  bind_graphs();
  bind_questions();
}
