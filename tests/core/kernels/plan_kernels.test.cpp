/// The kernels of training plans against plain loops in double precision.
#include "backprop/random.h"

#include "kernels/activation.h"
#include "kernels/matrix.h"
#include "kernels/pixels.h"
#include "kernels/sparse.h"
#include "kernels/vector.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <catch2/catch_test_macros.hpp>

using namespace backprop;
using namespace backprop::kernels;

namespace {

std::vector<float> draw(std::size_t count, Random& random, double low = -1, double high = 1) {
  std::vector<float> numbers(count);
  for (float& each : numbers) each = static_cast<float>(random.uniform(low, high));
  return numbers;
}

/// |a − b| in units of the last place of b.
double ulps(float a, double b) {
  const float nearest = static_cast<float>(b);
  const double ulp = static_cast<double>(std::nextafter(std::abs(nearest), 1e30F) - std::abs(nearest));
  return std::abs(static_cast<double>(a) - b) / ulp;
}

template <class F>
double worst_ulps(Activation activation, double low, double high, F reference) {
  Random random(5);
  double worst = 0;
  for (int i = 0; i < 5000; ++i) {
    std::vector<float> x = draw(4, random, low, high);
    std::vector<float> y = x;
    activate(activation, y.data(), 4);
    for (int lane = 0; lane < 4; ++lane)
      worst = std::max(worst, ulps(y[lane], reference(static_cast<double>(x[lane]))));
  }
  return worst;
}

}  // namespace

TEST_CASE("a product adds to its base for every remainder of the tiles, A as it lies or across", "[kernels]") {
  Random random(1);
  for (const std::size_t m : {1U, 2U, 3U, 4U, 7U, 35U}) {
    for (const std::size_t n : {4U, 8U, 12U}) {
      for (const std::size_t k : {0U, 1U, 5U, 300U}) {
        const bool across = (m + k) % 2 == 1;
        const auto a = draw(m * k + 1, random);
        const auto b = draw(k * n + 1, random);
        auto c = draw(m * n, random);
        const auto base = c;
        product({.m = m,
                 .n = n,
                 .k = k,
                 .b = b.data(),
                 .b_row = n,
                 .base = c.data(),
                 .base_row = n,
                 .c = c.data(),
                 .c_row = n},
                a.data(), across ? 1 : k, across ? m : 1);
        for (std::size_t i = 0; i < m; ++i) {
          for (std::size_t j = 0; j < n; ++j) {
            double sum = 0;
            for (std::size_t p = 0; p < k; ++p) {
              sum += static_cast<double>(a[across ? p * m + i : i * k + p]) * static_cast<double>(b[p * n + j]);
            }
            const double expected = static_cast<double>(base[i * n + j]) + sum;
            REQUIRE(std::abs(static_cast<double>(c[i * n + j]) - expected) < 1e-5);
          }
        }
      }
    }
  }
}

TEST_CASE("long and wide products are cut into pieces without a seam", "[kernels]") {
  Random random(2);
  for (const bool across : {false, true}) {
    const std::size_t m = 70;
    const std::size_t k = 1000;
    const std::size_t n = 20;
    const auto a = draw(m * k, random);
    const auto b = draw(k * n, random);
    const auto bias = draw(n, random);
    std::vector<float> c(m * n);
    product({.m = m,
             .n = n,
             .k = k,
             .b = b.data(),
             .b_row = n,
             .base = bias.data(),
             .base_row = 0,
             .c = c.data(),
             .c_row = n},
            a.data(), across ? 1 : k, across ? m : 1);
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        double sum = static_cast<double>(bias[j]);
        for (std::size_t p = 0; p < k; ++p) {
          sum += static_cast<double>(a[across ? p * m + i : i * k + p]) * static_cast<double>(b[p * n + j]);
        }
        REQUIRE(std::abs(static_cast<double>(c[i * n + j]) - sum) < 2e-4);
      }
    }
  }
}

TEST_CASE("windows of an image multiply without being copied", "[kernels]") {
  // A 5 × 4 image of 2 channels, windows of 2 × 2.
  Random random(3);
  const auto image = draw(5 * 4 * 2, random);
  std::vector<std::uint32_t> rows;
  std::vector<std::uint32_t> steps;
  for (std::uint32_t y = 0; y < 4; ++y) {
    for (std::uint32_t x = 0; x < 3; ++x) rows.push_back((y * 4 + x) * 2);
  }
  for (const std::uint32_t tap : {0U, 1U, 2U, 3U, 8U, 9U, 10U, 11U}) steps.push_back(tap);
  const auto w = draw(steps.size() * 4, random);
  std::vector<float> c(rows.size() * 4);
  product_of_windows({.m = rows.size(),
                      .n = 4,
                      .k = steps.size(),
                      .b = w.data(),
                      .b_row = 4,
                      .base = nullptr,
                      .base_row = 0,
                      .c = c.data(),
                      .c_row = 4},
                     image.data(), rows.data(), steps.data());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      double sum = 0;
      for (std::size_t p = 0; p < steps.size(); ++p) {
        sum += static_cast<double>(image[rows[i] + steps[p]]) * static_cast<double>(w[p * 4 + j]);
      }
      REQUIRE(std::abs(static_cast<double>(c[i * 4 + j]) - sum) < 1e-6);
    }
  }
}

TEST_CASE("a transpose fills the padding with zeros", "[kernels]") {
  Random random(4);
  for (const std::size_t rows : {1U, 4U, 6U, 9U}) {
    for (const std::size_t columns : {1U, 3U, 4U, 10U}) {
      const auto from = draw(rows * padded(columns), random);
      std::vector<float> to(columns * padded(rows), 7);
      transpose(from.data(), rows, columns, padded(columns), to.data(), padded(rows));
      for (std::size_t j = 0; j < columns; ++j) {
        for (std::size_t i = 0; i < padded(rows); ++i) {
          REQUIRE(to[j * padded(rows) + i] == (i < rows ? from[i * padded(columns) + j] : 0));
        }
      }
    }
  }
}

TEST_CASE("a copy of nothing is zeros, whatever its length", "[kernels]") {
  Random random(6);
  for (std::size_t count = 0; count < 40; ++count) {
    const auto from = draw(count + 1, random);
    std::vector<float> to(count + 1, 7);
    copy(from.data(), count, to.data());
    for (std::size_t i = 0; i < count; ++i) REQUIRE(to[i] == from[i]);
    REQUIRE(to[count] == 7);
    copy(nullptr, count, to.data());
    for (std::size_t i = 0; i < count; ++i) REQUIRE(to[i] == 0);
    REQUIRE(to[count] == 7);
  }
}

TEST_CASE("column sums are what a bias receives", "[kernels]") {
  const std::vector<float> matrix{1, 2, 3, 4, 10, 20, 30, 40};
  const std::vector<float> base{1, 1, 1, 1};
  std::vector<float> to(4);
  sum_rows(matrix.data(), 2, 4, 4, base.data(), to.data());
  CHECK(to == std::vector<float>{12, 23, 34, 45});
  sum_rows(matrix.data(), 2, 4, 4, nullptr, to.data());
  CHECK(to == std::vector<float>{11, 22, 33, 44});
}

TEST_CASE("exponentials, sigmoid and tanh are accurate to a few units of the last place", "[kernels]") {
  Random random(6);
  double worst = 0;
  for (int i = 0; i < 5000; ++i) {
    std::vector<float> x = draw(4, random, -87, 88);
    std::vector<float> y = x;
    exponential(y.data(), 4);
    for (int lane = 0; lane < 4; ++lane) worst = std::max(worst, ulps(y[lane], std::exp(static_cast<double>(x[lane]))));
  }
  CHECK(worst < 2);
  CHECK(worst_ulps(Activation::Sigmoid, -80, 80, [](double x) { return 1 / (1 + std::exp(-x)); }) < 4);
  CHECK(worst_ulps(Activation::Tanh, -12, 12, [](double x) { return std::tanh(x); }) < 6);
  CHECK(worst_ulps(Activation::Tanh, -1e-3, 1e-3, [](double x) { return std::tanh(x); }) < 6);
}

TEST_CASE("functions keep to their limits, and NaN stays NaN", "[kernels]") {
  constexpr float inf = std::numeric_limits<float>::infinity();
  const float nan = std::nanf("");
  std::vector<float> y{-inf, inf, nan, 0};
  exponential(y.data(), 4);
  CHECK((y[0] == 0 && y[1] == inf && std::isnan(y[2]) && y[3] == 1));
  for (const Activation activation : {Activation::Relu, Activation::Sigmoid, Activation::Tanh}) {
    y = {-inf, inf, nan, -200};
    activate(activation, y.data(), 4);
    CHECK(y[0] == (activation == Activation::Tanh ? -1 : 0));
    CHECK(y[1] == (activation == Activation::Relu ? inf : 1));
    CHECK(std::isnan(y[2]));
  }
}

TEST_CASE("softmax with loss, and its gradient, for widths in and off the lanes", "[kernels]") {
  Random random(7);
  for (const std::size_t classes : {1U, 3U, 4U, 10U}) {
    const std::size_t rows = 40;
    const std::size_t row = padded(classes);
    const auto x = draw(rows * row, random, -30, 30);
    std::vector<std::int32_t> labels(rows);
    for (std::int32_t& label : labels)
      label = static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(classes)));
    const Scores scores{.rows = rows, .classes = classes, .row = row, .x = x.data()};
    std::vector<float> dx(x.size(), 7);
    std::vector<float> y(x.size(), 7);
    const double loss = softmax_loss(scores, labels.data(), dx.data());
    CHECK(std::abs(softmax_loss(scores, labels.data(), nullptr) - loss) < 1e-5);
    softmax(scores, y.data());
    double expected = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      double sum = 0;
      const auto at = [&](std::size_t c) { return static_cast<double>(x[r * row + c]); };
      for (std::size_t c = 0; c < classes; ++c) sum += std::exp(at(c));
      const auto label = static_cast<std::size_t>(labels[r]);
      expected += std::log(sum) - at(label);
      for (std::size_t c = 0; c < row; ++c) {
        const double share = c < classes ? std::exp(at(c)) / sum : 0;
        REQUIRE(std::abs(static_cast<double>(y[r * row + c]) - share) < 1e-6);
        REQUIRE(std::abs(static_cast<double>(dx[r * row + c]) - (share - (c == label ? 1 : 0)) / rows) < 1e-7);
      }
    }
    CHECK(std::abs(loss - expected / rows) < 1e-5);
  }
}

TEST_CASE("squared loss looks past the padding", "[kernels]") {
  const std::vector<float> x{1, 2, 3, 9, 4, 5, 6, 9};
  const std::vector<float> t{0, 0, 0, 0, 4, 4, 4, 0};
  std::vector<float> dx(8, 7);
  const Scores scores{.rows = 2, .classes = 3, .row = 4, .x = x.data()};
  CHECK(std::abs(squared_loss(scores, t.data(), dx.data()) - 19.0 / 6) < 1e-6);
  CHECK(dx[3] == 0);
  CHECK(std::abs(dx[2] - 1.0F) < 1e-6F);
  CHECK(std::abs(dx[5] - 1.0F / 3) < 1e-6F);
}

TEST_CASE("logistic loss is sigmoid and cross-entropy, at any size of score", "[kernels]") {
  const float infinite = std::numeric_limits<float>::infinity();
  const std::vector<float> x{0.5F, -2, 9, 9, infinite, -200, -infinite, 9};
  const std::vector<float> t{1, 0.25F, 0, 0, 1, 0, 0, 0};
  std::vector<float> dx(8, 7);
  const Scores scores{.rows = 2, .classes = 3, .row = 4, .x = x.data()};
  const auto sigmoid = [](double v) { return 1 / (1 + std::exp(-v)); };
  double expected = 0;
  for (std::size_t c = 0; c < 3; ++c) {
    const double y = sigmoid(static_cast<double>(x[c]));
    expected -= static_cast<double>(t[c]) * std::log(y) + (1 - static_cast<double>(t[c])) * std::log(1 - y);
  }
  CHECK(std::abs(logistic_loss(scores, t.data(), dx.data()) - expected / 6) < 1e-6);  // the second row is right: 0
  for (std::size_t c = 0; c < 3; ++c) {
    const double gradient = (sigmoid(static_cast<double>(x[c])) - static_cast<double>(t[c])) / 6;
    CHECK(std::abs(static_cast<double>(dx[c]) - gradient) < 1e-6);
    CHECK(std::abs(dx[4 + c]) < 1e-30F);
  }
  CHECK(dx[3] == 0);
  CHECK(dx[7] == 0);
  CHECK(logistic_loss(scores, t.data(), nullptr) == logistic_loss(scores, t.data(), dx.data()));
}

TEST_CASE("bytes become fractions as division rounds them, whatever their number", "[kernels]") {
  std::vector<std::uint8_t> bytes(256);
  for (std::size_t i = 0; i < 256; ++i) bytes[i] = static_cast<std::uint8_t>(i);
  for (const std::size_t count : {0U, 1U, 15U, 16U, 17U, 256U}) {
    std::vector<float> to(257, 7);
    fractions(bytes.data(), count, to.data());
    for (std::size_t i = 0; i < count; ++i) REQUIRE(to[i] == static_cast<float>(i) / 255.0F);
    REQUIRE(to[count] == 7);
  }
}

TEST_CASE("a list of what is not zero multiplies like the whole row", "[kernels]") {
  Random random(8);
  for (const std::size_t n : {4U, 12U, 52U, 64U}) {
    const std::size_t rows = 5;
    const std::size_t k = 70;  // not a multiple of 8
    std::vector<float> values(256);
    for (std::size_t i = 0; i < 256; ++i) values[i] = static_cast<float>(i) / 255;
    std::vector<std::uint8_t> bytes(rows * k);
    for (std::uint8_t& each : bytes) each = static_cast<std::uint8_t>(random.uniform() < 0.7 ? 0 : random.below(256));
    std::vector<float> numbers(bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) numbers[i] = values[bytes[i]];
    std::vector<Entry> entries(rows * k + kSpareEntries);
    std::vector<Entry> same(rows * k + kSpareEntries);
    std::vector<std::uint32_t> starts{0};
    const std::size_t blocks = 2;
    for (std::size_t r = 0; r < rows; ++r) {
      for (const std::size_t first : {std::size_t{0}, std::size_t{40}}) {
        const std::size_t last = first == 0 ? 40 : k;
        const std::size_t at = starts.back();
        const std::size_t count = sparse_row(bytes.data() + r * k, first, last, n, entries.data() + at);
        CHECK(sparse_row(numbers.data() + r * k, first, last, n, same.data() + at) == count);
        starts.push_back(static_cast<std::uint32_t>(at + count));
      }
    }
    for (std::size_t e = 0; e < starts.back(); ++e) {
      REQUIRE((entries[e].offset == same[e].offset && entries[e].value == same[e].value && entries[e].value != 0));
    }
    const auto w = draw(k * n, random);
    const auto bias = draw(n, random);
    const auto dy = draw(rows * n, random);
    auto c = draw(k * n, random);
    const auto before = c;
    std::vector<float> y(rows * n);
    const SparseRows list{.rows = rows, .blocks = blocks, .entries = entries.data(), .starts = starts.data()};
    sparse_product(list, w.data(), bias.data(), n, y.data());
    sparse_gradient(list, dy.data(), n, c.data());
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t r = 0; r < rows; ++r) {
        double sum = static_cast<double>(bias[j]);
        for (std::size_t p = 0; p < k; ++p)
          sum += static_cast<double>(numbers[r * k + p]) * static_cast<double>(w[p * n + j]);
        REQUIRE(std::abs(static_cast<double>(y[r * n + j]) - sum) < 1e-5);
      }
      for (std::size_t p = 0; p < k; ++p) {
        double sum = static_cast<double>(before[p * n + j]);
        for (std::size_t r = 0; r < rows; ++r)
          sum += static_cast<double>(numbers[r * k + p]) * static_cast<double>(dy[r * n + j]);
        REQUIRE(std::abs(static_cast<double>(c[p * n + j]) - sum) < 1e-5);
      }
    }
  }
}
