#include "backprop/digits.h"

#include "digits/image_facts.h"
#include "support/matchers.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

namespace backprop::test {
namespace {

using Catch::Matchers::WithinAbs;

constexpr AugmentOptions kNothing{.shift = 0, .rotate = 0, .scale = 0, .shear = 0};

DigitImage seven() { return rasterize({{{0, 0}, {60, 0}, {20, 100}}}); }

/// Balanced, so that 4 pixels of paper are left on every side and small moves lose no ink.
DigitImage cross() { return rasterize({{{0, 50}, {100, 50}}, {{50, 0}, {50, 100}}}); }

DigitImage augmented(const DigitImage& image, const AugmentOptions& options, std::uint64_t seed) {
  DigitImage out;
  out.fill(-1);
  augment(image, out, options, seed);
  return out;
}

ImageFacts facts(const DigitImage& image) {
  return facts_of(image, [](float v) { return v; });
}

}  // namespace

TEST_CASE("with all bounds 0 an image stays as it is", "[digits][augment]") {
  CHECK(augmented(seven(), kNothing, 5) == seven());
}

TEST_CASE("the same seed moves an image the same way", "[digits][augment]") {
  CHECK(augmented(seven(), {}, 5) == augmented(seven(), {}, 5));
  CHECK(augmented(seven(), {}, 5) != augmented(seven(), {}, 6));
}

TEST_CASE("a shift stays in its bounds and uses both sides of them", "[digits][augment]") {
  AugmentOptions options = kNothing;
  options.shift = 2;
  const ImageFacts before = facts(cross());
  double low = 0;
  double high = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const ImageFacts after = facts(augmented(cross(), options, seed));
    const double moved = after.mean_x - before.mean_x;
    low = std::min(low, moved);
    high = std::max(high, moved);
    CHECK_THAT(after.mass, WithinAbs(before.mass, 1e-3));
    CHECK_THAT(after.mean_y, WithinAbs(before.mean_y, 2.001));
  }
  CHECK_THAT(low, WithinAbs(-1.9, 0.101));
  CHECK_THAT(high, WithinAbs(1.9, 0.101));
}

TEST_CASE("scaling changes the amount of ink by the factor's square", "[digits][augment]") {
  AugmentOptions options = kNothing;
  options.scale = 0.1F;
  const double before = facts(cross()).mass;
  double low = before;
  double high = before;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const double after = facts(augmented(cross(), options, seed)).mass;
    low = std::min(low, after);
    high = std::max(high, after);
  }
  CHECK_THAT(low / before, WithinAbs(std::exp(-0.2), 0.02));
  CHECK_THAT(high / before, WithinAbs(std::exp(0.2), 0.02));
}

TEST_CASE("turning and shearing move ink but keep its amount", "[digits][augment]") {
  for (const AugmentOptions& options :
       {AugmentOptions{.shift = 0, .rotate = 0.3F, .scale = 0, .shear = 0}, AugmentOptions{0, 0, 0, 0.3F}}) {
    int changed = 0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      const DigitImage after = augmented(cross(), options, seed);
      CHECK_THAT(facts(after).mass / facts(cross()).mass, WithinAbs(1, 0.02));
      changed += after != cross() ? 1 : 0;
    }
    CHECK(changed == 50);
  }
}

TEST_CASE("no value leaves 0 to 1", "[digits][augment]") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    for (const float v : augmented(seven(), {}, seed)) CHECK((v >= 0 && v <= 1));
  }
}

TEST_CASE("lengths and bounds that make no sense are refused", "[digits][augment][refusal]") {
  DigitImage image = seven();
  std::vector<float> small(783);
  refused(ErrorCode::ShapeMismatch, {"in has 783", "784"}, [&] { augment(small, image, {}, 1); });
  refused(ErrorCode::ShapeMismatch, {"out has 783"}, [&] { augment(image, small, {}, 1); });
  const float nan = std::numeric_limits<float>::quiet_NaN();
  refused(ErrorCode::OutOfRange, {"shift"}, [&] { augmented(image, {.shift = nan}, 1); });
  refused(ErrorCode::OutOfRange, {"rotate"}, [&] { augmented(image, {.rotate = -0.1F}, 1); });
  refused(ErrorCode::OutOfRange, {"scale", "0 to 2"}, [&] { augmented(image, {.scale = 3}, 1); });
  refused(ErrorCode::OutOfRange, {"shear"}, [&] { augmented(image, {.shear = 1e9F}, 1); });
}

}  // namespace backprop::test
