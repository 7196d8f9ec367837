#pragma once

#include "backprop/op.h"

#include "tensor/matrix.h"

namespace backprop {

/// Y = X · W seen as matrices: X [n, k], W [k, m]. A vector X is one row, a vector W one column, as in NumPy.
struct Product {
  Eigen::Index n, k, m;
  Shape result;
};

/// Throws ShapeMismatch with what would fit.
[[nodiscard]] Product product_of(const Shape& x, const Shape& w);

/// dX = dY · Wᵀ, in the shape of X.
template <class T>
[[nodiscard]] Tensor<T> product_to_x(const Product& p, const Shape& x, const Tensor<T>& w, const Tensor<T>& upstream) {
  Tensor<T> dx(x);
  as_matrix(dx, p.n, p.k).noalias() = as_matrix(upstream, p.n, p.m) * as_matrix(w, p.k, p.m).transpose();
  return dx;
}

/// dW = Xᵀ · dY, in the shape of W.
template <class T>
[[nodiscard]] Tensor<T> product_to_w(const Product& p, const Shape& w, const Tensor<T>& x, const Tensor<T>& upstream) {
  Tensor<T> dw(w);
  as_matrix(dw, p.k, p.m).noalias() = as_matrix(x, p.n, p.k).transpose() * as_matrix(upstream, p.n, p.m);
  return dw;
}

}  // namespace backprop
