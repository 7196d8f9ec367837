#include "ops/concat.h"

#include "backprop/error.h"

#include "ops/attributes.h"
#include "ops/op_list.h"
#include "ops/rule.h"

#include <algorithm>

namespace backprop {

namespace {

std::size_t joined_axis(const Shape& first, const Attributes& attributes) {
  const auto axis = integers(attributes, "axis");
  return axis_of(first, axis ? axis->front() : 0);
}

Shape joined_shape(const ShapeCall& call) {
  const Shape& first = call[0];
  const std::size_t axis = joined_axis(first, call.attributes);
  std::vector<std::int64_t> extents(first.extents().begin(), first.extents().end());
  extents[axis] = 0;
  for (const Shape& each : call.inputs) {
    bool fits = each.rank() == first.rank();
    for (std::size_t i = 0; fits && i < first.rank(); ++i) fits = i == axis || each[i] == first[i];
    if (!fits) {
      refuse(ErrorCode::ShapeMismatch, {first, " and ", each, " cannot be joined along axis ", axis,
                                        "; all other axes need the same extents. Reshape or transpose one."});
    }
    extents[axis] += each[axis];
  }
  return Shape(extents);
}

struct ConcatRule : NoLocal, LinearTangent<ConcatRule> {
  static void forward(const Call& call, Tensor& out) {
    const Joined joined = joined_of(call);
    for (std::size_t slot = 0; slot < call.inputs.size(); ++slot) {
      const std::size_t run = joined.runs[slot];
      for (std::size_t o = 0; o < joined.outer; ++o) {
        std::copy_n(call[slot].data() + o * run, run, out.data() + o * joined.row + joined.starts[slot]);
      }
    }
  }
  static Contributions backward(const Call& call, const Tensor&, const Tensor& upstream, Wanted wanted) {
    const Joined joined = joined_of(call);
    Contributions contributions(call.inputs.size());
    for (std::size_t slot = 0; slot < call.inputs.size(); ++slot) {
      if (!wants(wanted, slot)) continue;
      Tensor& part = contributions[slot].emplace(call[slot].shape());
      const std::size_t run = joined.runs[slot];
      for (std::size_t o = 0; o < joined.outer; ++o) {
        std::copy_n(upstream.data() + o * joined.row + joined.starts[slot], run, part.data() + o * run);
      }
    }
    return contributions;
  }
};

}  // namespace

Joined joined_of(std::span<const Shape> inputs, const Attributes& attributes) {
  const std::size_t axis = joined_axis(inputs[0], attributes);
  Joined joined{.outer = 1, .runs = {}, .starts = {}, .row = 0};
  for (std::size_t i = 0; i < axis; ++i) joined.outer *= static_cast<std::size_t>(inputs[0][i]);
  for (const Shape& each : inputs) {
    std::size_t run = 1;
    for (std::size_t i = axis; i < each.rank(); ++i) run *= static_cast<std::size_t>(each[i]);
    joined.runs.push_back(run);
    joined.starts.push_back(joined.row);
    joined.row += run;
  }
  return joined;
}

/// y = two or more tensors laid end to end along `axis`.
///   shapes  x₁ [.., a, ..], x₂ [.., b, ..], … → y [.., a + b + …, ..]
///   errors  ShapeMismatch where other axes differ or for scalars, InvalidAttribute for an axis that is not there
constinit const Op concat_op = with_rule<ConcatRule>({
    .name = "concat",
    .symbol = "",
    .title = "Concat",
    .category = Category::Shape,
    .slots = {{.name = "x1", .combine = Combine::Rule}, {.name = "x2", .combine = Combine::Rule}},
    .variadic = true,
    .output = "y",
    .attributes = {{.name = "axis",
                    .type = AttributeType::Integer,
                    .required = false,
                    .meaning = "axis along which they are joined",
                    .min = -static_cast<double>(kMaxRank),
                    .max = kMaxRank - 1,
                    .fallback = 0}},
    .formulas = {.value = R"(\operatorname{concat}(x_1, x_2, \dots))",
                 .local = {"", ""},
                 .backward = {R"(\operatorname{split}\left(\frac{\partial L}{\partial y}\right))",
                              R"(\operatorname{split}\left(\frac{\partial L}{\partial y}\right))"}},
    .infer_shape = joined_shape,
});

}  // namespace backprop
