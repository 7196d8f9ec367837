/// Every differentiable op against central differences, at fixed and at random points; kinks are kept away from.
#include "backprop/gradient_check.h"
#include "backprop/random.h"

#include "support/build.h"
#include "support/matchers.h"

#include <map>
#include <set>

#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

using namespace backprop;
using namespace backprop::test;

namespace {

/// One way to use an op: the shapes of its inputs and the range of numbers that it is asked about.
struct Case {
  std::string op;
  std::vector<Shape> inputs;
  double low = -2;
  double high = 2;
  Attributes attributes{};
  /// Numbers closer to 0 than this are moved away: |x| at ReLU, |y| in x / y.
  double away_from_zero = 0;
};

const Attributes kAxis0{{"axis", 0.0}};
const Attributes kAxis1Kept{{"axis", -1.0}, {"keepdims", true}};
const Attributes kTwoAxes{{"axis", std::vector<std::int64_t>{0, 2}}};

const std::vector<Case>& cases() {
  static const std::vector<Case> table{
      {"add", {{}, {}}},
      {"add", {{2, 3}, {3}}},
      {"sub", {{2, 3}, {2, 1}}},
      {"sub", {{4}, {}}},
      {"mul", {{2, 3}, {2, 3}}},
      {"mul", {{2, 1, 3}, {4, 1}}},
      {"div", {{3}, {2, 3}}, 0.5, 2},
      {"div", {{}, {3}}, -2, 2, {}, 0.4},
      {"neg", {{2, 2}}},
      {"pow", {{3}, {3}}, 0.3, 2},
      {"pow", {{2, 2}, {}}, 0.3, 2},
      {"square", {{2, 2, 2, 2}}},
      {"exp", {{5}}},
      {"log", {{5}}, 0.2, 3},
      {"tanh", {{2, 3}}},
      {"sigmoid", {{2, 3}}, -6, 6},
      {"relu", {{3, 4}}, -2, 2, {}, 0.01},
      {"sum", {{2, 3}}},
      {"sum", {{2, 3}}, -2, 2, kAxis0},
      {"sum", {{2, 3, 2}}, -2, 2, kTwoAxes},
      {"mean", {{4}}},
      {"mean", {{2, 3}}, -2, 2, kAxis1Kept},
      {"matmul", {{2, 3}, {3, 4}}},
      {"matmul", {{3}, {3, 2}}},
      {"matmul", {{2, 3}, {3}}},
      {"matmul", {{3}, {3}}},
      {"affine", {{2, 3}, {3, 4}, {4}}},
      {"affine", {{3}, {3, 2}, {2}}},
      {"reshape", {{2, 6}}, -2, 2, {{"shape", std::vector<std::int64_t>{3, -1}}}},
      {"softmax", {{4}}},
      {"softmax", {{3, 4}}, -4, 4},
      {"mean_squared_error", {{2, 3}, {2, 3}}},
  };
  return table;
}

Tensor<double> draw(const Case& use, const Shape& shape, Random& random) {
  Tensor<double> tensor(shape);
  for (double& each : tensor.elements()) {
    each = random.uniform(use.low, use.high);
    if (std::abs(each) < use.away_from_zero) each = each < 0 ? -use.away_from_zero : use.away_from_zero;
  }
  return tensor;
}

/// The op in a graph, its output weighted by random numbers so that every element of the upstream differs.
void check(const Case& use, std::uint64_t seed) {
  Random random(seed);
  std::vector<DocumentNode> nodes;
  std::vector<std::string> inputs;
  for (std::size_t slot = 0; slot < use.inputs.size(); ++slot) {
    inputs.push_back("x" + std::to_string(slot));
    nodes.push_back(input(inputs.back(), draw(use, use.inputs[slot], random)));
  }
  nodes.push_back(op("out", use.op, inputs, use.attributes));
  Graph<double> graph(document(std::move(nodes)));
  Tensor<double> upstream(graph.node(graph.output()).shape);
  for (double& each : upstream.elements()) each = random.uniform(-1.5, 1.5);
  const auto checks = check_gradients(graph, graph.output(), 1e-4, upstream);
  REQUIRE(checks.size() == use.inputs.size());
  for (const GradientCheck& each : checks) {
    INFO(use.op << ", seed " << seed << ", input " << graph.node(each.node).id << ", largest relative difference "
                << each.max_relative);
    CHECK(each.agrees);
  }
}

}  // namespace

TEST_CASE("every op's gradients agree with central differences", "[ops][gradient]") {
  for (const Case& use : cases()) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) check(use, seed);
  }
}

TEST_CASE("softmax-with-loss agrees with central differences for labels and one-hot targets", "[ops][gradient]") {
  const auto scores = matrix(2, 3, {0.3, -1.2, 0.8, 2.0, 0.1, -0.4});
  for (const Tensor<double>& t :
       {vector({2, 0}), matrix(2, 3, {0, 0, 1, 1, 0, 0}), matrix(2, 3, {0.2, 0.3, 0.5, 0.6, 0.1, 0.1})}) {
    Run run({input("x", scores), leaf("t", "constant", t), op("L", "softmax_with_loss", {"x", "t"})});
    const auto checks = check_gradients(run.graph, run.graph.output(), 1e-4, Tensor<double>::scalar(1.7));
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].agrees);
  }
}

TEST_CASE("no op of the catalogue is left out of the gradient checks", "[ops]") {
  std::set<std::string_view> checked{"softmax_with_loss"};
  for (const Case& use : cases()) checked.insert(use.op);
  for (const Op* each : ops()) {
    if (each->is_leaf()) continue;
    INFO(each->name);
    CHECK(checked.contains(each->name));
  }
}

TEST_CASE("a wrong derivative would be caught", "[gradient]") {
  // ReLU at a point inside ±h of its kink is the one place where the two must differ.
  Run run({input("x", 0.00002), op("y", "relu", {"x"})});
  const auto checks = check_gradients(run.graph, run.graph.output());
  REQUIRE(checks.size() == 1);
  CHECK_FALSE(checks[0].agrees);
}

TEST_CASE("a gradient check refuses a step that makes no sense", "[gradient]") {
  Run run({input("x", 1), op("y", "square", {"x"})});
  refused(ErrorCode::OutOfRange, {"h"}, [&] { (void)check_gradients(run.graph, run.graph.output(), 0); });
  refused(ErrorCode::OutOfRange, {"h"}, [&] { (void)check_gradients(run.graph, run.graph.output(), -1e-4); });
}
