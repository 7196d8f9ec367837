/// Numbers of chapters 3, 4 and 6 of the same book.
#include "backprop/gradient_check.h"
#include "backprop/network.h"
#include "backprop/optimizer.h"
#include "backprop/random.h"

#include "support/build.h"
#include "support/matchers.h"

#include <cmath>

#include <catch2/generators/catch_generators.hpp>

using namespace backprop;
using namespace backprop::test;
using Catch::Matchers::WithinAbs;

TEST_CASE("chapter 3: a three-layer network forward", "[book]") {
  Run run({input("x", vector({1.0, 0.5})), parameter("W1", matrix(2, 3, {0.1, 0.3, 0.5, 0.2, 0.4, 0.6})),
           parameter("b1", vector({0.1, 0.2, 0.3})), op("a1", "affine", {"x", "W1", "b1"}), op("z1", "sigmoid", {"a1"}),
           parameter("W2", matrix(3, 2, {0.1, 0.4, 0.2, 0.5, 0.3, 0.6})), parameter("b2", vector({0.1, 0.2})),
           op("a2", "affine", {"z1", "W2", "b2"}), op("z2", "sigmoid", {"a2"}),
           parameter("W3", matrix(2, 2, {0.1, 0.3, 0.2, 0.4})), parameter("b3", vector({0.1, 0.2})),
           op("y", "affine", {"z2", "W3", "b3"})});
  run.graph.forward(run.graph.output());
  check_near(run.values("a1"), {0.3, 0.7, 1.1});
  check_near(run.values("z1"), {0.5744, 0.6682, 0.7503}, 1e-4);
  check_near(run.values("y"), {0.31683, 0.69628}, 1e-4);
}

TEST_CASE("chapter 3: softmax, also where the exponential would overflow", "[book]") {
  Run run({input("x", vector({0.3, 2.9, 4.0})), op("y", "softmax", {"x"})});
  run.graph.forward(run.graph.output());
  check_near(run.values("y"), {0.01821, 0.24519, 0.73660}, 1e-4);

  Run large({input("x", vector({1010, 1000, 990})), op("y", "softmax", {"x"})});
  large.graph.forward(large.graph.output());
  CHECK_THAT(large.value("y", 0), WithinAbs(0.99995, 1e-5));
  CHECK_THAT(large.value("y", 1), WithinAbs(4.54e-05, 1e-7));
  CHECK_THAT(large.value("y", 2), WithinAbs(2.06e-09, 1e-11));
}

TEST_CASE("chapter 4: the loss and the gradient of simpleNet", "[book]") {
  Run run({input("x", matrix(1, 2, {0.6, 0.9})),
           parameter("W", matrix(2, 3, {0.47355232, 0.9977393, 0.84668094, 0.85557411, 0.03563661, 0.69422093})),
           op("scores", "matmul", {"x", "W"}), input("t", vector({2})), op("L", "softmax_with_loss", {"scores", "t"})});
  run.backward();
  check_near(run.values("scores"), {1.05414809, 0.63071653, 1.1328074}, 1e-8);
  CHECK_THAT(run.value("L"), WithinAbs(0.928068, 1e-6));
  check_near(run.grads("W"), {0.21924757, 0.14356243, -0.36281, 0.32887136, 0.21534364, -0.544215}, 1e-6);
}

namespace {

/// One step of an optimizer on a parameter of a graph in single precision.
void update(Optimizer& optimizer, Graph& graph, NodeIndex parameter) {
  std::vector<float> weights = singles(graph.value(parameter));
  optimizer.update(0, weights, singles(graph.grad(parameter)));
  std::ranges::copy(weights, graph.leaf_value(parameter).data());
}

}  // namespace

TEST_CASE("chapter 4: descent from (−3, 4) on x² + y² in 100 steps", "[book]") {
  Graph graph(document({parameter("x", vector({-3, 4})), op("s", "square", {"x"}), op("f", "sum", {"s"})}),
              Dtype::Float32);
  auto sgd = make_optimizer("sgd");
  const NodeIndex x = graph.index_of("x");
  for (int i = 1; i <= 100; ++i) {
    graph.clear_values();
    graph.backward(graph.output());
    sgd->begin(i, 0.1F);
    update(*sgd, graph, x);
  }
  CHECK_THAT(graph.value(x)[0], WithinAbs(-6.1e-10, 1e-11));
  CHECK_THAT(graph.value(x)[1], WithinAbs(8.1e-10, 1e-11));
}

TEST_CASE("chapter 5: the gradient check of TwoLayerNet reads like the book's, 1e-13 to 1e-10", "[book]") {
  // Central differences in double precision over all parameters of a small TwoLayerNet on a batch of three.
  const NetworkSpec spec{.input = Shape{12},
                         .layers = {{.type = LayerType::Affine, .units = 8, .init = Initializer::Std, .std = 0.5},
                                    {.type = LayerType::Relu},
                                    {.type = LayerType::Affine, .units = 10, .init = Initializer::Std, .std = 0.5}},
                         .loss = Loss::SoftmaxWithLoss};
  GraphDocument document = Network(spec, 1).graph().to_document();
  Random random(2);
  for (DocumentNode& node : document.nodes) {
    if (node.id == "x") node.value = Tensor(Shape{3, 12});
    if (node.id == "t") node.value = vector({5, 0, 4});
    if (node.id == "x") {
      for (double& each : node.value->elements()) each = random.uniform();
    }
  }
  Graph graph(document);
  const auto checks = check_gradients(graph, graph.output());
  int parameters = 0;
  for (const GradientCheck& check : checks) {
    if (graph.node(check.node).op->name != "parameter") continue;
    ++parameters;
    double sum = 0;
    for (std::size_t i = 0; i < check.analytic.size(); ++i) sum += std::abs(check.analytic[i] - check.numeric[i]);
    INFO(graph.node(check.node).id);
    CHECK(check.agrees);
    CHECK(sum / static_cast<double>(check.analytic.size()) < 1e-9);
  }
  CHECK(parameters == 4);
}

TEST_CASE("chapter 6: where the optimizers are after 30 steps on x²/20 + y²", "[book]") {
  struct Row {
    const char* name;
    float rate;
    double x;
    double y;
  };
  const auto row = GENERATE(Row{"sgd", 0.95F, -0.350, 0.085}, Row{"momentum", 0.1F, 0.896, 0.088},
                            Row{"adagrad", 1.5F, -0.120, 0.0}, Row{"adam", 0.3F, 0.136, 0.318});
  INFO(row.name);
  Graph graph(document({parameter("p", vector({-7, 2})), constant("c", 1), op("s", "square", {"p"}),
                        leaf("w", "constant", vector({0.05, 1})), op("m", "mul", {"s", "w"}), op("f", "sum", {"m"})}),
              Dtype::Float32);
  auto optimizer = make_optimizer(row.name);
  const NodeIndex p = graph.index_of("p");
  for (int i = 1; i <= 30; ++i) {
    graph.clear_values();
    graph.backward(graph.output());
    optimizer->begin(i, row.rate);
    update(*optimizer, graph, p);
  }
  CHECK_THAT(graph.value(p)[0], WithinAbs(row.x, 1e-3));
  CHECK_THAT(graph.value(p)[1], WithinAbs(row.y, 1e-3));
}
