/// Graphs of scalars run over a tape; its numbers are those of the two primitives, to the last bit.
#include "backprop/graph.h"
#include "backprop/stepper.h"

#include "support/build.h"
#include "support/matchers.h"
#include "support/random_graph.h"

#include <cstring>

using namespace backprop;
using namespace backprop::test;

namespace {

bool same_bits(const Tensor& a, const Tensor& b) {
  return a.shape() == b.shape() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

/// Every value and gradient of a whole pass beside those of a walk step by step.
void check_same(Graph& whole, Graph& stepped, NodeIndex target) {
  Stepper stepper(stepped, target);
  stepper.seek(stepper.steps());
  for (NodeIndex i = 0; i < whole.size(); ++i) {
    INFO("node " << whole.node(i).id);
    CHECK(whole.node(i).has_grad == stepped.node(i).has_grad);
    if (stepped.node(i).has_value && whole.node(i).has_value) CHECK(same_bits(whole.value(i), stepped.value(i)));
    if (stepped.node(i).has_grad) CHECK(same_bits(whole.grad(i), stepped.grad(i)));
  }
}

}  // namespace

TEST_CASE("scalar graphs: whole passes are the walk step by step, bit for bit", "[graph][tape]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    const GraphDocument document = random_scalars(seed);
    Graph whole(document);
    Graph stepped(document);
    whole.backward(whole.output());
    check_same(whole, stepped, whole.output());
    // Another target of the same graph, then new values.
    whole.backward(whole.index_of("n20"));
    check_same(whole, stepped, whole.index_of("n20"));
    for (Graph* graph : {&whole, &stepped}) graph->set(graph->index_of("x1"), Tensor::scalar(-0.25));
    whole.backward(whole.output());
    check_same(whole, stepped, whole.output());
  }
}

TEST_CASE("a backward pass after steps uses the values that the steps left", "[graph][tape]") {
  Run run({input("x", 3), op("s", "square", {"x"}), op("y", "exp", {"s"})});
  run.backward();
  run.graph.leaf_value(0)[0] = 2;  // in place: what was computed is forgotten by the stepper, not by this
  Stepper stepper(run.graph, run.graph.output());
  stepper.seek(2);
  run.backward();
  CHECK_THAT(run.grad("x"), near(4 * std::exp(4.0)));
}

TEST_CASE("a scalar that becomes a vector leaves the tape, and comes back", "[graph][tape]") {
  Run run({input("x", 3), input("w", 2), op("p", "mul", {"x", "w"}), op("y", "square", {"p"})});
  run.backward();
  CHECK(run.grad("w") == 36);
  run.graph.set(run.graph.index_of("x"), vector({1, 2}));
  run.backward();
  CHECK(run.values("y") == std::vector<double>{4, 16});
  CHECK(run.grad("w") == 20);
  run.graph.set(run.graph.index_of("x"), Tensor::scalar(3));
  run.backward();
  CHECK(run.grad("w") == 36);
  CHECK(run.graph.grad(run.graph.index_of("x")).shape().rank() == 0);
}

TEST_CASE("nodes that receive nothing hold no gradient, on the tape too", "[graph][tape]") {
  Run run({input("x", 3), constant("c", 2), input("unused", 1), op("k", "square", {"c"}), op("y", "mul", {"x", "k"})});
  run.backward(Tensor::scalar(-1.5));
  CHECK(run.grad("x") == -6);
  for (const char* id : {"c", "unused", "k"}) {
    INFO(id);
    CHECK_FALSE(run.graph.node(run.graph.index_of(id)).has_grad);
  }
}

TEST_CASE("a leaf as target, and a value that is already there", "[graph][tape]") {
  Run run({input("x", 3), op("y", "square", {"x"})});
  run.graph.backward(0);
  CHECK(run.grad("x") == 1);
  run.graph.forward(run.graph.output());
  run.graph.forward(run.graph.output());
  CHECK(run.value("y") == 9);
}

TEST_CASE("asking for every node in turn keeps no more than a few routes", "[graph]") {
  Graph graph(random_scalars(3, 200));
  for (NodeIndex i = 0; i < graph.size(); ++i) graph.backward(i);
  Graph again(random_scalars(3, 200));
  again.backward(again.output());
  graph.backward(graph.output());
  CHECK(same_bits(graph.grad(0), again.grad(0)));
}
