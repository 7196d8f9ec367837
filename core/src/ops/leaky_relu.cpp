#include "ops/attributes.h"
#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

constexpr double kAlpha = 0.01;

struct LeakyReluRule : FromLocal<LeakyReluRule> {
  static void forward(const Call& call, Tensor& out) {
    const double alpha = number(call.attributes, "alpha", kAlpha);
    // α = 0 and x = −∞ would be NaN by a product.
    for (std::size_t i = 0; i < out.size(); ++i) {
      const double x = call[0][i];
      out[i] = x > 0 || std::isnan(x) ? x : (alpha == 0 ? 0.0 : alpha * x);
    }
  }
  static std::optional<Tensor> local(const Call& call, const Tensor& out, std::size_t) {
    const double alpha = number(call.attributes, "alpha", kAlpha);
    Tensor local(out.shape());
    for (std::size_t i = 0; i < local.size(); ++i) {
      const double x = call[0][i];
      local[i] = std::isnan(x) ? x : (x > 0 ? 1.0 : alpha);
    }
    return local;
  }
};

}  // namespace

/// y = x above 0, α x elsewhere.
///   shapes  x any → y the same
///   kink    at 0, where the derivative is taken as α, as ReLU takes its lower one
///   source  Maas, Hannun and Ng (2013), with their α = 0.01
constinit const Op leaky_relu_op = with_rule<LeakyReluRule>({
    .name = "leaky_relu",
    .symbol = "",
    .title = "Leaky ReLU",
    .category = Category::Function,
    .slots = {{.name = "x", .combine = Combine::Times, .kept = keeps_inputs(0b1)}},
    .output = "y",
    .attributes = {{.name = "alpha",
                    .type = AttributeType::Number,
                    .required = false,
                    .meaning = "slope below 0",
                    .min = 0,
                    .max = 1,
                    .fallback = kAlpha}},
    .formulas =
        {.value = R"(\begin{cases} x & x > 0 \\ \alpha x & x \le 0 \end{cases})",
         .local = {R"(\begin{cases} 1 & x > 0 \\ \alpha & x \le 0 \end{cases})"},
         .backward =
             {R"(\frac{\partial L}{\partial y} \cdot \begin{cases} 1 & x > 0 \\ \alpha & x \le 0 \end{cases})"}},
    .kinks = R"(x = 0)",
    .keeps = "mask",
    .infer_shape = same_shape,
});

}  // namespace backprop
