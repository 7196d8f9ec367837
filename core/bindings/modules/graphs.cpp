#include "rooms.h"

#include <emscripten/bind.h>

namespace backprop::bindings {

OpenGraphs& open_graphs() {
  static OpenGraphs graphs;
  return graphs;
}
std::size_t alive() { return open_graphs().size(); }

}  // namespace backprop::bindings

/// The door of the module for graphs alone: the same functions by the same names as in whole.cpp, without networks,
/// training and digits, and in double alone.
EMSCRIPTEN_BINDINGS(backprop_graphs) {
  using namespace backprop::bindings;
  bind_module();
  bind_catalogue();
  bind_graphs();
  bind_questions();
}
