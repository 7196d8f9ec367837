/// Every element of every op unfolded: the root of a lens is the element, for values and for gradients.
#include "backprop/lens.h"

#include "support/matchers.h"
#include "support/op_cases.h"

#include <set>

using namespace backprop;
using namespace backprop::test;

namespace {

std::vector<std::int64_t> index_of(const Shape& shape, std::size_t offset) {
  std::vector<std::int64_t> index(shape.rank());
  for (std::size_t axis = shape.rank(); axis-- > 0;) {
    index[axis] = static_cast<std::int64_t>(offset) % shape[axis];
    offset /= static_cast<std::size_t>(shape[axis]);
  }
  return index;
}

/// The lens's root, computed by the engine from the document alone, as a page would open it.
double root_of(const GraphDocument& document) {
  Graph scalars(parse_document(to_json(document)));
  scalars.forward(scalars.output());
  for (NodeIndex i = 0; i < scalars.size(); ++i) CHECK(scalars.node(i).shape == Shape{});
  return scalars.value(scalars.output())[0];
}

/// All elements of the output and of every input's gradient.
void check_lenses(const OpCase& use, std::uint64_t seed, Dtype dtype, double tolerance) {
  Random random(seed);
  Graph graph(document_of(use, draw_inputs(use, random)), dtype);
  const NodeIndex out = graph.output();
  graph.backward(out, draw_upstream(graph.node(out).shape, random));
  INFO(use.op << ", seed " << seed);
  for (NodeIndex node = 0; node < graph.size(); ++node) {
    const Shape& shape = graph.node(node).shape;
    for (std::size_t i = 0; i < static_cast<std::size_t>(shape.count()); ++i) {
      INFO(graph.node(node).id << ", element " << i);
      const auto at = index_of(shape, i);
      CHECK_THAT(root_of(lens(graph, node, at, LensOf::Gradient)), near(graph.grad(node)[i], tolerance));
      if (node != out) continue;
      CHECK_THAT(root_of(lens(graph, node, at, LensOf::Value)), near(graph.value(node)[i], tolerance));
    }
  }
}

}  // namespace

TEST_CASE("the root of a lens is the element, for every op, in double precision", "[step][lens]") {
  for (const OpCase& use : op_cases()) {
    for (std::uint64_t seed = 1; seed <= 2; ++seed) check_lenses(use, seed, Dtype::Float64, 1e-11);
  }
}

TEST_CASE("and in single precision, up to its rounding", "[step][lens]") {
  for (const OpCase& use : op_cases()) check_lenses(use, 3, Dtype::Float32, 2e-5);
}

TEST_CASE("no op of the catalogue is without a lens", "[step][lens]") {
  std::set<std::string_view> seen;
  for (const OpCase& use : op_cases()) seen.insert(use.op);
  for (const Op* each : ops()) {
    INFO(each->name);
    CHECK((each->is_leaf() || seen.contains(each->name)));
  }
}

TEST_CASE("a long sum shows its largest terms and one constant for the rest", "[step][lens]") {
  std::vector<double> x;
  std::vector<double> w;
  for (int i = 0; i < 40; ++i) {
    x.push_back(i % 7 - 3);
    w.push_back(0.1 * (i + 1));
  }
  Run run({input("X", matrix(1, 40, x)), parameter("W", matrix(40, 1, w)), op("Y", "matmul", {"X", "W"}),
           op("m", "max", {"W"})});
  run.graph.forward(run.graph.index_of("Y"));
  const std::vector<std::int64_t> at{0, 0};
  const GraphDocument sum = lens(run.graph, run.graph.index_of("Y"), at, LensOf::Value);
  CHECK(std::ranges::count(sum.nodes, "mul", &DocumentNode::op) == kLensTerms);
  CHECK(std::ranges::count(sum.nodes, "… (28)", &DocumentNode::label) == 1);
  CHECK_THAT(root_of(sum), near(run.value("Y")));

  run.graph.forward(run.graph.index_of("m"));
  const GraphDocument largest = lens(run.graph, run.graph.index_of("m"), {}, LensOf::Value);
  CHECK(std::ranges::count(largest.nodes, "maximum", &DocumentNode::op) == kLensTerms);
  CHECK(std::ranges::count(largest.nodes, "… (28)", &DocumentNode::label) == 1);
  CHECK(root_of(largest) == 4);
}
