/// Every differentiable op against central differences, at fixed and at random points; kinks are kept away from.
#include "backprop/gradient_check.h"
#include "backprop/random.h"

#include "support/build.h"
#include "support/matchers.h"
#include "support/op_cases.h"

#include <set>

using namespace backprop;
using namespace backprop::test;

namespace {

/// The op in a graph, its output weighted by random numbers so that every element of the upstream differs.
void check(const OpCase& use, std::uint64_t seed) {
  Random random(seed);
  const auto inputs = draw_inputs(use, random);
  Graph graph(document_of(use, inputs));
  const Tensor upstream = draw_upstream(graph.node(graph.output()).shape, random);
  const auto checks = check_gradients(graph, graph.output(), 1e-4, upstream);
  const Op& op = *graph.node(graph.output()).op;
  std::size_t differentiable = 0;
  for (std::size_t slot = 0; slot < inputs.size(); ++slot) {
    if (op.slot(slot).combine != Combine::None) ++differentiable;
  }
  REQUIRE(checks.size() == differentiable);
  for (const GradientCheck& each : checks) {
    INFO(use.op << ", seed " << seed << ", input " << graph.node(each.node).id << ", largest relative difference "
                << each.max_relative);
    CHECK(each.agrees);
  }
}

}  // namespace

TEST_CASE("every op's gradients agree with central differences", "[ops][gradient]") {
  for (const OpCase& use : op_cases()) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) check(use, seed);
  }
}

TEST_CASE("softmax-with-loss agrees with central differences for labels and one-hot targets", "[ops][gradient]") {
  const auto scores = matrix(2, 3, {0.3, -1.2, 0.8, 2.0, 0.1, -0.4});
  for (const Tensor& t :
       {vector({2, 0}), matrix(2, 3, {0, 0, 1, 1, 0, 0}), matrix(2, 3, {0.2, 0.3, 0.5, 0.6, 0.1, 0.1})}) {
    Run run({input("x", scores), leaf("t", "constant", t), op("L", "softmax_with_loss", {"x", "t"})});
    const auto checks = check_gradients(run.graph, run.graph.output(), 1e-4, Tensor::scalar(1.7));
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].agrees);
  }
}

TEST_CASE("no op of the catalogue is left out of the gradient checks", "[ops]") {
  std::set<std::string_view> checked;
  for (const OpCase& use : op_cases()) checked.insert(use.op);
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
