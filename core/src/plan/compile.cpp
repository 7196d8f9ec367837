#include "backprop/error.h"

#include "plan/plan.h"

#include <algorithm>
#include <utility>

namespace backprop::plan {

namespace {

constexpr std::pair<std::string_view, kernels::Activation> kActivations[] = {{"relu", kernels::Activation::Relu},
                                                                             {"sigmoid", kernels::Activation::Sigmoid},
                                                                             {"tanh", kernels::Activation::Tanh}};

/// Narrower products do not pay for the list of an input's numbers.
constexpr std::size_t kWidestWithoutList = 63;

}  // namespace

/// Walks from the samples to the loss and makes a stage of every layer.
class Compiler {
 public:
  Compiler(const Graph& graph, const Ends& ends) : graph_(graph), ends_(ends), plan_(new Plan(graph)) {}

  /// Null where something is not known.
  std::unique_ptr<Plan> compile(Purpose purpose) {
    plan_->purpose_ = purpose;
    const Node& loss = graph_.node(ends_.loss);
    if (!choose_loss(loss.op->name) || loss.inputs[1] != ends_.t || !follow(loss.inputs[0])) return nullptr;
    std::ranges::reverse(chain_);
    if (!begin()) return nullptr;
    for (const NodeIndex node : chain_) {
      if (!add(graph_.node(node))) return nullptr;
    }
    if (plan_->stages_.empty() || !end_flat()) return nullptr;
    plan_->outputs_ = at_.channels;
    const Stage& first = plan_->stages_.front();
    const bool list = first.kind == StageKind::Affine && (first.in.pixels() == 1 || first.in.stride == 1) &&
                      first.in.elements() > kWidestWithoutList;
    plan_->input_ = Input(first.in, list ? plan_->parameters_[first.weight].row() : 0);
    return std::move(plan_);
  }

 private:
  bool choose_loss(std::string_view op) {
    if (op == "softmax_with_loss") {
      plan_->loss_ = LossKind::Softmax;
    } else if (op == "sigmoid_with_loss") {
      plan_->loss_ = LossKind::Logistic;
    } else if (op == "mean_squared_error") {
      plan_->loss_ = LossKind::Squared;
    } else {
      return false;
    }
    return true;
  }

  /// Collects the operators from the scores back to the samples; false where the way forks.
  bool follow(NodeIndex node) {
    while (node != ends_.x) {
      const Node& each = graph_.node(node);
      if (each.op->is_leaf() || each.inputs.empty()) return false;
      for (std::size_t slot = 1; slot < each.inputs.size(); ++slot) {
        if (!graph_.node(each.inputs[slot]).op->is_leaf() || each.inputs[slot] == ends_.x) return false;
      }
      chain_.push_back(node);
      node = each.inputs[0];
    }
    return true;
  }

  bool begin() {
    const Shape& shape = graph_.node(ends_.x).shape;
    if (shape.rank() < 2 || shape.count() < 1) return false;
    at_ = layout_of(shape);
    return true;
  }

  /// The loss takes vectors: a flatten that no layer with weights of its own has seen to is carried out.
  bool end_flat() {
    if (at_.pixels() == 1) return true;
    const auto last = std::ranges::find(chain_.rbegin(), chain_.rend(), std::string_view("flatten"),
                                        [&](NodeIndex node) { return graph_.node(node).op->name; });
    return last != chain_.rend() && rule(graph_.node(*last));
  }

  bool add(const Node& node) {
    if (node.op->name == "affine") return affine(node);
    if (node.op->name == "conv2d") return convolve(node);
    if (node.op->name == "max_pool2d") return pool(node);
    if (node.op->name == "flatten") return true;  // the same numbers: whoever reads them knows where they stand
    for (const auto& [name, activation] : kActivations) {
      if (node.op->name == name) return activate(activation);
    }
    return rule(node);
  }

  /// Weights of a layer that a kernel computes must be trained ones.
  [[nodiscard]] bool has_parameters(const Node& node) const {
    return std::ranges::all_of(std::span(node.inputs).subspan(1),
                               [&](NodeIndex input) { return graph_.node(input).op->name == "parameter"; });
  }

  bool affine(const Node& node) {
    const auto units = static_cast<std::size_t>(graph_.node(node.inputs[1]).shape[1]);
    if (!has_parameters(node) || units < 1 || graph_.node(node.inputs[2]).shape.rank() != 1) return false;
    Stage stage{.kind = StageKind::Affine, .in = at_, .out = vector_of(units)};
    stage.weight = plan_->parameters_.size();
    plan_->parameters_.emplace_back(node.inputs[1], at_, units);
    stage.bias = plan_->parameters_.size();
    plan_->parameters_.emplace_back(node.inputs[2], units);
    push(stage);
    return true;
  }

  [[nodiscard]] static std::size_t extent(const Shape& shape, std::size_t axis) {
    return static_cast<std::size_t>(shape[axis]);
  }

  [[nodiscard]] static std::size_t attribute(const Node& node, std::string_view name, std::size_t otherwise) {
    const auto found = node.attributes.find(name);
    return found == node.attributes.end() ? otherwise : static_cast<std::size_t>(std::get<double>(found->second));
  }

  bool convolve(const Node& node) {
    const Shape& filters = graph_.node(node.inputs[1]).shape;
    if (!has_parameters(node) || node.shape.rank() != 4 || filters.rank() != 4 || node.shape.count() < 1) return false;
    Stage stage{.kind = StageKind::Convolution, .in = at_};
    Convolution& c = stage.convolution;
    c = {.height = extent(filters, 2),
         .width = extent(filters, 3),
         .stride = attribute(node, "stride", 1),
         .pad = attribute(node, "pad", 0)};
    const std::size_t channels = extent(filters, 0);
    c.out = {.height = extent(node.shape, 2),
             .width = extent(node.shape, 3),
             .channels = channels,
             .stride = kernels::padded(channels)};
    const std::size_t row = (at_.width + 2 * c.pad) * at_.stride;
    for (std::size_t y = 0; y < c.out.height; ++y) {
      for (std::size_t x = 0; x < c.out.width; ++x) {
        c.pixels.push_back(static_cast<std::uint32_t>(y * c.stride * row + x * c.stride * at_.stride));
      }
    }
    for (std::size_t y = 0; y < c.height; ++y) {
      for (std::size_t x = 0; x < c.width; ++x) {
        for (std::size_t channel = 0; channel < at_.channels; ++channel) {
          c.taps.push_back(static_cast<std::uint32_t>(y * row + x * at_.stride + channel));
        }
      }
    }
    c.cover = kernels::cover_window(c.taps);
    stage.out = c.out;
    stage.weight = plan_->parameters_.size();
    plan_->parameters_.emplace_back(node.inputs[1], channels, at_.channels, c.height, c.width);
    stage.bias = plan_->parameters_.size();
    plan_->parameters_.emplace_back(node.inputs[2], channels);
    push(stage);
    return true;
  }

  bool pool(const Node& node) {
    if (node.shape.rank() != 4 || node.shape.count() < 1) return false;
    const std::size_t size = attribute(node, "size", 0);
    if (size < 1) return false;
    kernels::Pooling pooling{.height = at_.height,
                             .width = at_.width,
                             .out_height = extent(node.shape, 2),
                             .out_width = extent(node.shape, 3),
                             .size = size,
                             .stride = attribute(node, "stride", size),
                             .pad = attribute(node, "pad", 0),
                             .channels = at_.channels,
                             .x_pixel = at_.stride,
                             .y_pixel = at_.channels};
    const Layout out{
        .height = pooling.out_height, .width = pooling.out_width, .channels = at_.channels, .stride = at_.channels};
    std::vector<Stage>& stages = plan_->stages_;
    // The largest of what relu leaves is what relu leaves of the largest, and its gradient goes the same way: a
    // convolution is pooled at once, and what is three quarters smaller is kept.
    if (!stages.empty() && stages.back().kind == StageKind::Convolution && !stages.back().pooled &&
        (stages.back().activation == kernels::Activation::None ||
         stages.back().activation == kernels::Activation::Relu)) {
      stages.back().pooled = true;
      stages.back().pooling = pooling;
      stages.back().out = out;
      list_candidates(stages.back());
      at_ = out;
    } else {
      push({.kind = StageKind::MaxPool, .in = at_, .out = out, .pooling = pooling});
    }
    return true;
  }

  /// Windows of the image behind each window of the pool, in the order in which max_pool counts winners.
  static void list_candidates(Stage& stage) {
    const kernels::Pooling& p = stage.pooling;
    Convolution& c = stage.convolution;
    for (std::size_t oy = 0; oy < p.out_height; ++oy) {
      for (std::size_t ox = 0; ox < p.out_width; ++ox) {
        for (std::size_t at = 0; at < p.size * p.size; ++at) {
          const std::size_t y = oy * p.stride + at / p.size;
          const std::size_t x = ox * p.stride + at % p.size;
          const bool inside = y >= p.pad && y < p.height + p.pad && x >= p.pad && x < p.width + p.pad;
          c.pooled.push_back(inside ? c.pixels[(y - p.pad) * p.width + x - p.pad] : 0);  // the border never wins
        }
      }
    }
  }

  [[nodiscard]] static Shape with_rows(const Shape& shape, std::int64_t rows) {
    std::vector<std::int64_t> extents(shape.extents().begin(), shape.extents().end());
    extents[0] = rows;
    return Shape(std::span<const std::int64_t>(extents));
  }

  [[nodiscard]] static Layout layout_of(const Shape& shape) {
    if (shape.rank() == 4) {
      return {.height = extent(shape, 2),
              .width = extent(shape, 3),
              .channels = extent(shape, 1),
              .stride = extent(shape, 1)};
    }
    return vector_of(static_cast<std::size_t>(shape.count() / shape[0]));
  }

  /// An op that gives one row of results for each row of samples, whatever their number.
  bool rule(const Node& node) {
    Stage stage{.kind = StageKind::Rule, .in = at_};
    stage.rule.node = &node;
    stage.rule.in = graph_.node(node.inputs[0]).shape;
    if (node.shape.rank() < 2 || stage.rule.in.rank() < 2 || node.shape.count() < 1) return false;
    constexpr std::int64_t kRows = 7;  // any number that no extent of the graph happens to be
    std::vector<Shape> shapes{with_rows(stage.rule.in, kRows)};
    for (const NodeIndex input : std::span(node.inputs).subspan(1)) {
      const Node& leaf = graph_.node(input);
      shapes.push_back(leaf.shape);
      stage.rule.leaves.push_back(&leaf);
      stage.rule.parameters.emplace_back();
      if (leaf.op->name != "parameter") continue;
      if (leaf.shape.rank() > 2 || leaf.shape.rank() < 1) return false;
      stage.rule.parameters.back() = plan_->parameters_.size();
      if (leaf.shape.rank() == 1) {
        plan_->parameters_.emplace_back(input, extent(leaf.shape, 0));
      } else {
        plan_->parameters_.emplace_back(input, vector_of(extent(leaf.shape, 0)), extent(leaf.shape, 1));
      }
    }
    try {
      if (!(node.op->infer_shape({shapes, node.attributes}) == with_rows(node.shape, kRows))) return false;
    } catch (const Error&) {
      return false;
    }
    stage.out = layout_of(node.shape);
    push(stage);
    return true;
  }

  bool activate(kernels::Activation activation) {
    std::vector<Stage>& stages = plan_->stages_;
    if (!stages.empty() && stages.back().kind != StageKind::Rule &&
        stages.back().activation == kernels::Activation::None) {
      stages.back().activation = activation;
    } else {
      push({.kind = StageKind::Activation, .activation = activation, .in = at_, .out = at_});
    }
    return true;
  }

  void push(const Stage& stage) {
    plan_->stages_.push_back(stage);
    at_ = stage.out;
  }

  const Graph& graph_;
  Ends ends_;
  std::unique_ptr<Plan> plan_;
  std::vector<NodeIndex> chain_;
  Layout at_;
};

std::unique_ptr<Plan> Plan::compile(const Graph& graph, const Ends& ends, Purpose purpose) {
  return Compiler(graph, ends).compile(purpose);
}

}  // namespace backprop::plan
