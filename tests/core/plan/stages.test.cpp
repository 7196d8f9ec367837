/// Graphs of images and of ops without a kernel: planned equals unplanned in loss, scores and every gradient.
#include "backprop/random.h"

#include "plan/plan.h"
#include "support/build.h"
#include "support/matchers.h"

#include <numeric>
#include <span>

using namespace backprop;
using namespace backprop::test;

namespace {

constexpr double kTolerance = 3e-5;

Tensor draw(const Shape& shape, Random& random, double density = 1) {
  Tensor tensor(shape);
  for (double& each : tensor.elements()) each = random.uniform() < density ? random.uniform(-1, 1) : 0;
  return tensor;
}

Tensor labels(std::int64_t rows, std::uint32_t classes, Random& random) {
  Tensor tensor(Shape{rows});
  for (double& each : tensor.elements()) each = random.below(classes);
  return tensor;
}

void check_same(const Tensor& actual, const Tensor& expected) {
  REQUIRE(actual.shape() == expected.shape());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    INFO("element " << i);
    REQUIRE_THAT(actual[i], near(expected[i], kTolerance));
  }
}

/// Runs the graph "x", …, "loss" with labels "t" both ways, with two batches of different size.
void compare(const std::vector<DocumentNode>& nodes, Random& random) {
  GraphDocument whole = document(nodes);
  whole.output = "loss";
  Graph graph(whole, Dtype::Float32);
  const NodeIndex x = graph.index_of("x");
  const NodeIndex t = graph.index_of("t");
  const NodeIndex loss = graph.index_of("loss");
  const auto plan = plan::Plan::compile(graph, {.x = x, .t = t, .loss = loss}, plan::Purpose::Training);
  REQUIRE(plan);
  const auto most = static_cast<std::size_t>(graph.node(x).shape[0]);
  plan->reserve(most);
  plan->read_parameters(graph);
  const Tensor samples = graph.node(x).value;
  const std::vector<float> rows_of_samples = singles(samples);
  std::vector<std::int32_t> answers;
  for (const double each : graph.node(t).value.elements()) answers.push_back(static_cast<std::int32_t>(each));
  for (const std::size_t rows : {most, most - 1}) {
    INFO(rows << " samples");
    std::vector<std::int64_t> numbers(rows);
    for (std::int64_t& each : numbers) each = random.below(static_cast<std::uint32_t>(most));
    plan->load_samples({.numbers = rows_of_samples.data()}, numbers);
    plan->load_labels(answers, numbers);
    plan->forward();
    const double planned = plan->loss();
    plan->differentiate();

    std::vector<std::int64_t> extents(samples.shape().extents().begin(), samples.shape().extents().end());
    extents[0] = static_cast<std::int64_t>(rows);
    Tensor batch{Shape(std::span<const std::int64_t>(extents))};
    Tensor batch_labels(Shape{static_cast<std::int64_t>(rows)});
    const std::size_t width = samples.size() / most;
    for (std::size_t r = 0; r < rows; ++r) {
      std::copy_n(samples.data() + static_cast<std::size_t>(numbers[r]) * width, width, batch.data() + r * width);
      batch_labels[r] = static_cast<double>(answers[static_cast<std::size_t>(numbers[r])]);
    }
    graph.set_together({{x, batch}, {t, batch_labels}});
    graph.backward(loss);
    CHECK_THAT(planned, near(graph.value(loss)[0], kTolerance));
    for (const plan::Parameter& parameter : plan->parameters()) {
      INFO(graph.node(parameter.node()).id);
      Tensor gradient(graph.node(parameter.node()).shape);
      for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] = parameter.gradient[parameter.place(i)];
      check_same(gradient, graph.grad(parameter.node()));
    }
  }
}

}  // namespace

TEST_CASE("ops without a kernel run by their own rule inside a plan", "[plan]") {
  Random random(1);
  for (const char* name : {"exp", "square", "neg"}) {
    INFO(name);
    compare({input("x", draw(Shape{5, 6}, random)), op("first", name, {"x"}), parameter("w", draw(Shape{6, 5}, random)),
             parameter("b", draw(Shape{5}, random)), op("affine", "affine", {"first", "w", "b"}),
             op("middle", name, {"affine"}), parameter("w2", draw(Shape{5, 3}, random)),
             parameter("b2", draw(Shape{3}, random)), op("scores", "affine", {"middle", "w2", "b2"}),
             input("t", labels(5, 3, random)), op("loss", "softmax_with_loss", {"scores", "t"})},
            random);
  }
}

TEST_CASE("an op with parameters of its own has their gradients", "[plan]") {
  Random random(2);
  compare({input("x", draw(Shape{4, 6}, random)), parameter("scale", draw(Shape{6}, random)),
           op("scaled", "mul", {"x", "scale"}), parameter("w", draw(Shape{6, 3}, random)),
           op("product", "matmul", {"scaled", "w"}), parameter("b", draw(Shape{3}, random)),
           op("scores", "add", {"product", "b"}), input("t", labels(4, 3, random)),
           op("loss", "softmax_with_loss", {"scores", "t"})},
          random);
}

namespace {

/// x, then the layers, then a flat affine layer with 3 scores. `features` is what reaches that layer.
std::vector<DocumentNode> network(const Shape& x, std::vector<DocumentNode> layers, std::int64_t features,
                                  Random& random) {
  std::vector<DocumentNode> nodes{input("x", draw(x, random, 0.7))};
  const std::string last = layers.back().id;
  for (DocumentNode& layer : layers) nodes.push_back(std::move(layer));
  nodes.push_back(op("flat", "flatten", {last}));
  nodes.push_back(parameter("w", draw(Shape{features, 3}, random)));
  nodes.push_back(parameter("b", draw(Shape{3}, random)));
  nodes.push_back(op("scores", "affine", {"flat", "w", "b"}));
  nodes.push_back(input("t", labels(x[0], 3, random)));
  nodes.push_back(op("loss", "softmax_with_loss", {"scores", "t"}));
  return nodes;
}

DocumentNode convolution(const std::string& id, const std::string& from, double stride, double pad) {
  return op(id, "conv2d", {from, id + ".w", id + ".b"}, {{"stride", stride}, {"pad", pad}});
}

}  // namespace

TEST_CASE("convolutions of one and of many channels, with border and stride, pooled or not", "[plan]") {
  Random random(4);
  // SimpleConvNet in small: pooled at once.
  compare(network(Shape{5, 1, 8, 8},
                  {parameter("c.w", draw(Shape{6, 1, 3, 3}, random)), parameter("c.b", draw(Shape{6}, random)),
                   convolution("c", "x", 1, 0), op("r", "relu", {"c"}), op("p", "max_pool2d", {"r"}, {{"size", 2.0}})},
                  6 * 9, random),
          random);
  // The same with color, a border, windows of the pool that overlap and have a border of their own.
  for (const double stride : {1.0, 2.0}) {
    const std::int64_t height = stride == 1 ? 4 : 2;
    const std::int64_t width = stride == 1 ? 5 : 3;
    compare(network(Shape{3, 3, 7, 8},
                    {parameter("c.w", draw(Shape{5, 3, 3, 2}, random)), parameter("c.b", draw(Shape{5}, random)),
                     convolution("c", "x", stride, 1), op("r", "relu", {"c"}),
                     op("p", "max_pool2d", {"r"}, {{"size", 3.0}, {"stride", 2.0}, {"pad", 1.0}})},
                    5 * height * width, random),
            random);
  }
  for (const char* activation : {"sigmoid", "tanh", "relu"}) {
    INFO(activation);
    // Not pooled: the padding between the pixels must stay out of the affine layer.
    compare(network(Shape{3, 2, 5, 6},
                    {parameter("c.w", draw(Shape{5, 2, 2, 3}, random)), parameter("c.b", draw(Shape{5}, random)),
                     convolution("c", "x", 2, 1), op("a", activation, {"c"})},
                    5 * 3 * 3, random),
            random);
    // Two convolutions, and a pool of its own with overlapping windows and a border.
    compare(network(Shape{3, 3, 6, 5},
                    {parameter("c.w", draw(Shape{5, 3, 3, 3}, random)), parameter("c.b", draw(Shape{5}, random)),
                     convolution("c", "x", 1, 1), op("a", activation, {"c"}),
                     parameter("d.w", draw(Shape{3, 5, 2, 2}, random)), parameter("d.b", draw(Shape{3}, random)),
                     convolution("d", "a", 1, 0), op("e", activation, {"d"}),
                     op("p", "max_pool2d", {"e"}, {{"size", 3.0}, {"stride", 2.0}, {"pad", 1.0}})},
                    3 * 3 * 2, random),
            random);
    // A pooled convolution whose pixels touch, before another.
    compare(network(Shape{3, 1, 9, 9},
                    {parameter("c.w", draw(Shape{3, 1, 2, 2}, random)), parameter("c.b", draw(Shape{3}, random)),
                     convolution("c", "x", 1, 0), op("a", activation, {"c"}),
                     op("p", "max_pool2d", {"a"}, {{"size", 2.0}}), parameter("d.w", draw(Shape{4, 3, 3, 3}, random)),
                     parameter("d.b", draw(Shape{4}, random)), convolution("d", "p", 2, 1), op("e", activation, {"d"})},
                    4 * 2 * 2, random),
            random);
  }
}

TEST_CASE("images pass through ops without a kernel, and pools without a convolution", "[plan]") {
  Random random(5);
  compare(network(Shape{3, 2, 4, 4}, {op("p", "max_pool2d", {"x"}, {{"size", 2.0}})}, 8, random), random);
  compare(network(Shape{3, 2, 4, 4},
                  {parameter("c.w", draw(Shape{5, 2, 3, 3}, random)), parameter("c.b", draw(Shape{5}, random)),
                   convolution("c", "x", 1, 1), op("p", "avg_pool2d", {"c"}, {{"size", 2.0}})},
                  20, random),
          random);
  compare(
      network(Shape{4, 2, 3, 3},
              {parameter("c.w", draw(Shape{3, 2, 2, 2}, random)), parameter("c.b", draw(Shape{3}, random)),
               convolution("c", "x", 1, 0), parameter("gamma", draw(Shape{3}, random)),
               parameter("beta", draw(Shape{3}, random)), leaf("mean", "constant", draw(Shape{3}, random)),
               leaf("var", "constant", Tensor(Shape{3}, 1)),
               op("n", "batch_norm", {"c", "gamma", "beta", "mean", "var"}, {{"training", true}}),
               op("r", "relu", {"n"}), op("d", "dropout", {"r"}, {{"ratio", 0.3}, {"training", true}, {"seed", 3.0}})},
              12, random),
      random);
}

TEST_CASE("a graph that mixes samples, or forks, has no plan", "[plan]") {
  Random random(3);
  const auto compiled = [](const std::vector<DocumentNode>& nodes) {
    GraphDocument whole = document(nodes);
    whole.output = "loss";
    const Graph graph(whole, Dtype::Float32);
    return plan::Plan::compile(graph,
                               {.x = graph.index_of("x"), .t = graph.index_of("t"), .loss = graph.index_of("loss")},
                               plan::Purpose::Training) != nullptr;
  };
  const DocumentNode x = input("x", draw(Shape{2, 3}, random));
  const DocumentNode t = input("t", draw(Shape{2, 3}, random));
  CHECK(compiled({x, op("y", "tanh", {"x"}), t, op("loss", "mean_squared_error", {"y", "t"})}));
  CHECK_FALSE(compiled({x, op("y", "add", {"x", "x"}), t, op("loss", "mean_squared_error", {"y", "t"})}));
  CHECK_FALSE(compiled({x, op("a", "tanh", {"x"}), op("b", "exp", {"x"}), op("y", "mul", {"a", "b"}), t,
                        op("loss", "mean_squared_error", {"y", "t"})}));
  CHECK_FALSE(compiled({x, t, op("loss", "mean_squared_error", {"x", "t"})}));
  CHECK_FALSE(compiled({x, op("y", "reshape", {"x"}, {{"shape", std::vector<std::int64_t>{2, 3}}}), t,
                        op("loss", "mean_squared_error", {"y", "t"})}));
}
