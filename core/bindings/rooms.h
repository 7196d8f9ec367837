#pragma once

#include "backprop/book.h"

#include "marshal.h"

namespace backprop {
class Session;
}

namespace backprop::bindings {

#ifdef BACKPROP_GRAPHS_ALONE
using OpenGraphs = GraphBook<double>;  ///< the page's documents are in double
#else
using OpenGraphs = GraphBook<float, double>;  ///< networks are in float
#endif

/// What every module has, in modules/: the graphs that are open, and how many objects are.
[[nodiscard]] OpenGraphs& open_graphs();
[[nodiscard]] std::size_t alive();
/// The one session behind the whole module.
[[nodiscard]] Session& session();

void bind_module();
void bind_catalogue();
void bind_graphs();
void bind_questions();
void bind_networks();
void bind_training();
void bind_digits();

}  // namespace backprop::bindings
