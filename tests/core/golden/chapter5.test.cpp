/// Saitoh, Deep Learning from Scratch (2016), chapter 5, example by example: the numbers that the book prints.
#include "support/build.h"
#include "support/matchers.h"

#include <cmath>

using namespace backprop;
using namespace backprop::test;

TEST_CASE("row 1: price of two apples with tax, and what each input adds to it", "[book]") {
  Run run(apple());
  run.backward();
  CHECK_THAT(run.value("price"), near(200));
  CHECK_THAT(run.value("total"), near(220));
  CHECK_THAT(run.grad("total"), near(1));
  CHECK_THAT(run.grad("price"), near(1.1));
  CHECK_THAT(run.grad("apple"), near(2.2));
  CHECK_THAT(run.grad("count"), near(110));
  CHECK_THAT(run.grad("tax"), near(200));
}

TEST_CASE("row 2: the same with ×2 and ×1.1 as nodes of one input", "[book]") {
  Run run({input("apple", 100), constant("two", 2), op("price", "mul", {"apple", "two"}), constant("tax", 1.1),
           op("total", "mul", {"price", "tax"})});
  run.backward();
  CHECK_THAT(run.value("total"), near(220));
  CHECK_THAT(run.grad("apple"), near(2.2));
  CHECK(run.grad("two") == 0);
}

TEST_CASE("row 3: two apples and three oranges", "[book]") {
  Run run(apples_and_oranges());
  run.backward();
  CHECK_THAT(run.value("price"), near(650));
  CHECK_THAT(run.value("total"), near(715));
  CHECK_THAT(run.grad("apple"), near(2.2));
  CHECK_THAT(run.grad("apples"), near(110));
  CHECK_THAT(run.grad("orange"), near(3.3));
  CHECK_THAT(run.grad("oranges"), near(165));
  CHECK_THAT(run.grad("tax"), near(650));
}

TEST_CASE("row 4: an add node need not know where 4000 came from", "[book]") {
  Run run({input("apple", 100), input("count", 2), op("apples", "mul", {"apple", "count"}), input("other", 4000),
           op("sum", "add", {"other", "apples"}), input("tax", 1.1), op("total", "mul", {"sum", "tax"})});
  run.backward();
  CHECK_THAT(run.value("sum"), near(4200));
  CHECK_THAT(run.value("total"), near(4620));
}

TEST_CASE("row 5: a node y = f(x) sends back E · dy/dx", "[book]") {
  Run run({input("x", 3), op("y", "square", {"x"})});
  run.backward(Tensor::scalar(1.5));
  CHECK_THAT(run.grad("x"), near(1.5 * 2 * 3));
}

TEST_CASE("row 6: z = (x + y)² has the gradient 2 (x + y) towards both", "[book]") {
  Run run({input("x", 2), input("y", 3), op("t", "add", {"x", "y"}), op("z", "square", {"t"})});
  run.backward();
  CHECK_THAT(run.grad("t"), near(10));
  CHECK_THAT(run.grad("x"), near(10));
  CHECK_THAT(run.grad("y"), near(10));
}

TEST_CASE("row 7: an add node passes 1.3 on unchanged", "[book]") {
  Run run({input("x", 10), input("y", 5), op("z", "add", {"x", "y"})});
  run.backward(Tensor::scalar(1.3));
  CHECK_THAT(run.value("z"), near(15));
  CHECK_THAT(run.grad("x"), near(1.3));
  CHECK_THAT(run.grad("y"), near(1.3));
}

TEST_CASE("row 8: a mul node passes 1.3 on times the other input", "[book]") {
  Run run({input("x", 10), input("y", 5), op("z", "mul", {"x", "y"})});
  run.backward(Tensor::scalar(1.3));
  CHECK_THAT(run.value("z"), near(50));
  CHECK_THAT(run.grad("x"), near(6.5));
  CHECK_THAT(run.grad("y"), near(13));
}

TEST_CASE("row 9: y = 1/x has the derivative −y²", "[book]") {
  Run run({constant("one", 1), input("x", 4), op("y", "div", {"one", "x"})});
  run.backward();
  CHECK_THAT(run.grad("x"), near(-1.0 / 16));
}

TEST_CASE("row 10: y = eˣ is its own derivative", "[book]") {
  Run run({input("x", 1.5), op("y", "exp", {"x"})});
  run.backward();
  CHECK_THAT(run.grad("x"), near(std::exp(1.5)));
}

TEST_CASE("row 11: Sigmoid in four steps equals the Sigmoid node, y (1 − y)", "[book]") {
  Run steps({input("x", 0.7), constant("minus_one", -1), op("minus", "mul", {"x", "minus_one"}),
             op("e", "exp", {"minus"}), constant("one", 1), op("plus", "add", {"e", "one"}), constant("numerator", 1),
             op("y", "div", {"numerator", "plus"})});
  Run node({input("x", 0.7), op("y", "sigmoid", {"x"})});
  const auto upstream = Tensor::scalar(1.7);
  steps.backward(upstream);
  node.backward(upstream);
  const double y = 1 / (1 + std::exp(-0.7));
  CHECK_THAT(steps.value("y"), near(y));
  CHECK_THAT(steps.grad("plus"), near(-1.7 * y * y));
  CHECK_THAT(steps.grad("e"), near(-1.7 * y * y));
  CHECK_THAT(steps.grad("minus"), near(-1.7 * y * y * std::exp(-0.7)));
  CHECK_THAT(steps.grad("x"), near(1.7 * y * (1 - y)));
  CHECK_THAT(node.value("y"), near(y));
  CHECK_THAT(node.grad("x"), near(1.7 * y * (1 - y)));
}

TEST_CASE("row 12: ReLU lets the gradient through where the input is above 0", "[book]") {
  Run run({input("x", matrix(2, 2, {1, -0.5, -2, 3})), op("y", "relu", {"x"})});
  run.backward(matrix(2, 2, {5, 6, 7, 8}));
  check_near(run.values("y"), {1, 0, 0, 3});
  check_near(run.grads("x"), {5, 0, 0, 8});

  Run zero({input("x", 0), op("y", "relu", {"x"})});
  CHECK(zero.backward().grad("x") == 0);
}

TEST_CASE("row 13: Affine of one sample, dX = dY · Wᵀ and dW = Xᵀ · dY", "[book]") {
  Run run({input("X", vector({1, 2})), parameter("W", matrix(2, 3, {1, 3, 5, 2, 4, 6})),
           parameter("B", vector({1, 2, 3})), op("Y", "affine", {"X", "W", "B"})});
  run.backward(vector({1, 10, 100}));
  check_near(run.values("Y"), {6, 13, 20});
  check_near(run.grads("X"), {531, 642});
  check_near(run.grads("W"), {1, 10, 100, 2, 20, 200});
  check_near(run.grads("B"), {1, 10, 100});
}

TEST_CASE("row 14: the bias of a batch receives the sum over the batch", "[book]") {
  // X · W = [[0, 0, 0], [10, 10, 10]]
  Run run({input("X", matrix(2, 1, {0, 10})), parameter("W", matrix(1, 3, {1, 1, 1})),
           parameter("B", vector({1, 2, 3})), op("Y", "affine", {"X", "W", "B"})});
  run.backward(matrix(2, 3, {1, 2, 3, 4, 5, 6}));
  check_near(run.values("Y"), {1, 2, 3, 11, 12, 13});
  check_near(run.grads("B"), {5, 7, 9});
}

TEST_CASE("row 15: scores 5.3 and 10.1 become 0.008 and 0.991", "[book]") {
  // The figure shows three of ten scores and cuts its decimals off; the other seven share what is left.
  Run run({input("x", vector({5.3, 0.3, 10.1})), op("y", "softmax", {"x"})});
  run.graph.forward(run.graph.output());
  CHECK_THAT(run.value("y", 0), Catch::Matchers::WithinAbs(0.008, 0.001));
  CHECK_THAT(run.value("y", 2), Catch::Matchers::WithinAbs(0.991, 0.001));
}

TEST_CASE("row 16: Softmax-with-Loss sends back (y − t) / n", "[book]") {
  const std::vector<double> scores{0.3, 2.9, 4.0, 1.0, -1.0, 0.5};
  Run loss({input("x", matrix(2, 3, scores)), input("t", vector({2, 0})), op("L", "softmax_with_loss", {"x", "t"})});
  Run softmax({input("x", matrix(2, 3, scores)), op("y", "softmax", {"x"})});
  softmax.graph.forward(softmax.graph.output());
  loss.backward();
  std::vector<double> y = softmax.values("y");
  CHECK_THAT(loss.value("L"), near(-(std::log(y[2]) + std::log(y[3])) / 2));
  y[2] -= 1;
  y[3] -= 1;
  for (double& each : y) each /= 2;
  check_near(loss.grads("x"), y);
}

namespace {
Run three_classes(const std::vector<double>& y) {
  std::vector<double> scores;
  for (const double each : y) scores.push_back(std::log(each));
  return Run({input("x", vector(scores)), input("t", vector({0, 1, 0})), op("L", "softmax_with_loss", {"x", "t"})});
}
}  // namespace

TEST_CASE("row 17: a wrong prediction has a large error", "[book]") {
  Run run = three_classes({0.3, 0.2, 0.5});
  run.backward();
  CHECK_THAT(run.value("L"), Catch::Matchers::WithinAbs(1.6094, 5e-5));
  check_near(run.grads("x"), {0.3, -0.8, 0.5});
}

TEST_CASE("row 18: a good prediction has a small error", "[book]") {
  Run run = three_classes({0.01, 0.99, 1e-300});
  run.backward();
  CHECK_THAT(run.value("L"), Catch::Matchers::WithinAbs(0.01005, 5e-6));
  check_near(run.grads("x"), {0.01, -0.01, 0});
}
