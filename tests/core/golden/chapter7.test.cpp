/// Saitoh, Deep Learning from Scratch (2016), chapters 6 to 8: the layers of its networks of images, together.
#include "backprop/gradient_check.h"
#include "backprop/random.h"

#include "support/build.h"
#include "support/matchers.h"

#include <cmath>

using namespace backprop;
using namespace backprop::test;

namespace {

Tensor drawn(const Shape& shape, double reach, Random& random) {
  Tensor tensor(shape);
  for (double& each : tensor.elements()) each = random.uniform(-reach, reach);
  return tensor;
}

}  // namespace

TEST_CASE("chapter 7: the shapes of SimpleConvNet, 28 × 28 to 4,320 numbers to 10 scores", "[book]") {
  Run run({input("x", Tensor(Shape{2, 1, 28, 28})), parameter("W1", Tensor(Shape{30, 1, 5, 5})),
           parameter("b1", Tensor(Shape{30})), op("conv", "conv2d", {"x", "W1", "b1"}), op("relu", "relu", {"conv"}),
           op("pool", "max_pool2d", {"relu"}, {{"size", 2.0}, {"stride", 2.0}}), op("flat", "flatten", {"pool"}),
           parameter("W2", Tensor(Shape{4320, 10})), parameter("b2", Tensor(Shape{10})),
           op("y", "affine", {"flat", "W2", "b2"})});
  const auto shape = [&](const char* id) { return run.graph.node(run.graph.index_of(id)).shape; };
  CHECK(shape("conv") == Shape{2, 30, 24, 24});
  CHECK(shape("pool") == Shape{2, 30, 12, 12});
  CHECK(shape("flat") == Shape{2, 4320});
  CHECK(shape("y") == Shape{2, 10});
}

TEST_CASE("chapter 7: the gradient check of a small SimpleConvNet reads 1e-9 and better", "[book][gradient]") {
  // As ch07/gradient_check.py: one image of 10 × 10, 10 filters of 3 × 3; and batch norm as in chapter 6 behind it.
  Random random(11);
  Run run({input("x", drawn({2, 1, 10, 10}, 1, random)), parameter("W1", drawn({10, 1, 3, 3}, 0.5, random)),
           parameter("b1", drawn({10}, 0.1, random)), op("conv", "conv2d", {"x", "W1", "b1"}),
           op("relu", "relu", {"conv"}), op("pool", "max_pool2d", {"relu"}, {{"size", 2.0}, {"stride", 2.0}}),
           parameter("gamma", drawn({10}, 1, random)), parameter("beta", drawn({10}, 1, random)),
           leaf("mean", "constant", Tensor(Shape{10})), leaf("var", "constant", Tensor(Shape{10}, 1)),
           op("norm", "batch_norm", {"pool", "gamma", "beta", "mean", "var"}),
           op("drop", "dropout", {"norm"}, {{"ratio", 0.5}, {"inverted", false}, {"seed", 1.0}}),
           op("flat", "flatten", {"drop"}), parameter("W2", drawn({160, 10}, 0.3, random)),
           parameter("b2", drawn({10}, 0.1, random)), op("y", "affine", {"flat", "W2", "b2"}),
           leaf("t", "constant", vector({1, 7})), op("L", "softmax_with_loss", {"y", "t"})});
  const auto checks = check_gradients(run.graph, run.graph.output(), 1e-5);
  int parameters = 0;
  for (const GradientCheck& check : checks) {
    if (run.graph.node(check.node).op->name != "parameter") continue;
    ++parameters;
    double sum = 0;
    for (std::size_t i = 0; i < check.analytic.size(); ++i) sum += std::abs(check.analytic[i] - check.numeric[i]);
    INFO(run.graph.node(check.node).id);
    CHECK(check.agrees);
    CHECK(sum / static_cast<double>(check.analytic.size()) < 1e-9);
  }
  CHECK(parameters == 6);
}
