#pragma once

#include "backprop/error.h"
#include "backprop/tensor.h"

#include <algorithm>
#include <cmath>

namespace backprop {

/// The last axis of scores as rows: classes to a row, one row a sample.
struct Rows {
  std::size_t count;
  std::size_t classes;
};

/// Throws ShapeMismatch for a scalar or an empty last axis.
[[nodiscard]] inline Rows rows_of(const Shape& scores) {
  if (scores.rank() == 0 || scores.back() == 0) {
    refuse(ErrorCode::ShapeMismatch,
           {"x is ", scores, "; softmax needs at least one score along the last axis, such as [10] or [n, 10]."});
  }
  const auto classes = static_cast<std::size_t>(scores.back());
  return {.count = static_cast<std::size_t>(scores.count()) / classes, .classes = classes};
}

/// ln Σ eˣ of one row, shifted by its maximum so that nothing overflows.
[[nodiscard]] inline double log_sum_exp(const double* row, std::size_t classes) {
  const double largest = *std::max_element(row, row + classes);
  double sum = 0;
  for (std::size_t c = 0; c < classes; ++c) sum += std::exp(row[c] - largest);
  return largest + std::log(sum);
}

}  // namespace backprop
