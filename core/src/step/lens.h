#pragma once

#include "backprop/graph.h"

#include "step/scalar_graph.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backprop {

/// `W[3, 1]`, and `W` for a scalar.
[[nodiscard]] std::string element_name(std::string_view id, const Shape& shape, std::size_t offset);

/// A tensor whose elements become leaves. It looks at the graph's own numbers, of either element type, so that lenses
/// are written once.
class Named {
 public:
  Named(std::string id, const Tensor<float>& tensor) : id_(std::move(id)), shape_(&tensor.shape()), single_(&tensor) {}
  Named(std::string id, const Tensor<double>& tensor) : id_(std::move(id)), shape_(&tensor.shape()), double_(&tensor) {}

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] const Shape& shape() const { return *shape_; }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(shape_->count()); }
  [[nodiscard]] double at(std::size_t offset) const {
    return single_ != nullptr ? static_cast<double>((*single_)[offset]) : (*double_)[offset];
  }
  [[nodiscard]] std::string name(std::size_t offset) const { return element_name(id_, *shape_, offset); }
  [[nodiscard]] ScalarGraph::Id leaf(ScalarGraph& scalars, std::size_t offset) const {
    return scalars.leaf(name(offset), at(offset));
  }

 private:
  std::string id_;
  const Shape* shape_;
  const Tensor<float>* single_ = nullptr;
  const Tensor<double>* double_ = nullptr;
};

/// An operator with the numbers at its inputs and its own.
struct Seen {
  const Op& op;
  const std::string& id;
  const Attributes& attributes;
  const Shape& shape;
  std::vector<Named> inputs;
  Named value;
};

/// A contribution that is to be unfolded: what `node` sends back to element `offset` of its input at `slot`.
struct Sent {
  const Seen& node;
  std::size_t slot;
  std::size_t offset;
  Named upstream;
  /// The local derivative of the slot, as the record has it.
  std::function<std::optional<Tensor<double>>()> local;

  [[nodiscard]] const Shape& input() const { return node.inputs[slot].shape(); }
};

/// Offsets into two tensors whose elements are multiplied.
struct Pair {
  std::size_t a, b;
};
/// Σ a · b
[[nodiscard]] ScalarGraph::Id sum_of_products(ScalarGraph& scalars, const Named& a, const Named& b,
                                              const std::vector<Pair>& pairs);
/// Σ a
[[nodiscard]] ScalarGraph::Id sum_of(ScalarGraph& scalars, const Named& a, const std::vector<std::size_t>& offsets);

/// What made element `offset` of an operator's value.
[[nodiscard]] ScalarGraph::Id value_lens(ScalarGraph& scalars, const Seen& node, std::size_t offset);
/// What made one element of a contribution.
[[nodiscard]] ScalarGraph::Id contribution_lens(ScalarGraph& scalars, const Sent& sent);

// Both of them for the ops of images and of normalisation.
[[nodiscard]] ScalarGraph::Id convolution_value(ScalarGraph& scalars, const Seen& node, std::size_t offset);
[[nodiscard]] ScalarGraph::Id convolution_contribution(ScalarGraph& scalars, const Sent& sent);
[[nodiscard]] ScalarGraph::Id pooling_value(ScalarGraph& scalars, const Seen& node, std::size_t offset);
[[nodiscard]] ScalarGraph::Id pooling_contribution(ScalarGraph& scalars, const Sent& sent);
[[nodiscard]] ScalarGraph::Id norm_value(ScalarGraph& scalars, const Seen& node, std::size_t offset);
[[nodiscard]] ScalarGraph::Id norm_contribution(ScalarGraph& scalars, const Sent& sent);

}  // namespace backprop
