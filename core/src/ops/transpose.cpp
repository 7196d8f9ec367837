#include "backprop/error.h"

#include "ops/attributes.h"
#include "ops/op_list.h"
#include "ops/permute.h"
#include "ops/rule.h"

namespace backprop {

Permutation permutation_of(const Shape& x, const Attributes& attributes) {
  Permutation axes(x.rank());
  const auto given = integers(attributes, "axes");
  if (given && given->size() != x.rank()) {
    refuse(ErrorCode::InvalidAttribute,
           {"\"axes\" names ", given->size(), " axes but x is ", x, "; name each of its ", x.rank(), " axes once."});
  }
  std::vector<bool> named(x.rank(), false);
  for (std::size_t to = 0; to < axes.size(); ++to) {
    axes[to] = given ? axis_of(x, (*given)[to]) : x.rank() - 1 - to;
    if (named[axes[to]]) {
      refuse(ErrorCode::InvalidAttribute, {"axis ", axes[to], " is named twice."});
    }
    named[axes[to]] = true;
  }
  return axes;
}

Shape permuted(const Shape& x, const Permutation& axes) {
  std::vector<std::int64_t> extents;
  for (const std::size_t axis : axes) extents.push_back(x[axis]);
  return Shape(extents);
}

std::size_t permuted_offset(const Shape& x, const Permutation& axes, std::size_t result) {
  std::array<std::size_t, kMaxRank> index{};
  for (std::size_t to = axes.size(); to-- > 0;) {
    const auto extent = static_cast<std::size_t>(x[axes[to]]);
    index[axes[to]] = result % extent;
    result /= extent;
  }
  std::size_t offset = 0;
  for (std::size_t axis = 0; axis < x.rank(); ++axis) offset = offset * static_cast<std::size_t>(x[axis]) + index[axis];
  return offset;
}

namespace {

struct TransposeRule : NoLocal, LinearTangent<TransposeRule> {
  static void forward(const Call& call, Tensor& out) {
    const Shape& shape = call[0].shape();
    const Permutation axes = permutation_of(shape, call.attributes);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = call[0][permuted_offset(shape, axes, i)];
  }
  static Contributions backward(const Call& call, const Tensor&, const Tensor& upstream, Wanted wanted) {
    Contributions contributions(1);
    if (!wants(wanted, 0)) return contributions;
    const Shape& shape = call[0].shape();
    const Permutation axes = permutation_of(shape, call.attributes);
    Tensor& dx = contributions[0].emplace(shape);
    for (std::size_t i = 0; i < dx.size(); ++i) dx[permuted_offset(shape, axes, i)] = upstream[i];
    return contributions;
  }
};

}  // namespace

/// y = x with its axes in another order: axis i of y is axis `axes[i]` of x.
///   shapes  x [a, b, …] → y; without `axes`, reversed: [n, m] → [m, n]
///   errors  InvalidAttribute unless `axes` names every axis of x once
constinit const Op transpose_op = with_rule<TransposeRule>({
    .name = "transpose",
    .symbol = "",
    .title = "Transpose",
    .category = Category::Shape,
    .slots = {{.name = "x", .combine = Combine::Rule}},
    .output = "y",
    .attributes = {{.name = "axes",
                    .type = AttributeType::Integers,
                    .required = false,
                    .meaning = "axes of the input in their new order; without it, reversed",
                    .min = -static_cast<double>(kMaxRank),
                    .max = kMaxRank - 1}},
    .formulas = {.value = R"(x^{\mathsf{T}})",
                 .local = {""},
                 .backward = {R"(\left(\frac{\partial L}{\partial y}\right)^{\mathsf{T}})"}},
    .infer_shape = [](const ShapeCall& call) { return permuted(call[0], permutation_of(call[0], call.attributes)); },
});

}  // namespace backprop
