#include "digits/portable_math.h"

#include <cmath>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

namespace backprop::test {

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("the generator's own exp, sin and cos agree with the C library's", "[digits][portable]") {
  for (int i = -400; i <= 400; ++i) {
    const float x = static_cast<float>(i) / 50;
    CAPTURE(x);
    CHECK_THAT(digits::portable_exp(x), WithinRel(std::exp(x), 2e-6F));
    CHECK_THAT(digits::portable_sin(x), WithinAbs(std::sin(static_cast<double>(x)), 2e-6));
    CHECK_THAT(digits::portable_cos(x), WithinAbs(std::cos(static_cast<double>(x)), 2e-6));
  }
  CHECK(digits::portable_exp(0) == 1.0F);
  CHECK(digits::portable_sin(0) == 0.0F);
  CHECK(digits::portable_cos(0) == 1.0F);
}

}  // namespace backprop::test
