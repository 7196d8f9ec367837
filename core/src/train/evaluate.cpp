#include "backprop/error.h"

#include "plan/plan.h"
#include "train/dataset.h"

#include <algorithm>
#include <numeric>

namespace backprop {

namespace {

/// Row `row` of the scores: the class with the largest one.
std::size_t best_class(const Tensor& scores, std::int64_t row) {
  const std::int64_t classes = scores.shape().back();
  const double* first = scores.data() + row * classes;
  return static_cast<std::size_t>(std::max_element(first, first + classes) - first);
}

/// The scores of some samples, and their mean loss.
Tensor scores_of(plan::Plan& plan, const Network& network, const Dataset& data, std::span<const std::int64_t> samples,
                 double& loss) {
  plan.load_samples(samples_of(data), samples);
  load_answers(plan, network, data, samples);
  plan.forward();
  loss = plan.loss();
  Tensor scores(Shape{static_cast<std::int64_t>(samples.size()), network.outputs()});
  double* to = scores.data();
  for (std::size_t row = 0; row < samples.size(); ++row) to = std::ranges::copy(plan.scores(row), to).out;
  return scores;
}

/// How many scores are on the side of 0 that their target, 0 or 1, asks for.
double right_signs(const Tensor& scores, const Tensor& targets) {
  double right = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if ((scores[i] > 0) == (targets[i] > 0.5)) ++right;
  }
  return right;
}

/// Beyond this many classes there is no table of confusions.
constexpr std::size_t kMaxConfusion = 1000;

}  // namespace

Evaluation evaluate(Network& network, const Dataset& data, std::int64_t count) {
  check_dataset(network, data);
  if (count < 1 || count > data.count) {
    refuse(ErrorCode::OutOfRange, {"Evaluation of ", count, " samples: the data set has ", data.count, "."});
  }
  const std::int64_t chunk = network.chunk();
  const bool classes = network.takes_labels();
  const auto outputs = static_cast<std::size_t>(network.outputs());
  Evaluation evaluation;
  if (classes && outputs <= kMaxConfusion) {
    evaluation.confusion.assign(outputs, std::vector<std::int64_t>(outputs, 0));
  }
  network.set_training(false);
  plan::Plan& plan = network.inference_plan(std::min(chunk, count));
  double correct = 0;
  std::vector<std::int64_t> indices;
  for (std::int64_t start = 0; start < count; start += chunk) {
    const std::int64_t rows = std::min(chunk, count - start);
    indices.resize(static_cast<std::size_t>(rows));
    std::iota(indices.begin(), indices.end(), start);
    double loss = 0;
    const Tensor scores = scores_of(plan, network, data, indices, loss);
    evaluation.loss += loss * static_cast<double>(rows);
    if (network.spec().loss == Loss::SigmoidWithLoss) {
      correct += right_signs(scores, gather_targets(network, data, indices)) / static_cast<double>(outputs);
    }
    for (std::int64_t row = 0; classes && row < rows; ++row) {
      const auto label = static_cast<std::size_t>(data.labels[static_cast<std::size_t>(start + row)]);
      const std::size_t prediction = best_class(scores, row);
      if (!evaluation.confusion.empty()) ++evaluation.confusion[label][prediction];
      if (label == prediction) ++correct;
    }
  }
  evaluation.loss /= static_cast<double>(count);
  evaluation.accuracy = correct / static_cast<double>(count);
  return evaluation;
}

}  // namespace backprop
