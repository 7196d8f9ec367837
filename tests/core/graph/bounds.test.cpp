/// A document that would not fit is refused by its size, before anything of it is allocated.
#include "backprop/graph.h"

#include "support/build.h"
#include "support/matchers.h"

using namespace backprop;
using namespace backprop::test;

TEST_CASE("two thin matrices whose sum would fill the memory are refused with its size", "[graph][refusal]") {
  const Tensor column(Shape{100'000, 1});
  const Tensor row(Shape{1, 100'000});
  const Error error = refused(ErrorCode::TooLarge, {"add \"y\"", std::to_string(kMaxElements)}, [&] {
    const Graph graph(document({input("a", column), input("b", row), op("y", "add", {"a", "b"})}));
  });
  CHECK(error.nodes().front() == "y");
  refused(ErrorCode::TooLarge, {"\"y\""}, [&] {
    const Graph graph(document({input("a", column), input("b", row), op("y", "matmul", {"a", "b"})}));
  });
}

TEST_CASE("many values that fit one by one are refused together", "[graph][refusal]") {
  // 20 × 2²² elements; no node's value is allocated before it is computed.
  std::vector<DocumentNode> nodes{input("a", Tensor(Shape{2048, 1})), input("b", Tensor(Shape{1, 2048}))};
  for (int i = 0; i < 20; ++i) nodes.push_back(op("y" + std::to_string(i), "add", {"a", "b"}));
  const Error error =
      refused(ErrorCode::TooLarge, {"together", "\"y15\""}, [&] { const Graph graph(document(nodes)); });
  CHECK(error.nodes() == std::vector<std::string>{"y15"});
}

TEST_CASE("an input that would make the rest too large is refused, and nothing has changed", "[graph][refusal]") {
  Run run({input("a", Tensor(Shape{2, 1}, 1)), input("b", Tensor(Shape{1, 100'000}, 1)), op("y", "add", {"a", "b"}),
           op("m", "mean", {"y"})});
  refused(ErrorCode::TooLarge, {"\"y\""}, [&] { run.graph.set(0, Tensor(Shape{100'000, 1})); });
  run.backward();
  CHECK(run.value("m") == 2);
}
