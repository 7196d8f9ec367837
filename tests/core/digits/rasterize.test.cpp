#include "backprop/digits.h"

#include "digits/image_facts.h"
#include "support/matchers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

namespace backprop::test {
namespace {

using Catch::Matchers::WithinAbs;

const Strokes kSeven = {{{10, 10}, {60, 12}, {30, 90}}, {{20, 50}, {50, 48}}};

Strokes moved(Strokes strokes, float factor, float dx, float dy) {
  for (Stroke& stroke : strokes) {
    for (Point& p : stroke) p = {p.x * factor + dx, p.y * factor + dy};
  }
  return strokes;
}

ImageFacts facts(const DigitImage& image) {
  return facts_of(image, [](float v) { return v; });
}

}  // namespace

TEST_CASE("a drawing fills exactly 20 pixels along its longer side", "[digits][rasterize]") {
  CHECK(facts(rasterize(kSeven)).height() == 20);
  const ImageFacts flat = facts(rasterize({{{0, 0}, {300, 40}}}));
  CHECK(flat.width() == 20);
  CHECK(flat.height() < 7);
}

TEST_CASE("a drawing's centre of mass lands on pixel 14, up to half a pixel", "[digits][rasterize]") {
  const ImageFacts f = facts(rasterize(kSeven));
  CHECK_THAT(f.mean_x, WithinAbs(14.0, 0.5));
  CHECK_THAT(f.mean_y, WithinAbs(14.0, 0.5));
}

TEST_CASE("where and how large a digit was drawn does not matter", "[digits][rasterize]") {
  const DigitImage image = rasterize(kSeven);
  CHECK(rasterize(moved(kSeven, 1, 256, -512)) == image);
  CHECK(rasterize(moved(kSeven, 8, 0, 0)) == image);
  CHECK(rasterize(moved(kSeven, 0.125F, 4, 2)) == image);
}

TEST_CASE("its aspect and its direction do matter", "[digits][rasterize]") {
  Strokes mirrored = kSeven;
  for (Stroke& stroke : mirrored) {
    for (Point& p : stroke) p.x = -p.x;
  }
  CHECK(rasterize(mirrored) != rasterize(kSeven));
  CHECK(facts(rasterize({{{0, 0}, {20, 0}, {20, 60}}})).width() < 12);
}

TEST_CASE("the pen is as wide on a large drawing as on a small one, and soft at its edge", "[digits][rasterize]") {
  // A bar from top to bottom, 2.4 pixels wide: columns of 1, 1 and the rest, the same in every row of its middle.
  const DigitImage image = rasterize({{{0, 0}, {0, 1000}}});
  float across = 0;
  bool grey = false;
  for (std::size_t x = 0; x < kDigitSide; ++x) {
    const float v = image[14 * kDigitSide + x];
    across += v;
    grey = grey || (v > 0.1F && v < 0.9F);
  }
  CHECK_THAT(across, WithinAbs(2.4, 0.15));
  CHECK(grey);
}

TEST_CASE("ink is 1, paper 0, and every value one of 256", "[digits][rasterize]") {
  const DigitImage image = rasterize(kSeven);
  CHECK(image.front() == 0.0F);
  CHECK(*std::max_element(image.begin(), image.end()) == 1.0F);
  for (const float v : image) CHECK_THAT(v * 255, WithinAbs(std::round(v * 255), 1e-4));
}

TEST_CASE("no stroke at all is blank paper", "[digits][rasterize]") {
  CHECK(rasterize({}) == DigitImage{});
  CHECK(rasterize({{}, {}}) == DigitImage{});
}

TEST_CASE("a tap is a dot in the middle, not a blown-up scribble", "[digits][rasterize]") {
  const DigitImage dot = rasterize({{{120, 80}}});
  const ImageFacts f = facts(dot);
  CHECK(f.width() <= 4);
  CHECK(f.height() <= 4);
  CHECK(dot[14 * kDigitSide + 14] == 1.0F);

  CHECK(rasterize({{{120, 80}, {120, 80}, {120, 80}}}) == dot);
  const Strokes shaky = {{{120, 80}, {122, 81}, {121, 79}}};
  CHECK(rasterize(shaky, 10) == dot);
  CHECK(facts(rasterize(shaky)).width() == 20);  // without a limit it is a drawing like any other
}

TEST_CASE("the placement leads from pixels back to the drawing", "[digits][rasterize]") {
  // The bar from (40, 10) to (40, 90): its image's ink must lie where the bar is.
  const Rasterized bar = rasterize_with_placement({{{40, 10}, {40, 90}}});
  const ImageFacts f = facts(bar.pixels);
  const Placement p = bar.placement;
  CHECK_THAT(p.x + (f.mean_x + 0.5) * p.size, WithinAbs(40, 0.5 * static_cast<double>(p.size)));
  CHECK_THAT(p.y + (f.mean_y + 0.5) * p.size, WithinAbs(50, 0.5 * static_cast<double>(p.size)));
  CHECK_THAT(p.size, WithinAbs(80 / 17.6, 1e-4));  // 20 pixels less the pen's 2.4 hold the bar's 80 units
  CHECK(rasterize({{{40, 10}, {40, 90}}}) == bar.pixels);
}

TEST_CASE("the largest coordinates are drawn like any others", "[digits][rasterize]") {
  const float far = std::numeric_limits<float>::max();
  CHECK(facts(rasterize({{{-far, -far}, {far, far}}})).width() == 20);
}

TEST_CASE("drawings that make no sense are refused", "[digits][rasterize][refusal]") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinite = std::numeric_limits<float>::infinity();
  refused(ErrorCode::InvalidValue, {"point 1 of stroke 0", "finite"}, [&] { rasterize({{{0, 0}, {nan, 1}}}); });
  refused(ErrorCode::InvalidValue, {"point 0 of stroke 1"}, [&] { rasterize({{{0, 0}}, {{1, -infinite}}}); });
  refused(ErrorCode::InvalidValue, {"dot_below"}, [&] { rasterize(kSeven, nan); });
  refused(ErrorCode::InvalidValue, {"dot_below"}, [&] { rasterize(kSeven, -1); });
  refused(ErrorCode::TooLarge, {"100001", "100000"}, [] { rasterize({Stroke(kMaxDrawingPoints + 1)}); });
}

}  // namespace backprop::test
