/// What a gradient check says where a central difference and a gradient differ, and that it says nothing where they
/// agree.
#include "backprop/gradient_check.h"
#include "backprop/random.h"

#include "step/diagnosis.h"
#include "support/build.h"
#include "support/matchers.h"

#include <cmath>

using namespace backprop;
using namespace backprop::test;

namespace {

using Nodes = std::vector<DocumentNode>;

/// The verdict on the only element of the only input.
std::string_view verdict(Nodes nodes, double h) {
  Run run(std::move(nodes));
  const auto checks = check_gradients(run.graph, run.graph.output(), h);
  REQUIRE(checks.size() == 1);
  REQUIRE(checks[0].verdicts.size() == checks[0].analytic.size());
  CHECK(checks[0].agrees == (checks[0].verdict == Verdict::Agrees));
  return to_string(checks[0].verdict);
}

Nodes of(const std::string& name, double x) { return {input("x", x), op("y", name, {"x"})}; }

/// y = name(factor · x)
Nodes steep(const std::string& name, double factor, double x) {
  return {input("x", x), constant("c", factor), op("cx", "mul", {"x", "c"}), op("y", name, {"cx"})};
}

/// The verdict on a claimed gradient, right or wrong.
std::string_view claim(Nodes nodes, double gradient, double h) {
  Run run(std::move(nodes));
  run.graph.forward(run.graph.output());
  const Tensor one = Tensor::scalar(1);
  Probe probe(run.graph, run.graph.output(), one, run.graph.index_of("x"));
  std::size_t passes = 10'000;
  return to_string(Diagnosis(probe, 0, gradient, passes).verdict(h));
}

}  // namespace

TEST_CASE("smooth functions agree at the book's h", "[gradient][verdict]") {
  for (const char* name : {"exp", "sigmoid", "tanh", "square", "neg"}) {
    INFO(name);
    CHECK(verdict(of(name, 0.7), 1e-4) == "agrees");
  }
}

TEST_CASE("a kink of ReLU inside ±h is told from a wrong gradient", "[gradient][verdict]") {
  for (const double x : {0.00002, -0.00002, 0.00009, 1e-7, -1e-9, 1e-13, 0.0}) {
    INFO("x = " << x);
    CHECK(verdict(of("relu", x), 1e-4) == "kink");
  }
  CHECK(verdict(of("relu", 0.1), 0.5) == "kink");
  CHECK(verdict(of("relu", 0.1), 1e-4) == "agrees");
  // Two corners that cancel: the function is smooth, and still no choice of slopes at 0 gives its derivative 1.
  CHECK(verdict({input("x", 0), op("a", "relu", {"x"}), op("m", "neg", {"x"}), op("b", "relu", {"m"}),
                 op("y", "sub", {"a", "b"})},
                1e-4) == "kink");
  // A corner on top of a bend.
  CHECK(verdict({input("x", 0.3), op("e", "exp", {"x"}), op("r", "relu", {"x"}), op("y", "add", {"e", "r"})}, 0.5) ==
        "kink");
}

TEST_CASE("an h too small drowns in rounding", "[gradient][verdict]") {
  for (const char* name : {"exp", "tanh", "sigmoid", "square"}) {
    INFO(name);
    CHECK(verdict(of(name, 1.3), 1e-12) == "round-off");
  }
  CHECK(verdict(of("exp", 1), 1e-18) == "round-off");  // x ± h is x
  // A value far larger than its slope.
  CHECK(verdict({input("x", 1.25), constant("c", 1e9), op("s", "square", {"x"}), op("y", "add", {"s", "c"})}, 1e-4) ==
        "round-off");
}

TEST_CASE("an h too large sees the function bend", "[gradient][verdict]") {
  CHECK(verdict(of("exp", 1), 0.5) == "curvature");
  CHECK(verdict(steep("exp", 20, 0.1), 0.5) == "curvature");
  CHECK(verdict(steep("tanh", 50, 0.01), 0.5) == "curvature");  // a step seen from far is not a kink
  CHECK(verdict(steep("tanh", 1000, 0.0001), 0.01) == "curvature");
  CHECK(verdict(steep("sigmoid", 300, 0.001), 0.1) == "curvature");
  CHECK(verdict(of("log", 0.00005), 1e-4) == "curvature");  // leaves its domain
}

TEST_CASE("a wrong gradient is called wrong, whatever h is", "[gradient][verdict]") {
  for (const double h : {0.5, 1e-2, 1e-4, 1e-6, 1e-8}) {
    INFO("h = " << h);
    CHECK(claim(of("exp", 1), std::exp(1.0) * 1.01, h) == "disagrees");
    CHECK(claim(of("exp", 1), -std::exp(1.0), h) == "disagrees");
    CHECK(claim(of("relu", 3), 0, h) == "disagrees");
    CHECK(claim(of("square", 3), 3, h) == "disagrees");
    CHECK(claim(of("tanh", 0.2), 0, h) == "disagrees");
  }
  CHECK(claim(of("exp", 1), std::exp(1.0), 1e-4) == "agrees");
  // Near a kink too: outside the slopes of both sides.
  CHECK(claim(of("relu", 0), 2, 1e-4) == "disagrees");
  CHECK(claim(of("relu", 0.00002), -1, 1e-4) == "disagrees");
  CHECK(claim(of("relu", 0), 0.5, 1e-4) == "agrees");  // the central difference itself
}

TEST_CASE("each element has a verdict, and the node the worst of them", "[gradient][verdict]") {
  Run run({input("x", vector({1, 0.00003, -2})), op("r", "relu", {"x"}), op("y", "sum", {"r"})});
  const auto checks = check_gradients(run.graph, run.graph.output());
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].verdicts == std::vector<Verdict>{Verdict::Agrees, Verdict::Kink, Verdict::Agrees});
  CHECK(checks[0].verdict == Verdict::Kink);
  CHECK(checks[0].evaluations == 6);
  // The graph stands after a backward pass of the inputs as they were.
  CHECK(run.grads("x") == std::vector<double>{1, 1, 0});
  CHECK_THAT(run.value("y"), near(1.00003));
}

TEST_CASE("random graphs of smooth ops never cry wolf", "[gradient][verdict]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    Nodes nodes;
    std::vector<std::string> names;
    for (int i = 0; i < 3; ++i) {
      Tensor value(Shape{2, 2});
      for (double& each : value.elements()) each = random.uniform(-1.5, 1.5);
      names.push_back("x" + std::to_string(i));
      nodes.push_back(input(names.back(), std::move(value)));
    }
    const std::vector<std::string> one{"square", "exp", "tanh", "sigmoid", "softmax"};
    const std::vector<std::string> two{"add", "sub", "mul", "matmul"};
    for (int i = 0; i < 12; ++i) {
      const auto pick = [&](const auto& from) { return from[random.below(static_cast<std::uint32_t>(from.size()))]; };
      const std::string id = "n" + std::to_string(i);
      nodes.push_back(random.below(2) == 0 ? op(id + "a", pick(one), {pick(names)})
                                           : op(id + "a", pick(two), {pick(names), pick(names)}));
      nodes.push_back(op(id, "tanh", {id + "a"}));
      names.push_back(id);
    }
    nodes.push_back(op("out", "mean", {names.back()}));
    Run run(std::move(nodes));
    for (const double h : {1e-1, 1e-4, 1e-9, 1e-12}) {
      for (const GradientCheck& check : check_gradients(run.graph, run.graph.output(), h)) {
        INFO("seed " << seed << ", h " << h << ", " << run.graph.node(check.node).id);
        CHECK(check.verdict != Verdict::Disagrees);
        CHECK(check.verdict != Verdict::Kink);
      }
    }
  }
}

TEST_CASE("the error curve falls, turns and rises; its verdicts say why", "[gradient][verdict]") {
  Run run(of("exp", 1));
  const CheckCurve curve = check_curve(run.graph, run.graph.output(), run.graph.index_of("x"), 0, {});
  REQUIRE(curve.h.size() == 37);
  CHECK(curve.h.front() == 1e-12);
  CHECK(curve.h.back() == 1);
  CHECK(curve.verdicts.front() == Verdict::RoundOff);
  CHECK(curve.verdicts.back() == Verdict::Curvature);
  CHECK_THAT(curve.analytic, near(std::exp(1.0)));
  CHECK(curve.best > 1e-8);
  CHECK(curve.best < 1e-3);
  // Round-off on the left, agreement in the middle, curvature on the right, and nothing between.
  const std::vector<Verdict> order{Verdict::RoundOff, Verdict::Agrees, Verdict::Curvature};
  std::size_t at = 0;
  for (const Verdict verdict : curve.verdicts) {
    while (at < order.size() && order[at] != verdict) ++at;
    REQUIRE(at < order.size());
  }
  for (std::size_t i = 0; i < curve.h.size(); ++i) {
    CHECK_THAT(curve.numeric[i],
               near((std::exp(1 + curve.h[i]) - std::exp(1 - curve.h[i])) / (2 * curve.h[i]), 1e-3 + curve.error[i]));
  }
}

TEST_CASE("the error curve of a corner: kinks for every h that reaches it", "[gradient][verdict]") {
  Run run(of("relu", 0.001));
  const CheckCurve curve = check_curve(run.graph, run.graph.output(), run.graph.index_of("x"), 0, {});
  for (std::size_t i = 0; i < curve.h.size(); ++i) {
    INFO("h = " << curve.h[i]);
    if (curve.h[i] > 0.00101) CHECK(curve.verdicts[i] == Verdict::Kink);
    if (curve.h[i] > 1e-9 && curve.h[i] < 0.001) CHECK(curve.verdicts[i] == Verdict::Agrees);
    CHECK(curve.verdicts[i] != Verdict::Disagrees);
  }
}

TEST_CASE("a curve may ask an operator's result, and one that the target does not need", "[gradient][verdict]") {
  Run run({input("x", 2), op("s", "square", {"x"}), op("y", "exp", {"s"}), op("z", "neg", {"x"})});
  const CheckCurve inner = check_curve(run.graph, run.graph.index_of("y"), run.graph.index_of("s"), 0, {1e-6, 1e-3, 4});
  CHECK_THAT(inner.analytic, near(std::exp(4.0)));
  CHECK_THAT(inner.numeric[1], near(std::exp(4.0), 1e-6));
  const CheckCurve apart = check_curve(run.graph, run.graph.index_of("y"), run.graph.index_of("z"), 0, {1e-6, 1e-3, 4});
  CHECK(apart.analytic == 0);
  CHECK(apart.verdicts.front() == Verdict::Agrees);
}

TEST_CASE("curves that make no sense are refused", "[gradient][refusal]") {
  Run run(of("exp", 1));
  const auto ask = [&](CurveRange range) {
    return [&run, range] { (void)check_curve(run.graph, run.graph.output(), 0, 0, range); };
  };
  refused(ErrorCode::OutOfRange, {"h"}, ask({0, 1, 10}));
  refused(ErrorCode::OutOfRange, {"h"}, ask({1e-3, 1e-3, 10}));
  refused(ErrorCode::OutOfRange, {"h"}, ask({1e-3, 2, 10}));
  refused(ErrorCode::OutOfRange, {"points", "200"}, ask({1e-3, 1, 1}));
  refused(ErrorCode::OutOfRange, {"points", "200"}, ask({1e-3, 1, 201}));
}
