#include "ops/attributes.h"
#include "ops/op_list.h"
#include "ops/rule.h"

namespace backprop {

namespace {

constexpr double kRatio = 0.5;

/// splitmix64 (Steele, Lea, Flood 2014).
std::uint64_t mixed(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15U;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

/// The factors of one call. Whether element i is dropped depends on seed, iteration and i alone, in integers: the same
/// on every machine, forward and backward, and whatever was asked before.
class Mask {
 public:
  explicit Mask(const Attributes& attributes) {
    const double ratio = number(attributes, "ratio", kRatio);
    const bool inverted = boolean(attributes, "inverted", true);
    training_ = boolean(attributes, "training", true);
    scale_ = training_ ? (inverted ? 1 / (1 - ratio) : 1) : (inverted ? 1 : 1 - ratio);
    key_ = mixed(mixed(count(attributes, "seed", 0)) + count(attributes, "iteration", 0));
    dropped_below_ = static_cast<std::uint64_t>(ratio * 0x1p32);
  }
  [[nodiscard]] double operator()(std::size_t i) const {
    const bool dropped = training_ && (mixed(key_ + i) >> 32U) < dropped_below_;
    return dropped ? 0 : scale_;
  }

 private:
  bool training_;
  double scale_;
  std::uint64_t key_;
  std::uint64_t dropped_below_;
};

struct DropoutRule : FromLocal<DropoutRule> {
  static void forward(const Call& call, Tensor& out) {
    const Mask mask(call.attributes);
    for (std::size_t i = 0; i < out.size(); ++i) {
      const double factor = mask(i);
      // What is dropped is gone, be it infinite.
      out[i] = factor == 0 ? 0.0 : call[0][i] * factor;
    }
  }
  static std::optional<Tensor> local(const Call& call, const Tensor& out, std::size_t) {
    const Mask mask(call.attributes);
    Tensor local(out.shape());
    for (std::size_t i = 0; i < local.size(); ++i) local[i] = mask(i);
    return local;
  }
};

}  // namespace

/// y = m x with a mask m that drops each element with probability `ratio`.
///   training, inverted          m is 0 or 1 / (1 − ratio), and y = x when not training: today's variant
///   training, not inverted      m is 0 or 1, and y = (1 − ratio) x when not training: the book's variant
///   the mask   is a function of `seed`, `iteration` and the element's index; count `iteration` up for the next one
///   shapes     x any → y the same
///   errors     InvalidAttribute for a ratio outside [0, 1)
///   source     Saitoh (2016), §6.4.3; Srivastava et al. (2014)
constinit const Op dropout_op = with_rule<DropoutRule>({
    .name = "dropout",
    .symbol = "",
    .title = "Dropout",
    .category = Category::Normalisation,
    .slots = {{.name = "x", .combine = Combine::Times}},
    .output = "y",
    .attributes = {{.name = "ratio",
                    .type = AttributeType::Number,
                    .required = false,
                    .meaning = "share of the elements that is dropped",
                    .min = 0,
                    .max = 1,
                    .below_max = true,
                    .fallback = kRatio},
                   {.name = "training",
                    .type = AttributeType::Boolean,
                    .required = false,
                    .meaning = "drop elements, instead of letting all through",
                    .fallback = 1},
                   {.name = "inverted",
                    .type = AttributeType::Boolean,
                    .required = false,
                    .meaning = "scale by 1 / (1 - ratio) in training, instead of by 1 - ratio afterwards",
                    .fallback = 1},
                   {.name = "seed",
                    .type = AttributeType::Integer,
                    .required = false,
                    .meaning = "which sequence of masks",
                    .min = 0,
                    .max = 1e9,
                    .fallback = 0},
                   {.name = "iteration",
                    .type = AttributeType::Integer,
                    .required = false,
                    .meaning = "which mask of the sequence",
                    .min = 0,
                    .max = 1e9,
                    .fallback = 0}},
    .formulas = {.value = R"(m \odot x)", .local = {R"(m)"}, .backward = {R"(\frac{\partial L}{\partial y} \odot m)"}},
    .keeps = "mask",
    .infer_shape = [](const ShapeCall& call) { return call[0]; },
});

}  // namespace backprop
