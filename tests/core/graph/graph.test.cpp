#include "support/build.h"
#include "support/matchers.h"

#include <algorithm>
#include <cmath>

using namespace backprop;
using namespace backprop::test;

TEST_CASE("a value used twice receives both contributions", "[graph]") {
  Run run({input("x", 3), op("y", "mul", {"x", "x"})});
  CHECK(run.backward().grad("x") == 6);

  Run twice({input("x", 3), op("a", "square", {"x"}), op("b", "exp", {"x"}), op("y", "mul", {"a", "b"})});
  CHECK_THAT(twice.backward().grad("x"), near(6 * std::exp(3.0) + 9 * std::exp(3.0)));
}

TEST_CASE("backward starts from zero every time", "[graph]") {
  Run run(apple());
  run.backward();
  run.backward();
  CHECK_THAT(run.grad("apple"), near(2.2));
}

TEST_CASE("the order of nodes in the document does not matter", "[graph]") {
  auto nodes = apples_and_oranges();
  std::ranges::reverse(nodes);
  GraphDocument reversed = document(std::move(nodes));
  reversed.output = "total";
  Graph graph(reversed);
  graph.backward(graph.output());
  CHECK_THAT(graph.value(graph.output())[0], near(715));
  CHECK_THAT(graph.grad(graph.index_of("orange"))[0], near(3.3));
}

TEST_CASE("any node can be the target, and what it does not need gets zero", "[graph]") {
  Run run(apples_and_oranges());
  run.graph.backward(run.graph.index_of("apple_price"));
  CHECK(run.grad("apple") == 2);
  CHECK(run.grad("orange") == 0);
  CHECK(run.grad("total") == 0);
}

TEST_CASE("training asks only for the gradients that lead to a parameter", "[graph]") {
  Run run({input("x", 2), parameter("w", Tensor::scalar(3)), op("y", "mul", {"x", "w"})});
  run.graph.backward(run.graph.output(), std::nullopt, GradientFor::Parameters);
  CHECK(run.grad("w") == 2);
  CHECK(run.grad("x") == 0);
}

TEST_CASE("a cycle is named in order", "[graph][refusal]") {
  const Error error = refused(ErrorCode::Cycle, {"→"}, [] {
    const Graph graph(document({input("x", 1), op("a", "add", {"x", "c"}), op("b", "exp", {"a"}), op("c", "neg", {"b"}),
                                op("d", "exp", {"c"})}));
  });
  CHECK(error.nodes() == std::vector<std::string>{"b", "c", "a"});
  refused(ErrorCode::Cycle, {"a → a"}, [] { const Graph graph(document({op("a", "exp", {"a"})})); });
}

TEST_CASE("documents that make no graph are refused", "[graph][refusal]") {
  const auto refuse = [](ErrorCode code, const std::vector<std::string>& words, std::vector<DocumentNode> nodes) {
    refused(code, words, [&] { const Graph graph(document(std::move(nodes))); });
  };
  refuse(ErrorCode::MalformedDocument, {"no nodes"}, {});
  refuse(ErrorCode::DuplicateNode, {"\"x\""}, {input("x", 1), input("x", 2)});
  refuse(ErrorCode::UnknownNode, {"\"y\"", "\"z\""}, {input("x", 1), op("y", "exp", {"z"})});
  refuse(ErrorCode::WrongArity, {"mul \"y\"", "2 inputs", "x, y", "has 1"}, {input("x", 1), op("y", "mul", {"x"})});
  refuse(ErrorCode::WrongArity, {"input \"y\"", "0 inputs"}, {input("x", 1), op("y", "input", {"x"})});
  refuse(ErrorCode::MalformedDocument, {"\"x\"", "value"}, {op("x", "input", {})});
  DocumentNode valued = op("y", "exp", {"x"});
  valued.value = Tensor::scalar(1);
  refuse(ErrorCode::MalformedDocument, {"\"y\"", "value"}, {input("x", 1), valued});
  GraphDocument lost = document({input("x", 1)});
  lost.output = "nowhere";
  refused(ErrorCode::UnknownNode, {"\"nowhere\""}, [&] { const Graph graph(lost); });
}

TEST_CASE("setting an input recomputes; a shape that does not fit changes nothing", "[graph]") {
  Run run({input("x", vector({1, 2})), input("y", vector({3, 4})), op("z", "mul", {"x", "y"}), op("s", "sum", {"z"})});
  run.backward();
  CHECK(run.value("s") == 11);
  run.graph.set(run.graph.index_of("x"), vector({5, 6}));
  run.backward();
  CHECK(run.value("s") == 39);
  refused(ErrorCode::ShapeMismatch, {"[3]", "[2]"}, [&] { run.graph.set(run.graph.index_of("x"), vector({1, 2, 3})); });
  run.backward();
  CHECK(run.value("s") == 39);
  run.graph.set(run.graph.index_of("x"), Tensor::scalar(10));
  run.backward();
  CHECK(run.value("s") == 70);
  CHECK(run.grad("x") == 7);
  refused(ErrorCode::NotALeaf, {"\"z\""}, [&] { run.graph.set(run.graph.index_of("z"), vector({1, 2})); });
}

TEST_CASE("a seed of another shape is refused", "[graph][refusal]") {
  Run run({input("x", vector({1, 2})), op("y", "exp", {"x"})});
  refused(ErrorCode::ShapeMismatch, {"[3]", "[2]", "\"y\""}, [&] { run.backward(vector({1, 1, 1})); });
}

TEST_CASE("values and gradients are not there before they are computed", "[graph][refusal]") {
  Run run(apple());
  refused(ErrorCode::NotComputed, {"\"total\""}, [&] { (void)run.graph.value(run.graph.output()); });
  refused(ErrorCode::NotComputed, {"\"total\""}, [&] { (void)run.graph.backward_node(run.graph.output()); });
  refused(ErrorCode::NotComputed, {"\"price\""}, [&] { run.graph.forward_node(run.graph.output()); });
  refused(ErrorCode::UnknownNode, {"\"pear\""}, [&] { (void)run.graph.index_of("pear"); });
}

TEST_CASE("ten thousand nodes in a chain are ordered and differentiated", "[graph]") {
  std::vector<DocumentNode> nodes{input("x0", 1), constant("one", 1)};
  for (int i = 1; i <= 10'000; ++i)
    nodes.push_back(op("x" + std::to_string(i), "mul", {"x" + std::to_string(i - 1), "one"}));
  std::ranges::reverse(nodes);
  GraphDocument chain = document(std::move(nodes));
  chain.output = "x10000";
  Graph graph(chain);
  graph.backward(graph.output());
  CHECK(graph.grad(graph.index_of("x0"))[0] == 1);
}
