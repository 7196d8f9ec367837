#pragma once

#include "backprop/graph.h"

#include "step/scalar_graph.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backprop {

/// `W[3, 1]`, and `W` for a scalar.
[[nodiscard]] std::string element_name(std::string_view id, const Shape& shape, std::size_t offset);

/// A tensor whose elements become leaves. It looks at a name and numbers that outlive it.
class Named {
 public:
  Named(std::string_view id, const Tensor& tensor) : id_(id), tensor_(&tensor) {}
  Named(std::string&& id, const Tensor& tensor) = delete;

  [[nodiscard]] std::string_view id() const { return id_; }
  [[nodiscard]] const Shape& shape() const { return tensor_->shape(); }
  [[nodiscard]] std::size_t size() const { return tensor_->size(); }
  [[nodiscard]] double at(std::size_t offset) const { return (*tensor_)[offset]; }
  [[nodiscard]] std::string name(std::size_t offset) const { return element_name(id_, shape(), offset); }
  [[nodiscard]] ScalarGraph::Id leaf(ScalarGraph& scalars, std::size_t offset) const;

 private:
  std::string_view id_;
  const Tensor* tensor_;
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
  const Graph& graph;
  NodeIndex index;  ///< of `node`

  [[nodiscard]] const Shape& input() const { return node.inputs[slot].shape(); }
  /// The local derivative of the slot, as the record has it.
  [[nodiscard]] Tensor local() const { return *graph.local(index, slot); }
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
