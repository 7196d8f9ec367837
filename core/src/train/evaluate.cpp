#include "backprop/error.h"

#include "train/dataset.h"

#include <algorithm>
#include <numeric>

namespace backprop {

namespace {

/// Row `row` of the scores: the class with the largest one.
std::size_t best_class(const Tensor<float>& scores, std::int64_t row) {
  const std::int64_t classes = scores.shape().back();
  const float* first = scores.data() + row * classes;
  return static_cast<std::size_t>(std::max_element(first, first + classes) - first);
}

}  // namespace

Evaluation evaluate(Network& network, const Dataset& data, std::int64_t count) {
  constexpr std::int64_t kChunk = 256;
  check_dataset(network, data);
  if (count < 1 || count > data.count) {
    throw Error(ErrorCode::OutOfRange, "Evaluation of " + std::to_string(count) + " samples: the data set has " +
                                           std::to_string(data.count) + ".");
  }
  const bool classes = network.spec().loss == Loss::SoftmaxWithLoss;
  const auto outputs = static_cast<std::size_t>(network.outputs());
  Evaluation evaluation;
  if (classes) evaluation.confusion.assign(outputs, std::vector<std::int64_t>(outputs, 0));
  Graph<float>& graph = network.graph();
  std::int64_t correct = 0;
  for (std::int64_t start = 0; start < count; start += kChunk) {
    const std::int64_t rows = std::min(kChunk, count - start);
    std::vector<std::int64_t> indices(static_cast<std::size_t>(rows));
    std::iota(indices.begin(), indices.end(), start);
    Tensor<float> x(Shape{rows, network.sample_size()});
    const auto width = static_cast<std::size_t>(network.sample_size());
    for (std::int64_t row = 0; row < rows; ++row) {
      gather_sample(data, start + row, {x.data() + static_cast<std::size_t>(row) * width, width});
    }
    graph.set_together({{network.x(), std::move(x)}, {network.t(), gather_targets(network, data, indices)}});
    graph.forward(network.loss());
    evaluation.loss += static_cast<double>(graph.value(network.loss())[0]) * static_cast<double>(rows);
    if (!classes) continue;
    const Tensor<float>& scores = graph.value(graph.node(network.loss()).inputs[0]);
    for (std::int64_t row = 0; row < rows; ++row) {
      const auto label = static_cast<std::size_t>(data.labels[static_cast<std::size_t>(start + row)]);
      const std::size_t prediction = best_class(scores, row);
      ++evaluation.confusion[label][prediction];
      if (label == prediction) ++correct;
    }
  }
  evaluation.loss /= static_cast<double>(count);
  evaluation.accuracy = classes ? static_cast<double>(correct) / static_cast<double>(count) : 0;
  return evaluation;
}

}  // namespace backprop
