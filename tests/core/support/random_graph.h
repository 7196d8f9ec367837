#pragma once

#include "backprop/random.h"

#include "support/build.h"

namespace backprop::test {

/// A random graph of 2 × 2 matrices over every kind of rule, several nodes used more than once; inputs x0 … x3, a
/// scalar `out`. Numbers stay small: a tanh follows every op.
inline GraphDocument random_graph(std::uint64_t seed, int ops = 24) {
  Random random(seed);
  std::vector<DocumentNode> nodes;
  std::vector<std::string> names;
  for (int i = 0; i < 4; ++i) {
    Tensor value(Shape{2, 2});
    for (double& each : value.elements()) each = random.uniform(0.5, 1.5);
    names.push_back("x" + std::to_string(i));
    nodes.push_back(input(names.back(), std::move(value)));
  }
  const std::vector<std::string> one{"neg", "square", "exp", "tanh", "sigmoid", "relu", "softmax"};
  const std::vector<std::string> two{"add", "sub", "mul", "matmul"};
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random.below(static_cast<std::uint32_t>(from.size()))];
  };
  for (int i = 0; i < ops; ++i) {
    const std::string id = "n" + std::to_string(i);
    nodes.push_back(random.below(2) == 0 ? op(id + "a", pick(one), {pick(names)})
                                         : op(id + "a", pick(two), {pick(names), pick(names)}));
    nodes.push_back(op(id, "tanh", {id + "a"}));
    names.push_back(id);
  }
  nodes.push_back(op("out", "mean", {names.back()}));
  return document(std::move(nodes));
}

/// A random graph of scalars, as a learner would type one; inputs x0 … x3, output the last node.
inline GraphDocument random_scalars(std::uint64_t seed, int ops = 40) {
  Random random(seed);
  std::vector<DocumentNode> nodes;
  std::vector<std::string> names;
  for (int i = 0; i < 4; ++i) {
    names.push_back("x" + std::to_string(i));
    nodes.push_back(input(names.back(), random.uniform(-1.5, 1.5)));
  }
  nodes.push_back(constant("c", 0.5));
  names.push_back("c");
  const std::vector<std::string> one{"neg", "square", "exp", "tanh", "sigmoid", "relu"};
  const std::vector<std::string> two{"add", "sub", "mul", "div"};
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random.below(static_cast<std::uint32_t>(from.size()))];
  };
  for (int i = 0; i < ops; ++i) {
    const std::string id = "n" + std::to_string(i);
    if (random.below(3) == 0) {
      nodes.push_back(op(id, pick(one), {pick(names)}));
    } else {
      nodes.push_back(op(id, pick(two), {pick(names), pick(names)}));
    }
    names.push_back(id);
  }
  return document(std::move(nodes));
}

}  // namespace backprop::test
