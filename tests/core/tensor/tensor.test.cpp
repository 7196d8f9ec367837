#include "backprop/tensor.h"

#include "support/build.h"
#include "support/matchers.h"

#include <limits>

using namespace backprop;
using namespace backprop::test;

TEST_CASE("shapes broadcast as in NumPy", "[tensor]") {
  CHECK(broadcast(Shape{}, Shape{2, 3}) == Shape{2, 3});
  CHECK(broadcast(Shape{3}, Shape{2, 1}) == Shape{2, 3});
  CHECK(broadcast(Shape{4, 1, 3}, Shape{2, 1}) == Shape{4, 2, 3});
  CHECK(broadcast(Shape{0, 3}, Shape{1, 3}) == Shape{0, 3});
  refused(ErrorCode::ShapeMismatch, {"[2, 3]", "[2]"}, [] { (void)broadcast(Shape{2, 3}, Shape{2}); });
}

TEST_CASE("a gradient is summed back to the shape that was broadcast", "[tensor]") {
  const auto grad = matrix(2, 3, {1, 2, 3, 4, 5, 6});
  CHECK(sum_to(grad, Shape{})[0] == 21);
  const auto columns = sum_to(grad, Shape{3});
  check_near({columns[0], columns[1], columns[2]}, {5, 7, 9});
  const auto rows = sum_to(grad, Shape{2, 1});
  check_near({rows[0], rows[1]}, {6, 15});
  refused(ErrorCode::ShapeMismatch, {"[2, 3]", "[4]"}, [&] { (void)sum_to(grad, Shape{4}); });
}

TEST_CASE("hostile shapes are refused before memory is asked for", "[tensor][refusal]") {
  const auto huge = std::numeric_limits<std::int64_t>::max();
  refused(ErrorCode::TooLarge, {"elements"}, [&] { (void)Shape{huge, huge}; });
  refused(ErrorCode::TooLarge, {"elements"}, [&] { (void)Shape{1 << 14, 1 << 14, 1 << 14}; });
  refused(ErrorCode::ShapeMismatch, {"-1"}, [] { (void)Shape{-1}; });
  refused(ErrorCode::ShapeMismatch, {"4 axes", "5"}, [] { (void)Shape{1, 1, 1, 1, 1}; });
  refused(ErrorCode::ShapeMismatch, {"[2]", "3"}, [] { (void)vector({1, 2, 3}).reshaped(Shape{2}); });
}

TEST_CASE("a scalar has rank 0 and one element", "[tensor]") {
  const auto scalar = Tensor::scalar(3);
  CHECK(scalar.shape().rank() == 0);
  CHECK(scalar.size() == 1);
  CHECK(scalar.shape().text() == "[]");
  CHECK((Shape{784, 50}.text()) == "[784, 50]");
}
