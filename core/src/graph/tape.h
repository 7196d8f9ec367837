#pragma once

#include "backprop/graph.h"

namespace backprop {

/// Computes every operator of the tape where one of them has no value yet; whether it did.
bool run_forward(ScalarTape& tape, std::vector<Node>& nodes);

/// Gradients of `target` from `seed`, after a forward. The nodes hold no gradients yet. `fresh`: the tape holds the
/// nodes' values already, since its forward has just run.
void run_backward(ScalarTape& tape, std::vector<Node>& nodes, NodeIndex target, double seed, bool fresh);

}  // namespace backprop
