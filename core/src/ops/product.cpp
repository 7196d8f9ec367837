#include "ops/product.h"

#include "backprop/error.h"

#include "kernels/gemm.h"

namespace backprop {

Product product_of(const Shape& x, const Shape& w) {
  if (x.rank() < 1 || x.rank() > 2 || w.rank() < 1 || w.rank() > 2) {
    refuse(ErrorCode::ShapeMismatch, {"X is ", x, " and W is ", w,
                                      "; a matrix product takes vectors and matrices (rank 1 or 2). Reshape first."});
  }
  const std::int64_t k = x.back();
  if (w[0] != k) {
    refuse(ErrorCode::ShapeMismatch, {"X is ", x, " but W is ", w, "; W needs ", k, " rows.",
                                      (w.rank() == 2 && w[1] == k ? " Transpose W or connect it to another node."
                                                                  : " Change one of the two shapes.")});
  }
  std::vector<std::int64_t> result;
  if (x.rank() == 2) result.push_back(x[0]);
  if (w.rank() == 2) result.push_back(w[1]);
  return {.n = static_cast<std::size_t>(x.rank() == 2 ? x[0] : 1),
          .k = static_cast<std::size_t>(k),
          .m = static_cast<std::size_t>(w.rank() == 2 ? w[1] : 1),
          .result = Shape(result)};
}

void product_forward(const Product& p, const Tensor& x, const Tensor& w, Tensor& y) {
  gemm(p.n, p.m, p.k, x.data(), Stored::AsIs, w.data(), Stored::AsIs, y.data());
}

Tensor product_to_x(const Product& p, const Shape& x, const Tensor& w, const Tensor& upstream) {
  Tensor dx(x);
  gemm(p.n, p.k, p.m, upstream.data(), Stored::AsIs, w.data(), Stored::Transposed, dx.data());
  return dx;
}

Tensor product_to_w(const Product& p, const Shape& w, const Tensor& x, const Tensor& upstream) {
  Tensor dw(w);
  gemm(p.k, p.m, p.n, x.data(), Stored::Transposed, upstream.data(), Stored::AsIs, dw.data());
  return dw;
}

Tensor transposed(const Tensor& matrix, std::size_t rows, std::size_t columns) {
  Tensor out(Shape{static_cast<std::int64_t>(columns), static_cast<std::int64_t>(rows)});
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) out[j * rows + i] = matrix[i * columns + j];
  }
  return out;
}

}  // namespace backprop
