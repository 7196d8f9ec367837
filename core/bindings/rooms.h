#pragma once

#include "backprop/book.h"

#include "marshal.h"

namespace backprop {
class Session;
}

namespace backprop::bindings {

/// What every module has, in modules/: the graphs that are open, and how many objects are.
[[nodiscard]] GraphBook& open_graphs();
[[nodiscard]] std::size_t alive();
/// The one session behind the whole module, with every network as its training has left it.
[[nodiscard]] Session& session();
/// The same in the middle of a run.
[[nodiscard]] Session& running_session();

void bind_module();
void bind_catalogue();
void bind_graphs();
void bind_questions();
void bind_networks();
void bind_training();
void bind_digits();

}  // namespace backprop::bindings
