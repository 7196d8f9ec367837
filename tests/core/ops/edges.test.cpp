/// Numbers at the edges: what IEEE arithmetic says is kept, and no rule overflows where mathematics does not.
#include "support/build.h"
#include "support/matchers.h"

#include <cmath>
#include <limits>

using namespace backprop;
using namespace backprop::test;

namespace {
const double kInf = std::numeric_limits<double>::infinity();

double apply(const char* name, double x) {
  Run run({input("x", x), op("y", name, {"x"})});
  run.backward();
  return run.value("y");
}
double derivative(const char* name, double x) {
  Run run({input("x", x), op("y", name, {"x"})});
  return run.backward().grad("x");
}
}  // namespace

TEST_CASE("sigmoid does not overflow at either end", "[ops]") {
  CHECK(apply("sigmoid", 1000) == 1);
  CHECK(apply("sigmoid", -1000) == 0);
  CHECK_THAT(apply("sigmoid", -40), near(std::exp(-40.0), 1e-15));
  CHECK(derivative("sigmoid", 1000) == 0);
}

TEST_CASE("log and division at 0 are infinite, beyond it NaN", "[ops]") {
  CHECK(apply("log", 0) == -kInf);
  CHECK(std::isnan(apply("log", -1)));
  CHECK(derivative("log", 0) == kInf);
}

TEST_CASE("NaN passes through ReLU instead of turning into 0", "[ops]") {
  CHECK(std::isnan(apply("relu", std::nan(""))));
  CHECK(std::isnan(derivative("relu", std::nan(""))));
}

TEST_CASE("powers at 0", "[ops]") {
  Run square({input("x", 0), input("n", 2), op("y", "pow", {"x", "n"})});
  square.backward();
  CHECK(square.grad("x") == 0);
  CHECK(square.grad("n") == 0);
  Run one({input("x", 0), input("n", 0), op("y", "pow", {"x", "n"})});
  one.backward();
  CHECK(one.value("y") == 1);
  CHECK(one.grad("x") == 0);
}

TEST_CASE("the loss of scores in the thousands is finite", "[ops]") {
  Run run({input("x", vector({5000, -5000, 0})), input("t", 1), op("L", "softmax_with_loss", {"x", "t"})});
  run.backward();
  CHECK(run.value("L") == 10000);
  check_near(run.grads("x"), {1, -1, 0});
}

TEST_CASE("a target of 0 at a score of −∞ costs nothing", "[ops]") {
  Run run({input("x", vector({0, -kInf})), input("t", vector({1, 0})), op("L", "softmax_with_loss", {"x", "t"})});
  run.backward();
  CHECK(run.value("L") == 0);
  check_near(run.grads("x"), {0, 0});
}

TEST_CASE("an empty batch gives NaN, not a crash", "[ops]") {
  Run run({input("x", Tensor(Shape{0, 3})), input("t", Tensor(Shape{0})), op("L", "softmax_with_loss", {"x", "t"})});
  run.backward();
  CHECK(std::isnan(run.value("L")));
  CHECK(run.grads("x").empty());
}

TEST_CASE("square roots, absolute values and their derivatives at 0 and below", "[ops][edge]") {
  CHECK(apply("sqrt", 0) == 0);
  CHECK(derivative("sqrt", 0) == kInf);
  CHECK(std::isnan(apply("sqrt", -1)));
  CHECK(derivative("abs", 0) == 0);
  CHECK(apply("abs", -kInf) == kInf);
  CHECK(derivative("abs", -kInf) == -1);
  CHECK(derivative("relu", 0) == 0);
  CHECK_THAT(derivative("leaky_relu", 0), near(0.01));
}

TEST_CASE("smooth rectifiers neither overflow nor turn infinity into NaN", "[ops][edge]") {
  CHECK(apply("softplus", 1000) == 1000);
  CHECK(apply("softplus", -1000) == 0);
  CHECK_THAT(apply("softplus", -40), near(std::exp(-40.0), 1e-30));
  CHECK_THAT(derivative("softplus", -30), near(std::exp(-30.0), 1e-25));
  CHECK(derivative("softplus", 1000) == 1);
  CHECK(apply("softplus", kInf) == kInf);
  CHECK(apply("gelu", kInf) == kInf);
  CHECK(apply("gelu", -kInf) == 0);
  CHECK(derivative("gelu", kInf) == 1);
  CHECK(derivative("gelu", -kInf) == 0);
  // Far below 0, Φ is small but has all its digits.
  CHECK_THAT(apply("gelu", -10) / -7.619853024160527e-23, near(1));
  for (const char* name : {"softplus", "gelu", "abs", "leaky_relu", "sqrt", "sin", "cos", "tanh", "sigmoid"}) {
    INFO(name);
    CHECK(std::isnan(apply(name, std::nan(""))));
    CHECK(std::isnan(derivative(name, std::nan(""))));
  }
}

TEST_CASE("numbers too small to be normal keep their value", "[ops][edge]") {
  const double tiny = std::numeric_limits<double>::denorm_min();
  CHECK(apply("neg", tiny) == -tiny);
  CHECK(apply("relu", tiny) == tiny);
  CHECK(derivative("relu", tiny) == 1);
  CHECK(apply("abs", -tiny) == tiny);
  CHECK(apply("sin", tiny) == tiny);
  CHECK(apply("tanh", tiny) == tiny);
  CHECK(apply("square", tiny) == 0);
  CHECK(apply("sqrt", tiny) > 0);
  CHECK(apply("exp", -745) > 0);
  CHECK(apply("exp", -746) == 0);
}

TEST_CASE("of equal numbers the first one wins, and NaN wins over all", "[ops][edge]") {
  for (const char* name : {"maximum", "minimum"}) {
    INFO(name);
    Run equal({input("x", 2), input("y", 2), op("z", name, {"x", "y"})});
    equal.backward();
    CHECK(equal.grad("x") == 1);
    CHECK(equal.grad("y") == 0);
    for (const bool first : {true, false}) {
      Run broken(
          {input("x", first ? std::nan("") : 1), input("y", first ? 1 : std::nan("")), op("z", name, {"x", "y"})});
      broken.backward();
      CHECK(std::isnan(broken.value("z")));
      CHECK(broken.grad(first ? "x" : "y") == 1);
    }
  }
  Run equal({input("x", vector({1, 7, 7, -kInf})), op("y", "max", {"x"})});
  equal.backward();
  check_near(equal.grads("x"), {0, 1, 0, 0});
  Run broken({input("x", vector({1, std::nan(""), kInf, std::nan("")})), op("y", "max", {"x"})});
  broken.backward();
  CHECK(std::isnan(broken.value("y")));
  check_near(broken.grads("x"), {0, 1, 0, 0});
  Run low({input("x", vector({-kInf, -kInf})), op("y", "max", {"x"})});
  low.backward();
  CHECK(low.value("y") == -kInf);
}

TEST_CASE("logarithms of softmax stay finite where its probabilities are 0", "[ops][edge]") {
  Run run({input("x", vector({5000, -5000, 0})), op("y", "log_softmax", {"x"})});
  run.backward(vector({1, 0, 0}));
  check_near(run.values("y"), {0, -10000, -5000});
  check_near(run.grads("x"), {0, 0, 0});
  Run impossible({input("x", vector({0, -kInf})), op("y", "log_softmax", {"x"})});
  impossible.backward(vector({1, 0}));
  CHECK(impossible.value("y", 1) == -kInf);
  check_near(impossible.grads("x"), {0, 0});
}

TEST_CASE("the loss of yes or no is exact for scores in the thousands", "[ops][edge]") {
  const auto loss = [](double x, double t) {
    Run run({input("x", x), input("t", t), op("L", "sigmoid_with_loss", {"x", "t"})});
    run.backward();
    return std::pair(run.value("L"), run.grad("x"));
  };
  CHECK(loss(1000, 1) == std::pair(0.0, 0.0));
  CHECK(loss(1000, 0) == std::pair(1000.0, 1.0));
  CHECK(loss(-1000, 1) == std::pair(1000.0, -1.0));
  CHECK(loss(kInf, 1) == std::pair(0.0, 0.0));
  CHECK(loss(-kInf, 0) == std::pair(0.0, 0.0));
  CHECK(loss(-kInf, 1).first == kInf);
  CHECK_THAT(loss(0, 1).first, near(std::log(2.0)));
}

TEST_CASE("a row without variance becomes β, and a size-1 axis is no exception", "[ops][edge]") {
  const auto norm = [](Tensor x, Tensor gamma, Tensor beta) {
    Run run({input("X", std::move(x)), parameter("g", std::move(gamma)), parameter("b", std::move(beta)),
             op("Y", "layer_norm", {"X", "g", "b"})});
    run.backward();
    return run;
  };
  const Run flat = norm(matrix(1, 3, {4, 4, 4}), vector({1, 2, 3}), vector({5, 6, 7}));
  check_near(flat.values("Y"), {5, 6, 7});
  for (const double each : flat.grads("X")) CHECK(std::isfinite(each));
  const Run narrow = norm(matrix(3, 1, {4, -1, 1e300}), vector({2}), vector({5}));
  check_near(narrow.values("Y"), {5, 5, 5});
  check_near(narrow.grads("X"), {0, 0, 0});
  // The variance of numbers around a large mean keeps its digits.
  const Run shifted = norm(matrix(1, 2, {1e8, 1e8 + 2}), vector({1, 1}), vector({0, 0}));
  check_near(shifted.values("Y"), {-1, 1}, 1e-5);
  CHECK(norm(Tensor(Shape{0, 3}), vector({1, 2, 3}), vector({5, 6, 7})).values("Y").empty());
}

TEST_CASE("empty tensors pass through, and a mean over nothing is NaN", "[ops][edge]") {
  const Tensor none(Shape{0, 3});
  for (const char* name : {"neg", "sqrt", "softmax", "log_softmax", "dropout", "flatten", "transpose", "gelu"}) {
    INFO(name);
    Run run({input("x", none), op("y", name, {"x"}), op("s", "sum", {"y"})});
    run.backward();
    CHECK(run.value("s") == 0);
    CHECK(run.grads("x").empty());
  }
  Run joined({input("a", none), input("b", matrix(1, 3, {1, 2, 3})), op("y", "concat", {"a", "b"})});
  joined.backward();
  check_near(joined.values("y"), {1, 2, 3});
  CHECK(joined.grads("a").empty());
  for (const char* name : {"mean_squared_error", "sigmoid_with_loss"}) {
    Run loss({input("x", none), input("t", none), op("L", name, {"x", "t"})});
    loss.backward();
    CHECK(std::isnan(loss.value("L")));
  }
  Run largest({input("x", none), op("y", "max", {"x"}, {{"axis", 1.0}})});
  largest.backward();
  CHECK(largest.values("y").empty());
}

TEST_CASE("what is dropped is gone, be it infinite; what a slope of 0 stops too", "[ops][edge]") {
  Run run({input("x", Tensor(Shape{64}, kInf)), op("y", "dropout", {"x"}, {{"seed", 5.0}})});
  run.backward();
  for (const double each : run.values("y")) CHECK((each == 0 || each == kInf));
  Run stopped({input("x", -kInf), op("y", "leaky_relu", {"x"}, {{"alpha", 0.0}})});
  stopped.backward();
  CHECK(stopped.value("y") == 0);
}
