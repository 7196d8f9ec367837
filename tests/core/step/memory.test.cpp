#include "backprop/memory.h"

#include "support/build.h"
#include "support/matchers.h"

using namespace backprop;
using namespace backprop::test;

namespace {

/// `node: what of bytes, …; from-until` for every entry.
std::vector<std::string> told(const Graph& graph, NodeIndex target) {
  std::vector<std::string> lines;
  for (const MemoryEntry& entry : memory(graph, target)) {
    std::string line = graph.node(entry.node).id + ":";
    for (const KeptTensor& kept : entry.keeps) {
      line += " " + std::string(kept.what) + "=" + graph.node(kept.of).id + "(" + std::to_string(kept.bytes) + ")";
    }
    lines.push_back(line + " " + std::to_string(entry.from) + "-" + std::to_string(entry.until));
  }
  return lines;
}
std::vector<std::string> told(Run& run) { return told(run.graph, run.graph.output()); }

}  // namespace

TEST_CASE("a product keeps both factors from its forward step to its backward step, a sum nothing", "[memory][apple]") {
  Run run(apples_and_oranges());
  CHECK(told(run) == std::vector<std::string>{
                         "apple_price: x=apple(8) y=apples(8) 1-8",
                         "orange_price: x=orange(8) y=oranges(8) 2-9",
                         "price: 3-7",
                         "total: x=price(8) y=tax(8) 4-6",
                     });
}

TEST_CASE("exp and sigmoid keep their results, affine its input and weights", "[memory]") {
  Run run({input("X", Tensor(Shape{4, 3}, 1)), parameter("W", Tensor(Shape{3, 2}, 1)),
           parameter("b", Tensor(Shape{2}, 1)), op("a", "affine", {"X", "W", "b"}), op("e", "exp", {"a"}),
           op("s", "sigmoid", {"e"}), op("m", "mean", {"s"})});
  CHECK(told(run) == std::vector<std::string>{
                         "a: X=X(96) W=W(48) 1-9",
                         "e: y=e(64) 2-8",
                         "s: y=s(64) 3-7",
                         "m: 4-6",
                     });
}

TEST_CASE("what nobody wants is not kept", "[memory]") {
  // x is a constant: only c's own factor is kept, and what is computed of constants alone can go at once.
  Run run({constant("x", 2), input("c", 3), op("k", "square", {"x"}), op("y", "mul", {"k", "c"})});
  CHECK(told(run) == std::vector<std::string>{"k: 1-1", "y: x=k(8) 2-4"});
  // Another target needs less.
  CHECK(told(run.graph, run.graph.index_of("k")) == std::vector<std::string>{"k: 1-1"});
}

TEST_CASE("relu would do with a mask, and bytes are those of the number format", "[memory]") {
  Graph graph(document({input("x", vector({1, 2, 3})), op("y", "relu", {"x"})}), Dtype::Float32);
  const auto entries = memory(graph, graph.output());
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].enough == "mask");
  REQUIRE(entries[0].keeps.size() == 1);
  CHECK(entries[0].keeps[0].bytes == 12);
}
