/// Pooling and the way back of windows, on images with the channels of a pixel beside each other.
#include "backprop/random.h"

#include "kernels/image.h"
#include "kernels/pool.h"
#include "kernels/vector.h"

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
