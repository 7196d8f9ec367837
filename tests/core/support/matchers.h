#pragma once

#include "backprop/error.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

namespace backprop::test {

/// Equal up to rounding: relative for large numbers, absolute near 0. (Combining Catch2's matchers with || keeps
/// pointers to temporaries, which a function must not return.)
class Near : public Catch::Matchers::MatcherBase<double> {
 public:
  Near(double expected, double tolerance) : expected_(expected), tolerance_(tolerance) {}
  [[nodiscard]] bool match(const double& actual) const override {
    return std::abs(actual - expected_) <= tolerance_ * std::max({1.0, std::abs(actual), std::abs(expected_)});
  }
  [[nodiscard]] std::string describe() const override {
    return "is " + Catch::Detail::stringify(expected_) + " up to rounding";
  }

 private:
  double expected_;
  double tolerance_;
};

inline Near near(double expected, double tolerance = 1e-12) { return {expected, tolerance}; }

inline void check_near(const std::vector<double>& actual, const std::vector<double>& expected,
                       double tolerance = 1e-12) {
  REQUIRE(actual.size() == expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    INFO("element " << i);
    CHECK_THAT(actual[i], near(expected[i], tolerance));
  }
}

/// Runs `call`, which must throw an Error of this code whose sentence holds every one of `words`.
template <class Call>
Error refused(ErrorCode code, const std::vector<std::string>& words, Call call) {
  try {
    call();
  } catch (const Error& error) {
    INFO(error.message());
    CHECK(to_string(error.code()) == to_string(code));
    for (const std::string& word : words) {
      INFO("wanted: " << word);
      CHECK(error.message().find(word) != std::string::npos);
    }
    return error;
  }
  FAIL("nothing was refused, but " << to_string(code) << " was expected");
  throw Error(code, "unreachable");
}

}  // namespace backprop::test
