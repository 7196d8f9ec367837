#include "backprop/nudge.h"

#include "support/build.h"
#include "support/matchers.h"
#include "support/random_graph.h"

#include <cmath>
#include <limits>

using namespace backprop;
using namespace backprop::test;

TEST_CASE("one yen more for the apple is 2.2 more in total, as promised", "[nudge][apple]") {
  Run run(apple());
  const Nudge one = nudge(run.graph, run.graph.output(), run.graph.index_of("apple"), 0, 1);
  CHECK_THAT(one.before, near(220));
  CHECK_THAT(one.after, near(222.2));
  CHECK_THAT(one.change, near(2.2, 1e-11));
  CHECK_THAT(one.gradient, near(2.2));
  CHECK_THAT(one.promised, near(2.2));
  CHECK_THAT(one.target[0], near(222.2));
  // All as it was.
  CHECK(run.value("apple") == 100);
  CHECK_THAT(run.value("total"), near(220));
}

TEST_CASE("where the function bends the promise is not kept", "[nudge]") {
  Run run({input("x", 3), op("y", "square", {"x"})});
  const Nudge large = nudge(run.graph, run.graph.output(), 0, 0, 2);
  CHECK(large.promised == 12);
  CHECK(large.change == 16);
  const NudgeCurve curve = nudge_curve(run.graph, run.graph.output(), 0, 0, 2, 5);
  CHECK(curve.x == std::vector<double>{1, 2, 3, 4, 5});
  CHECK(curve.y == std::vector<double>{1, 4, 9, 16, 25});
  CHECK(curve.tangent == std::vector<double>{-3, 3, 9, 15, 21});
}

TEST_CASE("an operator's result, a constant and the target itself can be nudged", "[nudge]") {
  Run run({input("x", 2), constant("c", 3), op("p", "mul", {"x", "c"}), op("y", "exp", {"p"})});
  const Nudge inner = nudge(run.graph, run.graph.output(), run.graph.index_of("p"), 0, 0.5);
  CHECK_THAT(inner.after, near(std::exp(6.5)));
  CHECK_THAT(inner.gradient, near(std::exp(6.0)));
  CHECK_THAT(nudge(run.graph, run.graph.output(), run.graph.index_of("c"), 0, 0.5).gradient, near(2 * std::exp(6.0)));
  const Nudge self = nudge(run.graph, run.graph.output(), run.graph.output(), 0, 1);
  CHECK(self.gradient == 1);
  CHECK_THAT(self.change, near(1));
  CHECK_THAT(self.target[0], near(std::exp(6.0) + 1));
  CHECK(run.value("p") == 6);
  CHECK_THAT(run.value("y"), near(std::exp(6.0)));
}

TEST_CASE("a node that the target does not need changes nothing", "[nudge]") {
  Run run({input("x", 2), input("w", 5), op("s", "square", {"w"}), op("y", "exp", {"x"})});
  const Nudge apart = nudge(run.graph, run.graph.output(), run.graph.index_of("s"), 0, 1);
  CHECK(apart.change == 0);
  CHECK(apart.gradient == 0);
}

TEST_CASE("the seed weighs the elements of the target", "[nudge]") {
  Run run({input("x", vector({1, 2})), op("y", "square", {"x"})});
  const Nudge second = nudge(run.graph, run.graph.output(), 0, 1, 0.1, vector({10, 100}));
  CHECK_THAT(second.before, near(410));
  CHECK_THAT(second.gradient, near(400));
  CHECK_THAT(second.change, near(41));
  CHECK_THAT(second.target[1], near(2.1 * 2.1));
}

TEST_CASE("on random graphs a small nudge keeps the promise", "[nudge]") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Run run(random_graph(seed).nodes);
    for (std::size_t element = 0; element < 4; ++element) {
      INFO("seed " << seed << ", element " << element);
      const Nudge small = nudge(run.graph, run.graph.output(), run.graph.index_of("x1"), element, 1e-7);
      CHECK(std::abs(small.change - small.promised) < 1e-12);
    }
  }
}

TEST_CASE("nudges that make no sense are refused, and leave the graph as it is", "[nudge][refusal]") {
  Run run({input("x", vector({1, 2, 3})), input("t", 1), op("L", "softmax_with_loss", {"x", "t"})});
  const NodeIndex out = run.graph.output();
  refused(ErrorCode::InvalidValue, {"finite"},
          [&] { (void)nudge(run.graph, out, 0, 0, std::numeric_limits<double>::infinity()); });
  refused(ErrorCode::InvalidValue, {"span"}, [&] { (void)nudge_curve(run.graph, out, 0, 0, 0, 5); });
  refused(ErrorCode::OutOfRange, {"1001"}, [&] { (void)nudge_curve(run.graph, out, 0, 0, 1, 1002); });
  refused(ErrorCode::OutOfRange, {"points"}, [&] { (void)nudge_curve(run.graph, out, 0, 0, 1, 1); });
  // A label that is no whole number: the rule refuses.
  refused(ErrorCode::InvalidValue, {"label"}, [&] { (void)nudge(run.graph, out, run.graph.index_of("t"), 0, 0.5); });
  CHECK(run.value("t") == 1);
}
