/// Products against three plain loops: every remainder of the tiles, both ways of storing.
#include "kernels/gemm.h"

#include "backprop/random.h"

#include "kernels/gemm_tiled.h"
#include "support/matchers.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <catch2/catch_test_macros.hpp>

using namespace backprop;

namespace {

std::vector<double> draw(std::size_t count, Random& random) {
  std::vector<double> numbers(count);
  for (double& each : numbers) each = random.uniform(-1, 1);
  return numbers;
}

double at(const std::vector<double>& matrix, std::size_t rows, std::size_t columns, Stored stored, std::size_t i,
          std::size_t j) {
  return stored == Stored::AsIs ? matrix[i * columns + j] : matrix[j * rows + i];
}

/// Largest difference from the plain loops, over the largest that rounding may make of k products.
template <class Gemm>
double error(Gemm multiply, std::size_t m, std::size_t n, std::size_t k, Stored a_stored, Stored b_stored) {
  Random random(m * 10'000 + n * 100 + k);
  const auto a = draw(m * k, random);
  const auto b = draw(k * n, random);
  std::vector<double> c(m * n, -7.0);
  multiply(m, n, k, a.data(), a_stored, b.data(), b_stored, c.data());
  double worst = 0;
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      double sum = 0;
      for (std::size_t p = 0; p < k; ++p) {
        sum += at(a, m, k, a_stored, i, p) * at(b, k, n, b_stored, p, j);
      }
      worst = std::max(worst, std::abs(sum - c[i * n + j]));
    }
  }
  return worst / (std::numeric_limits<double>::epsilon() * static_cast<double>(k + 1));
}

}  // namespace

TEST_CASE("products agree with plain loops for every remainder of the tiles", "[kernels]") {
  for (const std::size_t m : {1U, 2U, 4U, 5U, 11U}) {
    for (const std::size_t n : {1U, 2U, 3U, 4U, 7U, 8U, 10U, 17U}) {
      for (const std::size_t k : {0U, 1U, 3U, 20U}) {
        for (const Stored a : {Stored::AsIs, Stored::Transposed}) {
          for (const Stored b : {Stored::AsIs, Stored::Transposed}) {
            INFO(m << " × " << n << " × " << k);
            CHECK(error(gemm, m, n, k, a, b) < 2);
            CHECK(error(tiled::gemm, m, n, k, a, b) < 2);
          }
        }
      }
    }
  }
}
