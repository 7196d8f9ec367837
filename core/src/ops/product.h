#pragma once

#include "backprop/tensor.h"

namespace backprop {

/// Y = X · W seen as matrices: X [n, k], W [k, m]. A vector X is one row, a vector W one column, as in NumPy.
struct Product {
  std::size_t n, k, m;
  Shape result;
};

/// Throws ShapeMismatch with what would fit.
[[nodiscard]] Product product_of(const Shape& x, const Shape& w);

void product_forward(const Product& p, const Tensor& x, const Tensor& w, Tensor& y);
/// dX = dY · Wᵀ, in the shape of X.
[[nodiscard]] Tensor product_to_x(const Product& p, const Shape& x, const Tensor& w, const Tensor& upstream);
/// dW = Xᵀ · dY, in the shape of W.
[[nodiscard]] Tensor product_to_w(const Product& p, const Shape& w, const Tensor& x, const Tensor& upstream);
/// A matrix [rows, columns] as its transpose [columns, rows]: the local derivative that a record shows.
[[nodiscard]] Tensor transposed(const Tensor& matrix, std::size_t rows, std::size_t columns);

}  // namespace backprop
