#include "backprop/error.h"

#include "ops/attributes.h"
#include "ops/op_list.h"
#include "ops/rule.h"

#include <algorithm>
#include <cmath>

namespace backprop {

namespace {

Shape one_hot_shape(const ShapeCall& call) {
  if (!call.attributes.contains("classes")) return call[0];
  std::vector<std::int64_t> extents(call[0].extents().begin(), call[0].extents().end());
  extents.push_back(static_cast<std::int64_t>(count(call.attributes, "classes", 1)));
  return Shape(extents);
}

struct OneHotRule : NoLocal {
  static void forward(const Call& call, Tensor& out) {
    const Tensor& t = call[0];
    if (t.shape() == out.shape()) {
      std::ranges::copy(t.elements(), out.data());
      return;
    }
    std::ranges::fill(out.elements(), 0.0);
    const auto classes = static_cast<std::size_t>(out.shape().back());
    for (std::size_t row = 0; row < t.size(); ++row) {
      const double label = t[row];
      if (!(label >= 0 && label < static_cast<double>(classes)) || std::floor(label) != label) {
        refuse(ErrorCode::InvalidValue,
               {"the label of sample ", row, " is ", label, "; labels are whole numbers from 0 to ", classes - 1, "."});
      }
      out[row * classes + static_cast<std::size_t>(label)] = 1;
    }
  }
  static Contributions backward(const Call&, const Tensor&, const Tensor&, Wanted) { return Contributions(1); }
  static Tensor tangent(const Call&, const Tensor& out, Tangents) { return Tensor(out.shape()); }
};

}  // namespace

/// y = labels as rows of 0 with a 1 at the label; without `classes`, t are such rows (or distributions) already and
/// pass. No gradient goes back: what Softmax-with-Loss does to its t, as a node of its own.
///   shapes  t [n] → y [n, classes], or t [] → y [classes]; without `classes` t any → y the same
///   errors  InvalidValue for a label outside the classes (at the forward step)
constinit const Op one_hot_op = with_rule<OneHotRule>({
    .name = "one_hot",
    .symbol = "",
    .title = "One-hot",
    .category = Category::Shape,
    .slots = {{.name = "t", .combine = Combine::None}},
    .output = "y",
    .attributes = {{.name = "classes",
                    .type = AttributeType::Integer,
                    .required = false,
                    .meaning = "length of the rows; without it, t passes as it is",
                    .min = 1,
                    .max = 65536}},
    .formulas = {.value = R"([k = t])", .local = {""}, .backward = {""}},
    .infer_shape = one_hot_shape,
});

}  // namespace backprop
