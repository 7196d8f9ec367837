#pragma once

#include "backprop/tensor.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace backprop {

/// An attribute of a node: a number, a switch, or a list of integers (axes, extents).
using AttributeValue = std::variant<double, bool, std::vector<std::int64_t>>;
using Attributes = std::map<std::string, AttributeValue, std::less<>>;

/// A list of at most N items that lives inside its owner, so that the catalogue is constant data and no code builds it.
template <class T, std::size_t N>
class Few {
 public:
  constexpr Few() = default;
  constexpr Few(std::initializer_list<T> items) {
    for (const T& item : items) items_[size_++] = item;
  }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] constexpr const T* begin() const noexcept { return items_.data(); }
  [[nodiscard]] constexpr const T* end() const noexcept { return items_.data() + size_; }
  [[nodiscard]] constexpr const T& operator[](std::size_t i) const noexcept { return items_[i]; }
  /// To at most N; new items are empty.
  constexpr void resize(std::size_t size) noexcept { size_ = size; }

 private:
  std::array<T, N> items_{};
  std::size_t size_ = 0;
};

/// No op of the catalogue names more slots or attributes than this.
inline constexpr std::size_t kMaxSlots = 5;
inline constexpr std::size_t kMaxAttributes = 5;

enum class Category { Leaf, Arithmetic, Function, Reduction, Linear, Convolution, Normalisation, Shape, Loss };
[[nodiscard]] std::string_view to_string(Category category) noexcept;

/// How upstream and local make the contribution of a slot; see `StepRecord`.
enum class Combine {
  Times,    ///< upstream ⊙ local, summed to the input's shape where it was broadcast
  Right,    ///< upstream · local
  Left,     ///< local · upstream
  Sum,      ///< upstream summed to the input's shape: the local derivative is 1
  Reshape,  ///< the same numbers in the input's shape
  Rule,     ///< by the op's own formula; there is no short local derivative
  None,     ///< the slot takes no gradient (labels)
};
[[nodiscard]] std::string_view to_string(Combine combine) noexcept;

/// Which values a contribution is worked out from, and so what must be kept between forward and backward. The shapes of
/// all inputs are known anyway.
struct Kept {
  std::uint32_t inputs = 0;  ///< bit s: the value at slot s
  bool output = false;       ///< the op's own result
  [[nodiscard]] constexpr bool nothing() const noexcept { return inputs == 0 && !output; }
};

struct Slot {
  std::string_view name{};
  Combine combine = Combine::Rule;
  Kept kept{};  ///< what the contribution to this slot reads besides the upstream gradient
};

enum class AttributeType { Number, Integer, Boolean, Integers };
[[nodiscard]] std::string_view to_string(AttributeType type) noexcept;

struct AttributeInfo {
  std::string_view name{};
  AttributeType type = AttributeType::Number;
  bool required = false;
  std::string_view meaning{};
  /// Bounds of a number, or of each integer of a list; both belong to the range unless `below_max`.
  std::optional<double> min{};
  std::optional<double> max{};
  bool below_max = false;            ///< the range ends before `max`
  std::optional<double> fallback{};  ///< what holds where it is not given; 0 and 1 for false and true
};

/// LaTeX. `local` and `backward` have one entry per slot; an empty `local` has no short form.
struct Formulas {
  std::string_view value;
  Few<std::string_view, kMaxSlots> local{};
  Few<std::string_view, kMaxSlots> backward{};
};

struct Op;

/// What a rule is given: the values at the slots, in slot order, whose rule it is, and the node's attributes.
struct Call {
  std::span<const Tensor* const> inputs;
  const Op& op;
  const Attributes& attributes;
  Dtype dtype = Dtype::Float64;  ///< of the graph: what is made in two steps is rounded between them
  [[nodiscard]] const Tensor& operator[](std::size_t slot) const { return *inputs[slot]; }
};

/// One contribution per slot, in slot order; empty where the slot takes none or none was wanted.
using Contributions = std::vector<std::optional<Tensor>>;

/// One tangent per slot, in slot order and in the shape of its input; null where the input does not move.
using Tangents = std::span<const Tensor* const>;

/// Bit s is set where the contribution of slot s is wanted.
using Wanted = std::uint32_t;
inline constexpr Wanted kAllSlots = ~Wanted{0};
[[nodiscard]] constexpr bool wants(Wanted wanted, std::size_t slot) { return (wanted >> slot & 1U) != 0; }

/// The mathematics of an op. Rules know no graph: they never accumulate and never look further
/// than their own inputs.
struct Rule {
  /// Writes the result; `out` already has the shape that `infer_shape` gave.
  void (*forward)(const Call& call, Tensor& out) = nullptr;
  /// The contributions of `upstream` (the shape of `out`) to the wanted slots.
  Contributions (*backward)(const Call& call, const Tensor& out, const Tensor& upstream, Wanted wanted) = nullptr;
  /// The local derivative of a slot as it stands in the record: ∂out/∂slot, Wᵀ, …; empty where there is no short one.
  std::optional<Tensor> (*local)(const Call& call, const Tensor& out, std::size_t slot) = nullptr;
  /// Forward mode: the tangent of `out`, in its shape, when the inputs move along `tangents` (J · v, where `backward`
  /// is Jᵀ · upstream). Tangents of slots that take no gradient are not looked at.
  Tensor (*tangent)(const Call& call, const Tensor& out, Tangents tangents) = nullptr;
};

/// The rule of an element-wise op for single numbers, made from the very functions that its rule for tensors is made
/// of: a graph of scalars runs through these, without a tensor between (see `ScalarTape`). Empty for all other ops. Ops
/// of one input pass over y.
struct ScalarRule {
  double (*value)(double x, double y) = nullptr;
  std::array<double (*)(double x, double y, double z), 2> local{};  ///< a slot each
};

struct ShapeCall {
  std::span<const Shape> inputs;
  const Attributes& attributes;
  [[nodiscard]] const Shape& operator[](std::size_t slot) const { return inputs[slot]; }
};

/// No op takes more inputs than this.
inline constexpr std::size_t kMaxOpInputs = 16;

/// One entry of the catalogue. Names are the field's standard ones.
struct Op {
  std::string_view name;
  std::string_view symbol{};  ///< in the node's circle; empty where the op is drawn as a named box
  std::string_view title;     ///< on a box and in sentences, as the book writes it
  Category category;
  Few<Slot, kMaxSlots> slots{};
  bool variadic = false;      ///< takes more inputs than `slots` (to kMaxOpInputs), each like the last slot
  std::string_view output{};  ///< name of the result in the formulas
  Few<AttributeInfo, kMaxAttributes> attributes{};
  Formulas formulas{};
  std::string_view kinks{};  ///< where the derivative jumps; empty for smooth ops
  /// What `kept` of the slots could be shrunk to by an implementation that wants to, in one word: "mask", "argmax".
  /// Empty where the tensors themselves are needed.
  std::string_view keeps{};
  /// Shape of the result. Throws ShapeMismatch or InvalidAttribute with a sentence that says what would fit.
  Shape (*infer_shape)(const ShapeCall& call) = nullptr;
  Rule rule{};
  ScalarRule scalar{};

  [[nodiscard]] bool is_leaf() const noexcept { return category == Category::Leaf; }
  /// The slot of an input, also of those that a variadic op takes beyond its list.
  [[nodiscard]] const Slot& slot(std::size_t i) const noexcept {
    return slots[i < slots.size() ? i : slots.size() - 1];
  }
};

/// The catalogue, in the order in which a palette would show it.
[[nodiscard]] std::span<const Op* const> ops();
/// Throws UnknownOp, naming the nearest op where the name looks like a slip.
[[nodiscard]] const Op& find_op(std::string_view name);

/// Checks a node's attributes against the op's list: unknown, missing, of the wrong type or outside its range throws
/// InvalidAttribute.
void check_attributes(const Op& op, const Attributes& attributes);

/// What a backward pass through an op with `inputs` inputs keeps for the wanted slots together.
[[nodiscard]] Kept kept_for(const Op& op, std::size_t inputs, Wanted wanted = kAllSlots);

}  // namespace backprop
