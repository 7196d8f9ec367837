#pragma once

#include "backprop/tensor.h"

#include "kernels/gemm.h"

namespace backprop {

/// Y = X · W seen as matrices: X [n, k], W [k, m]. A vector X is one row, a vector W one column, as in NumPy.
struct Product {
  std::size_t n, k, m;
  Shape result;
};

/// Throws ShapeMismatch with what would fit.
[[nodiscard]] Product product_of(const Shape& x, const Shape& w);

template <class T>
void product_forward(const Product& p, const Tensor<T>& x, const Tensor<T>& w, Tensor<T>& y) {
  gemm(p.n, p.m, p.k, x.data(), Stored::AsIs, w.data(), Stored::AsIs, y.data());
}

/// dX = dY · Wᵀ, in the shape of X.
template <class T>
[[nodiscard]] Tensor<T> product_to_x(const Product& p, const Shape& x, const Tensor<T>& w, const Tensor<T>& upstream) {
  Tensor<T> dx(x);
  gemm(p.n, p.k, p.m, upstream.data(), Stored::AsIs, w.data(), Stored::Transposed, dx.data());
  return dx;
}

/// dW = Xᵀ · dY, in the shape of W.
template <class T>
[[nodiscard]] Tensor<T> product_to_w(const Product& p, const Shape& w, const Tensor<T>& x, const Tensor<T>& upstream) {
  Tensor<T> dw(w);
  gemm(p.k, p.m, p.n, x.data(), Stored::Transposed, upstream.data(), Stored::AsIs, dw.data());
  return dw;
}

/// A matrix [rows, columns] as its transpose [columns, rows]: the local derivative that a record shows.
template <class T>
[[nodiscard]] Tensor<T> transposed(const Tensor<T>& matrix, std::size_t rows, std::size_t columns) {
  Tensor<T> out(Shape{static_cast<std::int64_t>(columns), static_cast<std::int64_t>(rows)});
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) out[j * rows + i] = matrix[i * columns + j];
  }
  return out;
}

}  // namespace backprop
