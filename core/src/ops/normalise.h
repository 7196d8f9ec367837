#pragma once

#include "backprop/tensor.h"

#include <vector>

namespace backprop {

/// Which elements of a tensor are brought to mean 0 and variance 1 together: element (o, g, i) of the tensor seen as
/// [outer, groups, inner] belongs to group g.
///   batch_norm  [n, channels, height · width]: a group a channel
///   layer_norm  [1, rows, features]: a group a row
struct Groups {
  std::size_t outer, groups, inner;

  [[nodiscard]] std::size_t members() const { return outer * inner; }
  template <class Visit>
  void each(Visit visit) const {  // visit(element, group)
    std::size_t i = 0;
    for (std::size_t o = 0; o < outer; ++o) {
      for (std::size_t g = 0; g < groups; ++g) {
        for (std::size_t k = 0; k < inner; ++k) visit(i++, g);
      }
    }
  }
};

/// One mean and one variance a group; the variance is Σ (x − μ)² / m.
struct Moments {
  std::vector<double> mean;
  std::vector<double> variance;
};

/// Two passes: the square of a large mean would cost the variance its digits.
[[nodiscard]] Moments moments_of(const Tensor& x, const Groups& groups);

/// x̂ = (x − μ) / √(σ² + ε)
[[nodiscard]] Tensor normalised(const Tensor& x, const Groups& groups, const Moments& moments, double epsilon);

/// How x̂ moves with x when the moments are x's own: (v − mean(v) − x̂ mean(v ⊙ x̂)) / √(σ² + ε). The matrix behind it is
/// symmetric, so this is forward mode of x → x̂ and backward mode too.
[[nodiscard]] Tensor moved_with(const Tensor& v, const Tensor& normal, const Groups& groups, const Moments& moments,
                                double epsilon);

/// v / √(σ² + ε): the same where the moments are fixed.
[[nodiscard]] Tensor scaled_by(const Tensor& v, const Groups& groups, const Moments& moments, double epsilon);

}  // namespace backprop
