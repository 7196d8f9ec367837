#include "kernels/gemm.h"

#ifdef __wasm_simd128__
#include "kernels/gemm_tiled.h"
#else
#include <Eigen/Core>
#endif

namespace backprop {

#ifdef __wasm_simd128__

void gemm(std::size_t m, std::size_t n, std::size_t k, const double* a, Stored a_stored, const double* b,
          Stored b_stored, double* c) {
  tiled::gemm(m, n, k, a, a_stored, b, b_stored, c);
}

#else

void gemm(std::size_t m, std::size_t n, std::size_t k, const double* a, Stored a_stored, const double* b,
          Stored b_stored, double* c) {
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  using Map = Eigen::Map<const Matrix>;
  const auto rows = static_cast<Eigen::Index>(m);
  const auto columns = static_cast<Eigen::Index>(n);
  const auto inner = static_cast<Eigen::Index>(k);
  Eigen::Map<Matrix> out(c, rows, columns);
  const bool a_flipped = a_stored == Stored::Transposed;
  const bool b_flipped = b_stored == Stored::Transposed;
  const Map left(a, a_flipped ? inner : rows, a_flipped ? rows : inner);
  const Map right(b, b_flipped ? columns : inner, b_flipped ? inner : columns);
  if (a_flipped && b_flipped) {
    out.noalias() = left.transpose() * right.transpose();
  } else if (a_flipped) {
    out.noalias() = left.transpose() * right;
  } else if (b_flipped) {
    out.noalias() = left * right.transpose();
  } else {
    out.noalias() = left * right;
  }
}

#endif

}  // namespace backprop
