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
  Run run({input("x", Tensor<double>(Shape{0, 3})), input("t", Tensor<double>(Shape{0})),
           op("L", "softmax_with_loss", {"x", "t"})});
  run.backward();
  CHECK(std::isnan(run.value("L")));
  CHECK(run.grads("x").empty());
}
