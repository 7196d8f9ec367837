/// Products against three plain loops: every remainder of the tiles, both ways of storing, both element types.
#include "kernels/gemm.h"

#include "backprop/random.h"

#include "kernels/gemm_tiled.h"
#include "support/matchers.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <catch2/catch_template_test_macros.hpp>

using namespace backprop;

namespace {

template <class T>
std::vector<T> draw(std::size_t count, Random& random) {
  std::vector<T> numbers(count);
  for (T& each : numbers) each = static_cast<T>(random.uniform(-1, 1));
  return numbers;
}

template <class T>
T at(const std::vector<T>& matrix, std::size_t rows, std::size_t columns, Stored stored, std::size_t i, std::size_t j) {
  return stored == Stored::AsIs ? matrix[i * columns + j] : matrix[j * rows + i];
}

/// Largest difference from the plain loops, over the largest that rounding may make of k products.
template <class T, class Gemm>
double error(Gemm multiply, std::size_t m, std::size_t n, std::size_t k, Stored a_stored, Stored b_stored) {
  Random random(m * 10'000 + n * 100 + k);
  const auto a = draw<T>(m * k, random);
  const auto b = draw<T>(k * n, random);
  std::vector<T> c(m * n, T{-7});
  multiply(m, n, k, a.data(), a_stored, b.data(), b_stored, c.data());
  double worst = 0;
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      double sum = 0;
      for (std::size_t p = 0; p < k; ++p) {
        sum += static_cast<double>(at(a, m, k, a_stored, i, p)) * static_cast<double>(at(b, k, n, b_stored, p, j));
      }
      worst = std::max(worst, std::abs(sum - static_cast<double>(c[i * n + j])));
    }
  }
  return worst / (std::numeric_limits<T>::epsilon() * static_cast<double>(k + 1));
}

}  // namespace

TEMPLATE_TEST_CASE("products agree with plain loops for every remainder of the tiles", "[kernels]", float, double) {
  for (const std::size_t m : {1U, 2U, 4U, 5U, 11U}) {
    for (const std::size_t n : {1U, 2U, 3U, 4U, 7U, 8U, 10U, 17U}) {
      for (const std::size_t k : {0U, 1U, 3U, 20U}) {
        for (const Stored a : {Stored::AsIs, Stored::Transposed}) {
          for (const Stored b : {Stored::AsIs, Stored::Transposed}) {
            INFO(m << " × " << n << " × " << k);
            CHECK(error<TestType>(gemm<TestType>, m, n, k, a, b) < 2);
            CHECK(error<TestType>(tiled::gemm<TestType>, m, n, k, a, b) < 2);
          }
        }
      }
    }
  }
}
