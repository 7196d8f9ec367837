#pragma once

#include "backprop/session.h"

#include "marshal.h"

namespace backprop::bindings {

/// The one session behind the module.
[[nodiscard]] Session& session();

void bind_module();
void bind_catalogue();
void bind_graphs();
void bind_questions();
void bind_networks();
void bind_training();
void bind_digits();

}  // namespace backprop::bindings
