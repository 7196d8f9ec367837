#include "support/op_cases.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace backprop::test {

namespace {

using List = std::vector<std::int64_t>;

const Attributes kAxis0{{"axis", 0.0}};
const Attributes kAxis1Kept{{"axis", -1.0}, {"keepdims", true}};
const Attributes kTwoAxes{{"axis", List{0, 2}}};

std::vector<OpCase> table() {
  return {
      {"add", {{}, {}}},
      {"add", {{2, 3}, {3}}},
      {"sub", {{2, 3}, {2, 1}}},
      {"sub", {{4}, {}}},
      {"mul", {{2, 3}, {2, 3}}},
      {"mul", {{2, 1, 3}, {4, 1}}},
      {"div", {{3}, {2, 3}}, 0.5, 2},
      {"div", {{}, {3}}, -2, 2, {}, 0.4},
      {"neg", {{2, 2}}},
      {"pow", {{3}, {3}}, 0.3, 2},
      {"pow", {{2, 2}, {}}, 0.3, 2},
      {"square", {{2, 2, 2, 2}}},
      {"exp", {{5}}},
      {"sqrt", {{5}}, 0.2, 3},
      {"log", {{5}}, 0.2, 3},
      {"sin", {{2, 3}}, -4, 4},
      {"cos", {{2, 3}}, -4, 4},
      {"abs", {{2, 3}}, -2, 2, {}, 0.01},
      {.op = "maximum", .inputs = {{2, 3}, {3}}, .distinct = true},
      {.op = "maximum", .inputs = {{4}, {}}, .distinct = true},
      {.op = "minimum", .inputs = {{2, 3}, {2, 1}}, .distinct = true},
      {"tanh", {{2, 3}}},
      {"sigmoid", {{2, 3}}, -6, 6},
      {"relu", {{3, 4}}, -2, 2, {}, 0.01},
      {"leaky_relu", {{3, 4}}, -2, 2, {}, 0.01},
      {"leaky_relu", {{3, 4}}, -2, 2, {{"alpha", 0.3}}, 0.01},
      {"softplus", {{2, 3}}, -6, 6},
      {"gelu", {{2, 3}}, -4, 4},
      {"sum", {{2, 3}}},
      {"sum", {{2, 3}}, -2, 2, kAxis0},
      {"sum", {{2, 3, 2}}, -2, 2, kTwoAxes},
      {"mean", {{4}}},
      {"mean", {{2, 3}}, -2, 2, kAxis1Kept},
      {.op = "max", .inputs = {{2, 3}}, .distinct = true},
      {.op = "max", .inputs = {{2, 3}}, .attributes = kAxis1Kept, .distinct = true},
      {.op = "max", .inputs = {{2, 3, 2}}, .attributes = kTwoAxes, .distinct = true},
      {"matmul", {{2, 3}, {3, 4}}},
      {"matmul", {{3}, {3, 2}}},
      {"matmul", {{2, 3}, {3}}},
      {"matmul", {{3}, {3}}},
      {"affine", {{2, 3}, {3, 4}, {4}}},
      {"affine", {{3}, {3, 2}, {2}}},
      {"conv2d", {{2, 2, 4, 5}, {3, 2, 3, 2}, {3}}},
      {"conv2d", {{1, 1, 5, 5}, {2, 1, 3, 3}, {2}}, -2, 2, {{"stride", 2.0}, {"pad", 1.0}}},
      {"conv2d", {{2, 1, 3, 4}, {1, 1, 1, 1}, {1}}, -2, 2, {{"stride", 3.0}, {"pad", 2.0}}},
      {.op = "max_pool2d", .inputs = {{2, 2, 4, 4}}, .attributes = {{"size", 2.0}}, .distinct = true},
      {.op = "max_pool2d",
       .inputs = {{1, 2, 5, 4}},
       .attributes = {{"size", 3.0}, {"stride", 2.0}, {"pad", 1.0}},
       .distinct = true},
      {"avg_pool2d", {{2, 2, 4, 4}}, -2, 2, {{"size", 2.0}}},
      {"avg_pool2d", {{1, 2, 5, 4}}, -2, 2, {{"size", 3.0}, {"stride", 2.0}, {"pad", 1.0}}},
      {"batch_norm", {{6, 3}, {3}, {3}, {3}, {3}}, -2, 2, {}, 0, false, 0b10000},
      {"batch_norm", {{3, 2, 2, 2}, {2}, {2}, {2}, {2}}, -2, 2, {{"eps", 0.01}}, 0, false, 0b10000},
      {"batch_norm", {{3, 2, 2, 2}, {2}, {2}, {2}, {2}}, -2, 2, {{"training", false}}, 0, false, 0b10000},
      {"layer_norm", {{3, 5}, {5}, {5}}},
      {"layer_norm", {{2, 2, 4}, {4}, {4}}, -2, 2, {{"eps", 0.01}}},
      {"layer_norm", {{5}, {5}, {5}}},
      {"dropout", {{4, 5}}},
      {"dropout", {{4, 5}}, -2, 2, {{"ratio", 0.3}, {"inverted", false}, {"seed", 7.0}, {"iteration", 3.0}}},
      {"dropout", {{4, 5}}, -2, 2, {{"ratio", 0.3}, {"inverted", false}, {"training", false}}},
      {"reshape", {{2, 6}}, -2, 2, {{"shape", List{3, -1}}}},
      {"flatten", {{2, 3, 2}}},
      {"flatten", {{3}}},
      {"transpose", {{2, 3}}},
      {"transpose", {{2, 3, 1, 2}}, -2, 2, {{"axes", List{2, 0, -1, 1}}}},
      {"concat", {{2, 3}, {1, 3}}},
      {"concat", {{2, 1, 2}, {2, 3, 2}, {2, 2, 2}}, -2, 2, {{"axis", 1.0}}},
      {"concat", {{2}, {3}, {1}, {2}, {1}}, -2, 2, {{"axis", -1.0}}},
      {"softmax", {{4}}},
      {"softmax", {{3, 4}}, -4, 4},
      {"log_softmax", {{4}}},
      {"log_softmax", {{3, 4}}, -4, 4},
      {.op = "one_hot", .inputs = {{4}}, .attributes = {{"classes", 3.0}}, .labels = 0b1},
      {.op = "one_hot", .inputs = {{}}, .attributes = {{"classes", 5.0}}, .labels = 0b1},
      {"one_hot", {{2, 3}}},
      {.op = "softmax_with_loss", .inputs = {{4, 3}, {4}}, .labels = 0b10},
      {.op = "softmax_with_loss", .inputs = {{3}, {}}, .labels = 0b10},
      {.op = "softmax_with_loss", .inputs = {{2, 3}, {2, 3}}, .targets = 0b10},
      {.op = "sigmoid_with_loss", .inputs = {{2, 3}, {2, 3}}, .targets = 0b10},
      {.op = "sigmoid_with_loss", .inputs = {{}, {}}, .low = -4, .high = 4, .targets = 0b10},
      {"mean_squared_error", {{2, 3}, {2, 3}}},
  };
}

}  // namespace

const std::vector<OpCase>& op_cases() {
  static const std::vector<OpCase> cases = table();
  return cases;
}

std::vector<Tensor> draw_inputs(const OpCase& use, Random& random) {
  std::size_t total = 0;
  for (const Shape& shape : use.inputs) total += static_cast<std::size_t>(shape.count());
  // Places on a grid of 0.01 and more, in random order.
  std::vector<std::size_t> places(total);
  std::iota(places.begin(), places.end(), std::size_t{0});
  for (std::size_t i = total; i > 1; --i) {
    std::swap(places[i - 1], places[random.below(static_cast<std::uint32_t>(i))]);
  }
  const double spacing = std::max(0.02, (use.high - use.low) / static_cast<double>(total));

  std::vector<Tensor> inputs;
  std::size_t drawn = 0;
  for (std::size_t slot = 0; slot < use.inputs.size(); ++slot) {
    const auto marked = [&](std::uint32_t slots) { return (slots >> slot & 1U) != 0; };
    Tensor tensor(use.inputs[slot]);
    for (double& each : tensor.elements()) {
      const auto place = static_cast<double>(places[drawn++]);
      if (marked(use.labels)) {
        each = random.below(3);
      } else if (marked(use.targets)) {
        each = random.uniform();
      } else if (marked(use.positive)) {
        each = random.uniform(0.5, 1.5);
      } else if (use.distinct) {
        each = use.low + spacing * (place + random.uniform(0, 0.5));
      } else {
        each = random.uniform(use.low, use.high);
        if (std::abs(each) < use.away_from_zero) each = each < 0 ? -use.away_from_zero : use.away_from_zero;
      }
    }
    inputs.push_back(std::move(tensor));
  }
  return inputs;
}

Tensor draw_upstream(const Shape& shape, Random& random) {
  Tensor upstream(shape);
  for (double& each : upstream.elements()) each = random.uniform(-1.5, 1.5);
  return upstream;
}

GraphDocument document_of(const OpCase& use, const std::vector<Tensor>& inputs) {
  std::vector<DocumentNode> nodes;
  std::vector<std::string> names;
  for (const Tensor& each : inputs) {
    names.push_back("x" + std::to_string(names.size()));
    nodes.push_back(input(names.back(), each));
  }
  nodes.push_back(op("out", use.op, names, use.attributes));
  return document(std::move(nodes));
}

}  // namespace backprop::test
