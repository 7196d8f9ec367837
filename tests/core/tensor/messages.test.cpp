#include "backprop/error.h"
#include "backprop/shape.h"

#include "text/number.h"

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>

#include <catch2/catch_test_macros.hpp>

namespace backprop {

TEST_CASE("a message is its pieces one after another", "[error]") {
  const std::string word = "wanted";
  CHECK(message({"X is ", Shape{2, 3}, ", ", word, " ", std::string_view("rank"), " ", 4, "; not ", 0.1, "."}) ==
        "X is [2, 3], wanted rank 4; not 0.1.");
  CHECK(message({Shape{}, std::int64_t{-7}, std::size_t{7}}) == "[]-77");
  CHECK(message({}).empty());
}

TEST_CASE("refuse throws an Error with its code and nodes", "[error]") {
  try {
    refuse(ErrorCode::WrongArity, {"add \"", "z", "\": one input"}, {"z", "x"});
    FAIL("refuse came back");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::WrongArity);
    CHECK(std::string_view(error.what()) == "add \"z\": one input");
    CHECK(error.nodes() == std::vector<std::string>{"z", "x"});
  }
}

TEST_CASE("a number's text has the fewest digits that read back", "[text]") {
  CHECK(number_text(1.1) == "1.1");
  CHECK(number_text(-0.5) == "-0.5");
  CHECK(number_text(650) == "650");
  CHECK(number_text(0.1 + 0.2) == "0.30000000000000004");
  CHECK(std::strtod(number_text(std::numeric_limits<double>::denorm_min()).c_str(), nullptr) ==
        std::numeric_limits<double>::denorm_min());
  CHECK(std::strtod(number_text(std::numeric_limits<double>::max()).c_str(), nullptr) ==
        std::numeric_limits<double>::max());
  CHECK(number_text(std::numeric_limits<double>::infinity()) == "inf");
  CHECK(number_text(-std::numeric_limits<double>::infinity()) == "-inf");
  CHECK(number_text(std::numeric_limits<double>::quiet_NaN()) == "nan");
}

}  // namespace backprop
