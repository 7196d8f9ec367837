#include "train/dataset.h"

#include "backprop/error.h"

#include <algorithm>
#include <cmath>

namespace backprop {

namespace {

/// A data set may be larger than a tensor: MNIST with as many generated digits fits, and wasm's memory holds it.
constexpr std::int64_t kMaxDataElements = std::int64_t{1} << 28;

void check_size(const char* what, std::size_t got, std::int64_t count, std::int64_t width) {
  if (count > kMaxDataElements / width) {
    refuse(ErrorCode::TooLarge, {count, " samples of ", width, " numbers are more than the ", kMaxDataElements,
                                 " numbers that a data set may hold. Train on fewer samples."});
  }
  if (got != static_cast<std::size_t>(count * width)) {
    refuse(ErrorCode::ShapeMismatch,
           {count, " samples need ", count, " × ", width, " ", what, ", but ", got, " were given."});
  }
}

void check_finite(std::span<const float> numbers, const char* what) {
  const auto bad = std::ranges::find_if_not(numbers, [](float v) { return std::isfinite(v); });
  if (bad != numbers.end()) {
    refuse(ErrorCode::InvalidValue, {what, " number ", bad - numbers.begin(), " is not finite. Clean the data first."});
  }
}

void check_shares(std::span<const float> targets) {
  const auto bad = std::ranges::find_if_not(targets, [](float v) { return v >= 0 && v <= 1; });
  if (bad != targets.end()) {
    refuse(ErrorCode::InvalidValue,
           {"Target number ", bad - targets.begin(), " is ", *bad, "; sigmoid_with_loss takes targets from 0 to 1."});
  }
}

/// Yes or no as a label is as good as a target of 1 or 0.
bool labels_as_targets(const Network& network, const Dataset& data) {
  return network.spec().loss == Loss::SigmoidWithLoss && network.outputs() == 1 && data.targets.empty();
}

}  // namespace

void check_batch(const Network& network, std::int64_t rows) {
  if (rows <= network.largest_batch()) return;
  refuse(ErrorCode::TooLarge,
         {"A batch of ", rows, " samples needs ", rows, " × ", network.activations(),
          " numbers for the values of the layers. Together with the weights that is more than the ", kMaxElements,
          " that a network may hold. Use a batch of ", network.largest_batch(), " or fewer."});
}

void check_dataset(const Network& network, const Dataset& data) {
  if (data.count < 1) refuse(ErrorCode::ShapeMismatch, {"The data set is empty. Give at least one sample."});
  if (!data.pixels.empty()) {
    check_size("bytes", data.pixels.size(), data.count, network.sample_size());
  } else {
    check_size("numbers", data.samples.size(), data.count, network.sample_size());
    check_finite(data.samples, "Sample");
  }
  if (!network.takes_labels() && !labels_as_targets(network, data)) {
    check_size("targets", data.targets.size(), data.count, network.outputs());
    check_finite(data.targets, "Target");
    if (network.spec().loss == Loss::SigmoidWithLoss) check_shares(data.targets);
    return;
  }
  check_size("label(s)", data.labels.size(), data.count, 1);
  const std::int64_t classes = network.takes_labels() ? network.outputs() : 2;
  for (std::size_t i = 0; i < data.labels.size(); ++i) {
    if (data.labels[i] < 0 || data.labels[i] >= classes) {
      refuse(ErrorCode::InvalidValue,
             {"Label ", i, " is ", data.labels[i], "; this network knows the classes 0 to ", classes - 1, "."});
    }
  }
}

void gather_sample(const Dataset& data, std::int64_t sample, std::span<float> to) {
  const auto first = static_cast<std::size_t>(sample) * to.size();
  if (data.pixels.empty()) {
    std::copy_n(data.samples.begin() + static_cast<std::ptrdiff_t>(first), to.size(), to.begin());
  } else {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] = static_cast<float>(data.pixels[first + i]) / 255.0F;
  }
}

void load_answers(plan::Plan& plan, const Network& network, const Dataset& data,
                  std::span<const std::int64_t> samples) {
  if (network.takes_labels()) {
    plan.load_labels(data.labels, samples);
  } else if (labels_as_targets(network, data)) {
    plan.load_answers(data.labels, samples);
  } else {
    plan.load_targets(data.targets, samples);
  }
}

Tensor gather_targets(const Network& network, const Dataset& data, std::span<const std::int64_t> samples) {
  Tensor answers(network.answer_shape(static_cast<std::int64_t>(samples.size())));
  if (network.takes_labels() || labels_as_targets(network, data)) {
    for (std::size_t row = 0; row < samples.size(); ++row) {
      answers[row] = data.labels[static_cast<std::size_t>(samples[row])];
    }
    return answers;
  }
  const std::int64_t width = network.outputs();
  for (std::size_t row = 0; row < samples.size(); ++row) {
    std::copy_n(data.targets.begin() + samples[row] * width, width,
                answers.data() + static_cast<std::int64_t>(row) * width);
  }
  return answers;
}

}  // namespace backprop
