#pragma once

#include "backprop/tensor.h"

#include <cstdint>
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

enum class Category { Leaf, Arithmetic, Function, Reduction, Linear, Shape, Loss };
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

struct Slot {
  std::string_view name;
  Combine combine = Combine::Rule;
};

enum class AttributeType { Number, Integer, Boolean, Integers };
[[nodiscard]] std::string_view to_string(AttributeType type) noexcept;

struct AttributeInfo {
  std::string_view name;
  AttributeType type;
  bool required;
  std::string_view meaning;
};

/// LaTeX. `local` and `backward` have one entry per slot; an empty `local` has no short form.
struct Formulas {
  std::string_view value;
  std::vector<std::string_view> local;
  std::vector<std::string_view> backward;
};

/// What a rule is given: the values at the slots, in slot order, and the node's attributes.
template <class T>
struct Call {
  std::span<const Tensor<T>* const> inputs;
  const Attributes& attributes;
  [[nodiscard]] const Tensor<T>& operator[](std::size_t slot) const { return *inputs[slot]; }
};

/// One contribution per slot, in slot order; empty where the slot takes none or none was wanted.
template <class T>
using Contributions = std::vector<std::optional<Tensor<T>>>;

/// Bit s is set where the contribution of slot s is wanted.
using Wanted = std::uint32_t;
inline constexpr Wanted kAllSlots = ~Wanted{0};
[[nodiscard]] constexpr bool wants(Wanted wanted, std::size_t slot) { return (wanted >> slot & 1U) != 0; }

/// The mathematics of an op for one element type. Rules know no graph: they never accumulate and never look further
/// than their own inputs.
template <class T>
struct Rule {
  /// Writes the result; `out` already has the shape that `infer_shape` gave.
  void (*forward)(const Call<T>& call, Tensor<T>& out) = nullptr;
  /// The contributions of `upstream` (the shape of `out`) to the wanted slots.
  Contributions<T> (*backward)(const Call<T>& call, const Tensor<T>& out, const Tensor<T>& upstream,
                               Wanted wanted) = nullptr;
  /// The local derivative of a slot as it stands in the record: ∂out/∂slot, Wᵀ, …; empty where there is no short one.
  std::optional<Tensor<T>> (*local)(const Call<T>& call, const Tensor<T>& out, std::size_t slot) = nullptr;
};

struct ShapeCall {
  std::span<const Shape> inputs;
  const Attributes& attributes;
  [[nodiscard]] const Shape& operator[](std::size_t slot) const { return inputs[slot]; }
};

/// One entry of the catalogue. Names are the field's standard ones.
struct Op {
  std::string_view name;
  std::string_view symbol{};  ///< in the node's circle; empty where the op is drawn as a named box
  std::string_view title;     ///< on a box and in sentences, as the book writes it
  Category category;
  std::vector<Slot> slots{};
  std::string_view output{};  ///< name of the result in the formulas
  std::vector<AttributeInfo> attributes{};
  Formulas formulas{};
  std::string_view kinks{};  ///< where the derivative jumps; empty for smooth ops
  /// Shape of the result. Throws ShapeMismatch or InvalidAttribute with a sentence that says what would fit.
  Shape (*infer_shape)(const ShapeCall& call) = nullptr;
  Rule<float> f32{};
  Rule<double> f64{};

  [[nodiscard]] bool is_leaf() const noexcept { return category == Category::Leaf; }
  template <class T>
  [[nodiscard]] const Rule<T>& rule() const noexcept {
    if constexpr (std::is_same_v<T, float>) {
      return f32;
    } else {
      return f64;
    }
  }
};

/// The catalogue, in the order in which a palette would show it.
[[nodiscard]] std::span<const Op* const> ops();
/// Throws UnknownOp, naming the nearest op where the name looks like a slip.
[[nodiscard]] const Op& find_op(std::string_view name);

/// Checks a node's attributes against the op's list: unknown, missing or of the wrong type throws InvalidAttribute.
void check_attributes(const Op& op, const Attributes& attributes);

}  // namespace backprop
