// Backpropagation beside central differences, for every weight of a small network: they agree to about 1e-10, and
// backpropagation needs one pass where the differences need two for every weight.

#include "backprop/gradient_check.h"

#include "backprop/network.h"

#include <cstdio>

int main() {
  const backprop::Network network(
      backprop::parse_network_spec(R"({"input": [4], "loss": "softmax_with_loss", "layers": [
        {"type": "affine", "units": 5}, {"type": "tanh"}, {"type": "affine", "units": 3}]})"),
      1);
  // Training computes in float; differences need the same graph in double.
  backprop::GraphDocument document = network.graph().to_document();
  for (backprop::DocumentNode& node : document.nodes) {
    if (node.id == "x") node.value = backprop::Tensor(backprop::Shape{2, 4}, {1, -2, 0.5, 0.25, 0, 1, -1, 3});
    if (node.id == "t") node.value = backprop::Tensor(backprop::Shape{2}, {0, 2});
  }
  backprop::Graph graph(document);
  bool all = true;
  for (const backprop::GradientCheck& check : backprop::check_gradients(graph, graph.index_of("loss"))) {
    std::printf("%-16s %s, largest difference %.1e\n", graph.node(check.node).id.c_str(),
                check.agrees ? "agrees" : "DIFFERS", check.max_absolute);
    all = all && check.agrees;
  }
  return all ? 0 : 1;
}
