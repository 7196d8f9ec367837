#pragma once

#include <cstddef>

namespace backprop {

/// How a matrix of a product lies in memory: row-major as it is used, or row-major as its transpose.
enum class Stored { AsIs, Transposed };

/// C = A · B, for the rules of the ops.
///   shapes  A [m, k] (stored [k, m] if transposed), B [k, n] (stored [n, k] if transposed), C [m, n], all dense
///   row-major aliasing  C overlaps neither A nor B
/// Natively by Eigen; as wasm by a register-tiled kernel of our own, which docs/ARCHITECTURE.md compares with Eigen's.
void gemm(std::size_t m, std::size_t n, std::size_t k, const double* a, Stored a_stored, const double* b,
          Stored b_stored, double* c);

}  // namespace backprop
