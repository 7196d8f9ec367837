#include "plan/plan.h"

#include "kernels/matrix.h"
#include "kernels/sparse.h"
#include "plan/arena.h"

#include <algorithm>

namespace backprop::plan {

namespace {

/// Pixels that are no whole vectors are written as if they were: up to 3 floats behind the last.
constexpr std::size_t kSlack = kernels::kLanes;

}  // namespace

void Plan::reserve(std::size_t rows) {
  if (rows <= capacity_) return;
  capacity_ = rows;
  input_.reserve(rows);
  const std::size_t count = stages_.size();
  const bool training = purpose_ == Purpose::Training;
  // Stage i runs forward at moment i and backward at 2 count - 1 - i; the loss belongs to the last stage.
  std::vector<Lifetime> lifetimes;
  for (std::size_t i = 0; i < count; ++i) {
    lifetimes.push_back({rows * stages_[i].out.row() + kSlack, i, training ? 2 * count - 1 - i : i + 1});
  }
  for (std::size_t i = 0; training && i < count; ++i) {
    lifetimes.push_back(
        {rows * stages_[i].out.row() + kSlack, i + 1 == count ? i : 2 * count - 2 - i, 2 * count - 1 - i});
  }
  std::size_t total = 0;
  const std::vector<std::size_t> offsets = place(lifetimes, total);
  arena_.assign(total, 0);
  for (std::size_t i = 0; i < count; ++i) {
    Stage& stage = stages_[i];
    stage.x = i == 0 ? input_.dense() : stages_[i - 1].y;
    stage.y = arena_.data() + offsets[i];
    if (!training) continue;
    stage.dy = arena_.data() + offsets[count + i];
    stage.dx = i == 0 ? nullptr : stages_[i - 1].dy;
  }
  reserve_scratch(rows);
  if (loss_ == LossKind::Softmax) {
    labels_.resize(rows);
  } else {
    targets_.assign(rows * kernels::padded(outputs_), 0);
  }
  if (!training) return;
  for (Parameter& parameter : parameters_) {
    if (parameter.before.empty()) parameter.before = parameter.now;
  }
}

void Plan::reserve_scratch(std::size_t rows) {
  const auto grow = [](std::vector<float>& buffer, std::size_t size) {
    if (buffer.size() < size) buffer.resize(size);
  };
  for (Stage& stage : stages_) {
    if (stage.kind == StageKind::Affine && stage.dx) {
      grow(transposed_, stage.out.channels * kernels::padded(stage.in.extent()));
    }
    if (stage.pooled || stage.kind == StageKind::MaxPool) {
      stage.winners.resize(rows * stage.out.pixels() * kernels::padded(stage.out.channels));
    }
    if (stage.kind != StageKind::Convolution) continue;
    const Convolution& c = stage.convolution;
    const std::size_t bordered =
        (stage.in.height + 2 * c.pad) * (stage.in.width + 2 * c.pad) * stage.in.stride + kSlack;
    if (c.pad > 0) grow(image_, bordered);
    if (stage.pooled) grow(result_, c.out.row() + kSlack);
    if (stage.pooled && !stage.dx) {
      grow(windows_, c.cover.pieces.size() * kernels::kLanes);
      moved_.resize(std::max(moved_.size(), stage.out.pixels() + 1));
    }
    grow(windows_, c.taps.size() * c.out.stride);
    if (!stage.dx) continue;
    const std::size_t window = kernels::padded(c.taps.size());
    grow(image_back_, bordered);
    grow(transposed_, c.out.channels * window);
    grow(windows_, c.out.width * window);
  }
}

void Plan::read_parameters(const Graph& graph) {
  if (version_ == graph.parameter_version()) return;
  for (Parameter& parameter : parameters_) parameter.read(graph);
  version_ = graph.parameter_version();
}

void Plan::write_parameters(Graph& graph) {
  for (const Parameter& parameter : parameters_) parameter.write(graph);
  version_ = graph.parameter_version();
}

void Plan::load_labels(std::span<const std::int32_t> labels, std::span<const std::int64_t> samples) {
  for (std::size_t r = 0; r < samples.size(); ++r) labels_[r] = labels[static_cast<std::size_t>(samples[r])];
}

void Plan::load_targets(std::span<const float> targets, std::span<const std::int64_t> samples) {
  float* row = targets_.data();
  for (const std::int64_t sample : samples) {
    const float* from = targets.data() + static_cast<std::size_t>(sample) * outputs_;
    for (std::size_t i = 0; i < outputs_; ++i) row[i] = from[i];
    row += kernels::padded(outputs_);
  }
}

void Plan::load_answers(std::span<const std::int32_t> labels, std::span<const std::int64_t> samples) {
  float* row = targets_.data();
  for (const std::int64_t sample : samples) {
    *row = static_cast<float>(labels[static_cast<std::size_t>(sample)]);
    row += kernels::padded(outputs_);
  }
}

void Plan::affine_forward(const Stage& stage) {
  const std::size_t row = stage.out.row();
  const float* w = parameters_[stage.weight].now.data();
  const float* bias = parameters_[stage.bias].now.data();
  if (stage.x == input_.dense() && input_.is_sparse()) {
    kernels::sparse_product(input_.sparse(), w, bias, row, stage.y);
  } else {
    kernels::product({.m = input_.rows(),
                      .n = row,
                      .k = stage.in.extent(),
                      .b = w,
                      .b_row = row,
                      .base = bias,
                      .base_row = 0,
                      .c = stage.y,
                      .c_row = row},
                     stage.x, stage.in.row(), 1);
  }
}

void Plan::run_forward(Stage& stage) {
  const std::size_t count = input_.rows() * stage.out.row();
  switch (stage.kind) {
    case StageKind::Affine:
      affine_forward(stage);
      break;
    case StageKind::Convolution:
      return convolution_forward(stage);
    case StageKind::MaxPool:
      max_pool_forward(stage);
      break;
    case StageKind::Rule:
      rule_forward(stage);
      break;
    case StageKind::Activation:
      kernels::copy(stage.x, count, stage.y);
      break;
  }
  kernels::activate(stage.activation, stage.y, count);
}

void Plan::forward() {
  for (Stage& stage : stages_) run_forward(stage);
}

std::span<const float> Plan::scores(std::size_t row) const {
  const Stage& last = stages_.back();
  return {last.y + row * last.out.row(), outputs_};
}

double Plan::loss() {
  const Stage& last = stages_.back();
  const kernels::Scores scores{.rows = input_.rows(), .classes = outputs_, .row = last.out.row(), .x = last.y};
  switch (loss_) {
    case LossKind::Softmax:
      return kernels::softmax_loss(scores, labels_.data(), last.dy);
    case LossKind::Logistic:
      return kernels::logistic_loss(scores, targets_.data(), last.dy);
    case LossKind::Squared:
      break;
  }
  return kernels::squared_loss(scores, targets_.data(), last.dy);
}

void Plan::predict() {
  const Stage& last = stages_.back();
  if (loss_ == LossKind::Squared) return;
  if (loss_ == LossKind::Logistic) {
    return kernels::activate(kernels::Activation::Sigmoid, last.y, input_.rows() * last.out.row());
  }
  kernels::softmax({.rows = input_.rows(), .classes = outputs_, .row = last.out.row(), .x = last.y}, last.y);
}

void Plan::affine_back(const Stage& stage, const Target& weight, const Target& bias) {
  const std::size_t rows = input_.rows();
  const std::size_t row = stage.out.row();
  const std::size_t inputs = stage.in.extent();
  if (stage.dx) {
    // A few columns of dX at a time: their part of Wᵀ is made where it is used.
    constexpr std::size_t kColumns = 128;
    const float* w = parameters_[stage.weight].now.data();
    for (std::size_t first = 0; first < inputs; first += kColumns) {
      const std::size_t count = std::min(kColumns, inputs - first);
      const std::size_t width = kernels::padded(count);
      kernels::transpose(w + first * row, count, stage.out.channels, row, transposed_.data(), width);
      kernels::product({.m = rows,
                        .n = width,
                        .k = stage.out.channels,
                        .b = transposed_.data(),
                        .b_row = width,
                        .base = nullptr,
                        .base_row = 0,
                        .c = stage.dx + first,
                        .c_row = stage.in.row()},
                       stage.dy, row, 1);
    }
  }
  if (stage.x == input_.dense() && input_.is_sparse()) {
    kernels::copy(weight.base, inputs * row, weight.out);
    kernels::sparse_gradient(input_.sparse(), stage.dy, row, weight.out);
  } else {
    kernels::product({.m = inputs,
                      .n = row,
                      .k = rows,
                      .b = stage.dy,
                      .b_row = row,
                      .base = weight.base,
                      .base_row = row,
                      .c = weight.out,
                      .c_row = row},
                     stage.x, 1, stage.in.row());
  }
  kernels::sum_rows(stage.dy, rows, row, row, bias.base, bias.out);
}

template <class TargetOf>
void Plan::run_backward(TargetOf target_of) {
  for (std::size_t i = stages_.size(); i-- > 0;) {
    Stage& stage = stages_[i];
    const std::size_t count = input_.rows() * stage.out.row();
    kernels::activate_back(stage.activation, stage.y, stage.dy, count);
    switch (stage.kind) {
      case StageKind::Affine:
        affine_back(stage, target_of(parameters_[stage.weight]), target_of(parameters_[stage.bias]));
        break;
      case StageKind::Convolution:
        convolution_back(stage, target_of(parameters_[stage.weight]), target_of(parameters_[stage.bias]));
        break;
      case StageKind::MaxPool:
        for (std::size_t r = 0; stage.dx && r < input_.rows(); ++r) {
          kernels::max_pool_back(stage.pooling, stage.dy + r * stage.out.row(),
                                 stage.winners.data() + r * stage.out.pixels() * kernels::padded(stage.out.channels),
                                 stage.dx + r * stage.in.row());
        }
        break;
      case StageKind::Rule: {
        std::vector<Target> targets;
        for (const auto& parameter : stage.rule.parameters) {
          targets.push_back(parameter ? target_of(parameters_[*parameter]) : Target{});
        }
        rule_back(stage, targets);
        break;
      }
      case StageKind::Activation:
        if (stage.dx) kernels::copy(stage.dy, count, stage.dx);
        break;
    }
  }
  descended_ = true;
}

void Plan::descend(float rate) {
  // A backward pass is linear in what it starts from: times −rate at the loss makes every gradient the step itself.
  const Stage& last = stages_.back();
  kernels::multiply(last.dy, input_.rows() * last.out.row(), -rate);
  run_backward([](Parameter& p) { return Target{p.now.data(), p.before.data()}; });
  for (Parameter& parameter : parameters_) parameter.now.swap(parameter.before);
}

void Plan::differentiate() {
  for (Parameter& parameter : parameters_) {
    if (parameter.gradient.empty()) parameter.gradient.resize(parameter.now.size());
    kernels::copy(parameter.now.data(), parameter.now.size(), parameter.before.data());
  }
  run_backward([](Parameter& p) { return Target{nullptr, p.gradient.data()}; });
}

void Plan::restore() {
  if (!descended_) return;
  for (Parameter& parameter : parameters_) std::ranges::copy(parameter.before, parameter.now.begin());
}

}  // namespace backprop::plan
