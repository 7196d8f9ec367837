#pragma once

#include "backprop/document.h"
#include "backprop/op.h"
#include "backprop/tensor.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backprop {

/// Position of a node in its graph. Nodes are stored in topological order: inputs before the ops that use them.
using NodeIndex = std::size_t;

struct Node {
  std::string id;
  const Op* op = nullptr;
  std::vector<NodeIndex> inputs;  ///< in slot order; the same node may feed several slots
  Attributes attributes;
  std::string label;
  std::string group;
  std::string note;
  std::optional<std::array<double, 2>> position;
  std::shared_ptr<const ClosedForm> closed;
  Shape shape;
  Tensor value;
  Tensor grad;
  bool has_value = false;  ///< leaves always; operators after their forward
  bool has_grad = false;   ///< after the first contribution (or the seed)
};

/// Which nodes a backward pass serves.
enum class GradientFor {
  Everything,  ///< every node that is not a constant: what a learner steps
  Parameters,  ///< only paths that end in a parameter: what training needs
};

/// What a backward pass from one target visits: worked out once, then reused.
struct Route {
  std::vector<NodeIndex> forward;   ///< the operators that the target needs, in the order they run
  std::vector<NodeIndex> backward;  ///< the same operators, every one after all that use it
  std::vector<Wanted> wanted;       ///< per entry of `backward`, the slots that pass a gradient on
};

/// A route through scalars alone, ready to run over two arrays of numbers instead of one tensor a node. It calls the
/// functions that the ops' rules are made of, in the order of the route, so that its numbers are those of
/// `forward_node` and `backward_node` to the last bit; a test keeps it so.
struct ScalarTape {
  struct Line {
    ScalarRule rule;
    std::uint32_t x, y, z;  ///< nodes; y is x for ops of one input
    std::uint8_t slots = 1;
    std::uint8_t wanted = 0;  ///< as in the route
    std::uint8_t first = 0;   ///< bit s: nothing was received before by the node at slot s
  };
  std::vector<NodeIndex> given;  ///< the leaves it reads
  std::vector<Line> forward;
  std::vector<Line> backward;
  std::vector<NodeIndex> reached;  ///< the nodes that receive a gradient
  std::vector<double> values;      ///< by node
  std::vector<double> grads;
};

/// A computational graph: the only thing in the project that knows how gradients flow and add up.
/// Two primitives, `forward_node` and `backward_node`; everything else is a loop over them.
class Graph {
 public:
  /// Builds the graph and infers every shape.
  ///   errors  DuplicateNode, UnknownOp, UnknownNode, WrongArity, Cycle (naming it), ShapeMismatch, InvalidAttribute,
  ///           MalformedDocument (no nodes; a leaf without value; an operator with one), TooLarge
  explicit Graph(const GraphDocument& document, Dtype dtype = Dtype::Float64);

  [[nodiscard]] Dtype dtype() const noexcept { return dtype_; }
  /// The same graph in another precision: what its leaves hold is rounded, what was computed is forgotten.
  void set_dtype(Dtype dtype);
  [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
  [[nodiscard]] const Node& node(NodeIndex index) const { return nodes_[index]; }
  [[nodiscard]] bool contains(std::string_view id) const { return index_.contains(id); }
  /// Throws UnknownNode.
  [[nodiscard]] NodeIndex index_of(std::string_view id) const;
  [[nodiscard]] NodeIndex output() const noexcept { return output_; }
  /// The document's seed, where it has one.
  [[nodiscard]] const std::optional<Tensor>& seed() const noexcept { return seed_; }
  /// Gives the output another seed, or none: ones again. Throws ShapeMismatch; then nothing has changed.
  void set_seed(std::optional<Tensor> seed);

  /// Gives a leaf a value. Everything computed is forgotten; shapes follow the new value.
  ///   errors  NotALeaf; ShapeMismatch if an operator cannot take the new shape (then nothing has changed)
  void set(NodeIndex leaf, Tensor value);
  /// Several leaves at once, for changes that fit only together (a batch of another size and its labels). All or none.
  void set_together(std::vector<std::pair<NodeIndex, Tensor>> values);
  /// Gives an operator another attribute: the next mask of a dropout, or `training` off for all that has it. Everything
  /// computed is forgotten; shapes follow. Costs no more than the node itself where its shape stays.
  ///   errors  InvalidAttribute; ShapeMismatch if the graph cannot take the new shape (then nothing has changed)
  void set_attribute(NodeIndex node, std::string_view name, AttributeValue value);
  /// In place, for values of unchanged shape (an optimizer's update) and of the graph's precision. Computed values are
  /// left as they are.
  [[nodiscard]] Tensor& leaf_value(NodeIndex leaf);
  /// Another number whenever a parameter may have changed: by `leaf_value`, or by setting it.
  [[nodiscard]] std::uint64_t parameter_version() const noexcept { return parameter_version_; }
  /// Any node's value, an operator's too, to ask what would be if it were another: what depends on it keeps what it has
  /// until its `forward_node` runs again.
  [[nodiscard]] Tensor& value_in_place(NodeIndex node) { return nodes_[node].value; }

  /// Runs the operator's rule on its inputs' values. All inputs must have values (NotComputed).
  void forward_node(NodeIndex node);
  /// Runs the operator's rule backward on its gradient: one contribution per slot, not yet added anywhere.
  [[nodiscard]] Contributions backward_node(NodeIndex node, Wanted wanted = kAllSlots) const;
  /// The same for any gradient `upstream` of the operator's result.
  [[nodiscard]] Contributions contributions(NodeIndex node, const Tensor& upstream, Wanted wanted) const;
  /// The local derivative of a slot, as the record shows it; empty where the rule has no short one (NotComputed).
  [[nodiscard]] std::optional<Tensor> local(NodeIndex node, std::size_t slot) const;
  /// The tangent of the operator's result when its inputs move along `tangents` (NotComputed).
  [[nodiscard]] Tensor tangent(NodeIndex node, Tangents tangents) const;
  /// Adds a contribution to a node's gradient: the only place where gradients are summed.
  void receive(NodeIndex node, Tensor contribution);
  /// Forgets everything computed: the values of operators and all gradients.
  void clear();
  void clear_values();
  void clear_gradients();

  /// What a pass from `target` visits, worked out on first use. A leaf as target needs no operators. The reference
  /// holds until the route to another target is asked for.
  [[nodiscard]] const Route& route(NodeIndex target, GradientFor purpose = GradientFor::Everything) const;

  /// Computes `target` and what it needs.
  void forward(NodeIndex target);
  /// Gradients of `target` from zero, after a forward where something is missing. `seed` has the target's shape;
  /// without it ones (or the document's seed, for the document's output).
  void backward(NodeIndex target, const std::optional<Tensor>& seed = std::nullopt,
                GradientFor purpose = GradientFor::Everything);
  /// The seed that `backward` uses. Throws ShapeMismatch if a given seed has not the target's shape.
  [[nodiscard]] Tensor seed_for(NodeIndex target, const std::optional<Tensor>& seed) const;

  /// Throws NotComputed before the step that computes it.
  [[nodiscard]] const Tensor& value(NodeIndex node) const;
  /// Zeros of the node's shape where nothing has arrived.
  [[nodiscard]] Tensor grad(NodeIndex node) const;

  /// The graph as it stands, with the leaves' present values, in the order of the original document.
  [[nodiscard]] GraphDocument to_document() const;

 private:
  using Inputs = std::array<const Tensor*, kMaxOpInputs>;

  void infer_shapes(std::vector<Shape>& shapes) const;
  [[nodiscard]] Shape shape_of(const Node& node, std::span<const Shape> inputs) const;
  /// Infers all shapes anew and keeps them. Changes nothing where it throws.
  void reshape_all();
  [[nodiscard]] Call call(const Node& node, Inputs& inputs) const;
  /// The tape of a route; null where a node on it is no scalar or has no scalar rule, and in single precision, where
  /// every number would have to be rounded.
  [[nodiscard]] ScalarTape* tape(NodeIndex target, GradientFor purpose);

  Dtype dtype_;
  std::vector<Node> nodes_;
  std::vector<NodeIndex> document_order_;
  std::map<std::string, NodeIndex, std::less<>> index_;
  NodeIndex output_ = 0;
  std::optional<Tensor> seed_;
  std::string title_;
  std::string note_;
  std::uint64_t parameter_version_ = 0;
  bool has_gradients_ = false;  ///< some node may have one
  /// So many targets are remembered: asking for every node of a large graph in turn would fill the memory.
  static constexpr std::size_t kMaxRoutes = 32;
  mutable std::map<std::size_t, Route> routes_;
  std::map<std::size_t, std::optional<ScalarTape>> tapes_;  ///< until a shape changes
};

}  // namespace backprop
