/// batch_norm and dropout: golden numbers, running statistics, masks, and what they refuse.
#include "backprop/batch_norm.h"

#include "support/build.h"
#include "support/matchers.h"

#include <cmath>
#include <limits>

using namespace backprop;
using namespace backprop::test;

namespace {

std::vector<DocumentNode> batch_norm(const Tensor& x, Tensor mean, Tensor variance, Attributes attributes = {}) {
  const Shape channels{x.shape()[1]};
  Tensor gamma(channels);
  Tensor beta(channels);
  for (std::size_t c = 0; c < gamma.size(); ++c) {
    gamma[c] = 2 + static_cast<double>(c);
    beta[c] = 10 * static_cast<double>(c);
  }
  return {input("X", x),
          parameter("gamma", gamma),
          parameter("beta", beta),
          input("mean", std::move(mean)),
          input("var", std::move(variance)),
          op("Y", "batch_norm", {"X", "gamma", "beta", "mean", "var"}, std::move(attributes))};
}

std::vector<double> dropped(double ratio, double iteration, double seed = 1, std::int64_t size = 64) {
  Run run({input("x", Tensor(Shape{size}, 1)),
           op("y", "dropout", {"x"}, {{"ratio", ratio}, {"seed", seed}, {"iteration", iteration}})});
  run.backward();
  CHECK(run.values("y") == run.grads("x"));
  return run.values("y");
}

}  // namespace

TEST_CASE("chapter 6: batch norm brings each channel to mean 0 and variance 1, then scales and shifts", "[ops][book]") {
  // Column 1: mean 2, variance 2/3. Column 2: mean 20, variance 200/3. ε = 10e-7.
  Run run(batch_norm(matrix(3, 2, {1, 10, 2, 20, 3, 30}), vector({0, 0}), vector({1, 1})));
  run.backward(matrix(3, 2, {1, 0, 0, 0, 0, 1}));
  const double a = 1 / std::sqrt(2.0 / 3 + 1e-6);
  const double b = 10 / std::sqrt(200.0 / 3 + 1e-6);
  check_near(run.values("Y"), {-2 * a, 10 - 3 * b, 0, 10, 2 * a, 10 + 3 * b});
  check_near(run.grads("gamma"), {-a, b});
  check_near(run.grads("beta"), {1, 1});
  // dX of column 1: γ / σ · (g − mean(g) − x̂ mean(g x̂)) with g = (1, 0, 0).
  check_near(run.grads("X"),
             {2 * a * (2.0 / 3 - a * a / 3), 3 * b / 10 * (-1.0 / 3 + b * b / 3), 2 * a * (-1.0 / 3),
              3 * b / 10 * (-1.0 / 3), 2 * a * (-1.0 / 3 + a * a / 3), 3 * b / 10 * (2.0 / 3 - b * b / 3)});
}

TEST_CASE("batch norm of images takes its statistics over positions too", "[ops]") {
  const Tensor x(Shape{2, 1, 1, 2}, {1, 2, 3, 4});
  Run run(batch_norm(x, vector({0}), vector({1}), {{"eps", 0.0}}));
  run.backward();
  const double step = 2 / std::sqrt(1.25);
  check_near(run.values("Y"), {-1.5 * step, -0.5 * step, 0.5 * step, 1.5 * step});
}

TEST_CASE("batch norm outside training uses the running statistics and nothing of the batch", "[ops]") {
  Run run(batch_norm(matrix(1, 2, {5, 7}), vector({3, 5}), vector({4, 0.25}), {{"training", false}, {"eps", 0.0}}));
  run.backward();
  check_near(run.values("Y"), {2, 10 + 3 * 4});
  check_near(run.grads("X"), {1, 6});
  check_near(run.grads("gamma"), {1, 4});
  CHECK(run.grads("mean") == std::vector<double>{0, 0});
}

TEST_CASE("running statistics keep nine tenths of what they were, as in the book", "[ops][book]") {
  const auto x = matrix(2, 2, {1, 10, 3, 30});
  const BatchStatistics batch = batch_statistics(x);
  check_near({batch.mean.elements().begin(), batch.mean.elements().end()}, {2, 20});
  check_near({batch.variance.elements().begin(), batch.variance.elements().end()}, {1, 100});
  const BatchStatistics before{vector({0, 0}), vector({0, 0})};
  const auto after = updated_running_statistics(before, x);
  CHECK_THAT(after.mean[1], near(2));
  CHECK_THAT(after.variance[1], near(10));
  const auto half = updated_running_statistics(before, x, {{"momentum", 0.5}});
  CHECK_THAT(half.mean[0], near(1));
  refused(ErrorCode::ShapeMismatch, {"[3]"}, [&] {
    (void)updated_running_statistics({vector({0, 0, 0}), vector({0, 0, 0})}, x);
  });
}

TEST_CASE("a channel without variance becomes β and sends back no gradient", "[ops][edge]") {
  Run run(batch_norm(matrix(3, 1, {5, 5, 5}), vector({0}), vector({1})));
  run.backward(matrix(3, 1, {1, 2, 4}));
  check_near(run.values("Y"), {0, 0, 0});
  CHECK(std::isfinite(run.grad("X")));
  CHECK(run.grad("gamma") == 0);
  Run single(batch_norm(matrix(1, 2, {5, -7}), vector({0, 0}), vector({1, 1})));
  single.backward();
  check_near(single.values("Y"), {0, 10});
  check_near(single.grads("X"), {0, 0});
}

TEST_CASE("batch norm of an empty batch is empty", "[ops][edge]") {
  Run run(batch_norm(Tensor(Shape{0, 2}), vector({0, 0}), vector({1, 1})));
  run.backward();
  CHECK(run.values("Y").empty());
  check_near(run.grads("gamma"), {0, 0});
}

TEST_CASE("batch norm refuses vectors and statistics of another length", "[ops][refusal]") {
  refused(ErrorCode::ShapeMismatch, {"[3]", "Reshape"}, [] {
    Run run({input("X", vector({1, 2, 3})), parameter("g", vector({1})), parameter("b", vector({1})),
             input("m", vector({1})), input("v", vector({1})), op("Y", "batch_norm", {"X", "g", "b", "m", "v"})});
  });
  refused(ErrorCode::ShapeMismatch, {"running_var is [3]", "[2]"}, [] {
    Run run(batch_norm(matrix(1, 2, {5, 7}), vector({3, 5}), vector({4, 1, 1})));
  });
  refused(ErrorCode::InvalidAttribute, {"\"eps\"", "0 to 1"}, [] {
    Run run(batch_norm(matrix(1, 2, {5, 7}), vector({3, 5}), vector({4, 1}), {{"eps", -1.0}}));
  });
}

TEST_CASE("dropout drops its share, scales the rest, and sends gradients through the same mask", "[ops][dropout]") {
  const auto mask = dropped(0.25, 0, 1, 4000);
  const auto zeros = std::ranges::count(mask, 0.0);
  CHECK(zeros > 900);
  CHECK(zeros < 1100);
  CHECK(zeros + std::ranges::count(mask, 1 / 0.75) == 4000);
}

TEST_CASE("the mask depends on seed, iteration and place alone", "[ops][dropout]") {
  CHECK(dropped(0.5, 3) == dropped(0.5, 3));
  CHECK(dropped(0.5, 3) != dropped(0.5, 4));
  CHECK(dropped(0.5, 3) != dropped(0.5, 3, 2));
  // Element i is the same in a longer tensor, and where more is dropped, what was dropped before still is.
  const auto longer = dropped(0.5, 3, 1, 100);
  CHECK(std::equal(longer.begin(), longer.begin() + 64, dropped(0.5, 3).begin()));
  const auto more = dropped(0.75, 3, 1, 100);
  for (std::size_t i = 0; i < 100; ++i) CHECK((longer[i] != 0 || more[i] == 0));
  // The bits themselves, so that every platform has the same.
  std::string bits;
  for (const double each : dropped(0.5, 3, 1, 32)) bits += each == 0 ? '0' : '1';
  CHECK(bits == "00010001010101010011011000011101");
}

TEST_CASE("dropout outside training: nothing in today's variant, times 1 − ratio in the book's",
          "[ops][dropout][book]") {
  const auto y = [](bool inverted, bool training) {
    Run run({input("x", vector({2, 2, 2, 2, 2, 2, 2, 2})),
             op("y", "dropout", {"x"}, {{"ratio", 0.25}, {"inverted", inverted}, {"training", training}})});
    run.backward();
    return run.values("y");
  };
  CHECK(y(true, false) == std::vector<double>(8, 2));
  CHECK(y(false, false) == std::vector<double>(8, 1.5));
  const auto book = y(false, true);
  CHECK(std::ranges::count(book, 2) + std::ranges::count(book, 0) == 8);
}

TEST_CASE("dropout refuses to drop all", "[ops][refusal]") {
  for (const double ratio : {1.0, -0.1, std::nan("")}) {
    refused(ErrorCode::InvalidAttribute, {"\"ratio\"", "from 0 to below 1"}, [&] { (void)dropped(ratio, 0); });
  }
  CHECK(dropped(0, 0) == std::vector<double>(64, 1));
}

TEST_CASE("an attribute can be changed, and what was computed is forgotten", "[graph]") {
  Run run({input("x", Tensor(Shape{1, 64}, 1)), op("y", "dropout", {"x"}, {{"ratio", 0.5}}),
           op("f", "sum", {"y"}, {{"axis", 1.0}})});
  run.backward();
  const auto before = run.values("y");
  const NodeIndex y = run.graph.index_of("y");
  run.graph.set_attribute(y, "iteration", 1.0);
  refused(ErrorCode::NotComputed, {"\"y\""}, [&] { (void)run.value("y"); });
  run.backward();
  CHECK(run.values("y") != before);
  refused(ErrorCode::InvalidAttribute, {"\"y\"", "ratio"}, [&] { run.graph.set_attribute(y, "ratio", 1.5); });
  refused(ErrorCode::InvalidAttribute, {"\"y\"", "masks"}, [&] { run.graph.set_attribute(y, "masks", 1.5); });
  CHECK(run.grads("x").size() == 64);

  const NodeIndex f = run.graph.index_of("f");
  run.graph.set_attribute(f, "axis", 0.0);
  CHECK(run.graph.node(f).shape == Shape{64});
  refused(ErrorCode::InvalidAttribute, {"axis 2"}, [&] { run.graph.set_attribute(f, "axis", 2.0); });
  CHECK(run.graph.node(f).shape == Shape{64});
  run.backward();
  CHECK(run.values("f") == run.values("y"));
}
