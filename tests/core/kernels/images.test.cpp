/// Pooling and the way back of windows, on images with the channels of a pixel beside each other.
#include "backprop/random.h"

#include "kernels/image.h"
#include "kernels/pool.h"
#include "kernels/vector.h"
#include "kernels/winners.h"

#include <cmath>
#include <limits>
#include <vector>

#include <catch2/catch_test_macros.hpp>

using namespace backprop;
using namespace backprop::kernels;

TEST_CASE("max pooling finds the first largest number of every window, and sends the gradient there", "[kernels]") {
  Random random(1);
  for (const std::size_t channels : {1U, 3U, 4U, 6U}) {
    for (const std::size_t pad : {0U, 1U}) {
      for (const std::size_t stride : {1U, 2U, 3U}) {
        INFO(channels << " channels, pad " << pad << ", stride " << stride);
        Pooling p{.height = 5,
                  .width = 6,
                  .out_height = 0,
                  .out_width = 0,
                  .size = 2,
                  .stride = stride,
                  .pad = pad,
                  .channels = channels,
                  .x_pixel = padded(channels),
                  .y_pixel = channels};
        p.out_height = (p.height + 2 * pad - p.size) / stride + 1;
        p.out_width = (p.width + 2 * pad - p.size) / stride + 1;
        const std::size_t results = p.out_height * p.out_width;
        std::vector<float> x(p.height * p.width * p.x_pixel + 4);
        for (float& each : x) each = static_cast<float>(random.below(4)) - 2;  // many equal ones
        std::vector<float> dy(results * channels + 4);
        for (float& each : dy) each = static_cast<float>(random.below(9)) - 4;
        std::vector<float> y(dy.size());
        std::vector<float> dx(x.size());
        std::vector<std::int32_t> winners(results * padded(channels));
        max_pool(p, x.data(), y.data(), winners.data());
        max_pool_back(p, dy.data(), winners.data(), dx.data());
        std::vector<float> expected(x.size());
        for (std::size_t oy = 0; oy < p.out_height; ++oy) {
          for (std::size_t ox = 0; ox < p.out_width; ++ox) {
            for (std::size_t c = 0; c < channels; ++c) {
              float best = -std::numeric_limits<float>::infinity();
              std::size_t winner = 0;
              for (std::size_t at_y = oy * stride; at_y < oy * stride + 2; ++at_y) {
                for (std::size_t at_x = ox * stride; at_x < ox * stride + 2; ++at_x) {
                  if (at_y < pad || at_x < pad || at_y >= p.height + pad || at_x >= p.width + pad) continue;
                  const std::size_t at = ((at_y - pad) * p.width + at_x - pad) * p.x_pixel + c;
                  if (x[at] > best) {
                    best = x[at];
                    winner = at;
                  }
                }
              }
              const std::size_t result = (oy * p.out_width + ox) * channels + c;
              REQUIRE(y[result] == best);
              expected[winner] += dy[result];
            }
          }
        }
        for (std::size_t i = 0; i < p.height * p.width * p.x_pixel; ++i) REQUIRE(dx[i] == expected[i]);
      }
    }
  }
}

TEST_CASE("NaN wins a window", "[kernels]") {
  const Pooling p{.height = 2,
                  .width = 2,
                  .out_height = 1,
                  .out_width = 1,
                  .size = 2,
                  .stride = 2,
                  .pad = 0,
                  .channels = 1,
                  .x_pixel = 1,
                  .y_pixel = 1};
  const std::vector<float> x{3, std::nanf(""), 5, 1, 0, 0, 0};
  std::vector<float> y(4);
  std::vector<std::int32_t> winners(4);
  max_pool(p, x.data(), y.data(), winners.data());
  CHECK(std::isnan(y[0]));
  CHECK(winners[0] == 1);
}

TEST_CASE("gradients of windows add up where the windows overlap", "[kernels]") {
  for (const std::size_t pixel : {2U, 3U}) {  // pixels that touch, and pixels with a gap
    // Windows of 2 × 2 pixels of 2 channels, 1 apart, over a row of 3 pixels.
    const Windows w{.count = 2,
                    .step = pixel,
                    .rows = 2,
                    .pixels = 2,
                    .channels = 2,
                    .pixel = pixel,
                    .image_row = 3 * pixel,
                    .gradient_window = 8};
    std::vector<float> gradients(16, 1);
    gradients[8] = 10;
    std::vector<float> image(6 * pixel);
    add_windows(w, gradients.data(), image.data());
    CHECK(image[0] == 1);
    CHECK(image[pixel] == 11);
    CHECK(image[pixel + 1] == 2);
    CHECK(image[2 * pixel] == 1);
    CHECK(image[4 * pixel] == 2);
    if (pixel == 3) CHECK(image[2] == 0);
  }
}

TEST_CASE("vectors cover a window row by row, and every tap has its lane", "[kernels]") {
  // 3 × 5 taps of an image 9 floats wide: two vectors a row.
  std::vector<std::uint32_t> taps;
  for (const std::uint32_t row : {0U, 9U, 18U}) {
    for (std::uint32_t x = 0; x < 5; ++x) taps.push_back(row + x);
  }
  const WindowCover cover = cover_window(taps);
  REQUIRE(cover.lanes.size() == taps.size());
  CHECK(cover.pieces.size() % 5 == 0);
  for (std::size_t t = 0; t < taps.size(); ++t) {
    CHECK(cover.pieces[cover.lanes[t] / kLanes] + cover.lanes[t] % kLanes == taps[t]);
  }
}

TEST_CASE("filters receive from the pool's winners what they would from all windows", "[kernels]") {
  // A 6 × 7 image of one channel, 3 filters of 2 × 3, a pool of 2 × 2: 5 × 5 results, 2 × 2 pooled.
  Random random(8);
  std::vector<float> image(6 * 7 + 4);
  for (float& each : image) each = static_cast<float>(random.uniform(-1, 1));
  const std::vector<std::uint32_t> taps{0, 1, 2, 7, 8, 9};
  const std::vector<std::uint32_t> starts{0, 1, 7, 8, 2, 3, 9, 10, 14, 15, 21, 22, 16, 17, 23, 24};
  std::vector<std::int32_t> winners(4 * 4);
  for (std::int32_t& each : winners) each = static_cast<std::int32_t>(random.below(4));
  std::vector<float> dy(4 * 3);
  for (float& each : dy) each = static_cast<float>(random.below(5)) - 2;  // some of them 0
  const WindowCover cover = cover_window(taps);
  const PooledImage pooled{.image = image.data(),
                           .pixels = 4,
                           .dy = dy.data(),
                           .dy_pixel = 3,
                           .winners = winners.data(),
                           .winners_pixel = 4,
                           .starts = starts.data(),
                           .positions = 4};
  std::vector<Moved> moved(5);
  std::vector<float> sums(cover.pieces.size() * kLanes);
  for (std::size_t filter = 0; filter < 3; ++filter) {
    const float total = filter_gradient(pooled, filter, cover, moved.data(), sums.data());
    std::vector<double> expected(taps.size());
    double upstreams = 0;
    for (std::size_t pixel = 0; pixel < 4; ++pixel) {
      const auto upstream = static_cast<double>(dy[pixel * 3 + filter]);
      const std::size_t window = starts[pixel * 4 + static_cast<std::size_t>(winners[pixel * 4 + filter])];
      for (std::size_t t = 0; t < taps.size(); ++t) {
        expected[t] += upstream * static_cast<double>(image[window + taps[t]]);
      }
      upstreams += upstream;
    }
    CHECK(std::abs(static_cast<double>(total) - upstreams) < 1e-6);
    for (std::size_t t = 0; t < taps.size(); ++t) {
      CHECK(std::abs(static_cast<double>(sums[cover.lanes[t]]) - expected[t]) < 1e-5);
    }
  }
}
