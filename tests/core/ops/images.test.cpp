/// Convolution and pooling: golden numbers worked out by hand, against plain loops, and what they refuse.
#include "backprop/random.h"

#include "support/build.h"
#include "support/matchers.h"

#include <cmath>
#include <limits>

using namespace backprop;
using namespace backprop::test;

namespace {

Tensor images(const Shape& shape, std::vector<double> elements) { return {shape, std::move(elements)}; }

Tensor counted(const Shape& shape) {
  Tensor tensor(shape);
  for (std::size_t i = 0; i < tensor.size(); ++i) tensor[i] = static_cast<double>(i);
  return tensor;
}

/// Y by the definition, with six nested loops.
Tensor convolved(const Tensor& x, const Tensor& w, const Tensor& b, std::int64_t stride, std::int64_t pad) {
  const Shape& in = x.shape();
  const Shape& k = w.shape();
  const std::int64_t oh = (in[2] + 2 * pad - k[2]) / stride + 1;
  const std::int64_t ow = (in[3] + 2 * pad - k[3]) / stride + 1;
  Tensor out(Shape{in[0], k[0], oh, ow});
  std::size_t at = 0;
  for (std::int64_t n = 0; n < in[0]; ++n) {
    for (std::int64_t f = 0; f < k[0]; ++f) {
      for (std::int64_t oy = 0; oy < oh; ++oy) {
        for (std::int64_t ox = 0; ox < ow; ++ox, ++at) {
          out[at] = b[static_cast<std::size_t>(f)];
          for (std::int64_t c = 0; c < k[1]; ++c) {
            for (std::int64_t ky = 0; ky < k[2]; ++ky) {
              for (std::int64_t kx = 0; kx < k[3]; ++kx) {
                const std::int64_t y = oy * stride + ky - pad;
                const std::int64_t column = ox * stride + kx - pad;
                if (y < 0 || y >= in[2] || column < 0 || column >= in[3]) continue;
                out[at] += x[static_cast<std::size_t>(((n * in[1] + c) * in[2] + y) * in[3] + column)] *
                           w[static_cast<std::size_t>(((f * k[1] + c) * k[2] + ky) * k[3] + kx)];
              }
            }
          }
        }
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("chapter 7: a 4 × 4 image under a 3 × 3 filter, with bias, border and stride", "[ops][conv2d][book]") {
  const auto image = images({1, 1, 4, 4}, {1, 2, 3, 0, 0, 1, 2, 3, 3, 0, 1, 2, 2, 3, 0, 1});
  const auto filter = images({1, 1, 3, 3}, {2, 0, 1, 0, 1, 2, 1, 0, 2});
  Run plain(
      {input("X", image), parameter("W", filter), parameter("B", vector({3})), op("Y", "conv2d", {"X", "W", "B"})});
  plain.backward();
  check_near(plain.values("Y"), {18, 19, 9, 18});
  CHECK(plain.grad("B") == 4);
  check_near(plain.grads("W"), {4, 8, 8, 4, 4, 8, 8, 4, 4});

  Run padded({input("X", image), parameter("W", filter), parameter("B", vector({0})),
              op("Y", "conv2d", {"X", "W", "B"}, {{"pad", 1.0}})});
  padded.backward();
  check_near(padded.values("Y"), {7, 12, 10, 2, 4, 15, 16, 10, 10, 6, 15, 6, 8, 10, 4, 3});
}

TEST_CASE("chapter 7: stride 2 on a 7 × 7 image gives 3 × 3", "[ops][conv2d][book]") {
  const auto image = images({1, 1, 7, 7}, {1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1,
                                           2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1});
  Run run({input("X", image), parameter("W", images({1, 1, 3, 3}, {2, 0, 1, 0, 1, 2, 1, 0, 2})),
           parameter("B", vector({0})), op("Y", "conv2d", {"X", "W", "B"}, {{"stride", 2.0}})});
  run.backward();
  check_near(run.values("Y"), {15, 17, 15, 17, 15, 17, 15, 17, 15});
  CHECK(run.graph.node(run.graph.output()).shape == Shape{1, 1, 3, 3});
}

TEST_CASE("a convolution is what its definition says", "[ops][conv2d]") {
  struct Row {
    Shape x, w;
    std::int64_t stride, pad;
  };
  Random random(3);
  for (const Row& row : {Row{{2, 3, 6, 5}, {4, 3, 3, 2}, 1, 0}, Row{{1, 2, 7, 7}, {3, 2, 3, 3}, 2, 1},
                         Row{{3, 1, 4, 4}, {2, 1, 4, 4}, 1, 3}, Row{{1, 1, 1, 9}, {5, 1, 1, 3}, 3, 0}}) {
    Tensor x(row.x);
    Tensor w(row.w);
    Tensor b(Shape{row.w[0]});
    for (Tensor* tensor : {&x, &w, &b}) {
      for (double& each : tensor->elements()) each = random.uniform(-1, 1);
    }
    Run run({input("X", x), parameter("W", w), parameter("B", b),
             op("Y", "conv2d", {"X", "W", "B"},
                {{"stride", static_cast<double>(row.stride)}, {"pad", static_cast<double>(row.pad)}})});
    run.backward();
    const Tensor expected = convolved(x, w, b, row.stride, row.pad);
    CHECK(run.graph.value(run.graph.output()).shape() == expected.shape());
    check_near(run.values("Y"), {expected.elements().begin(), expected.elements().end()});
  }
}

TEST_CASE("chapter 7: max pooling takes the largest of each window and sends its gradient there", "[ops][pool][book]") {
  Run run({input("X", images({1, 1, 4, 4}, {1, 2, 1, 0, 0, 1, 2, 3, 3, 0, 1, 2, 2, 4, 0, 1})),
           op("Y", "max_pool2d", {"X"}, {{"size", 2.0}})});
  run.backward(images({1, 1, 2, 2}, {1, 2, 3, 4}));
  check_near(run.values("Y"), {2, 3, 4, 2});
  check_near(run.grads("X"), {0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 4, 0, 3, 0, 0});
}

TEST_CASE("the first of equal numbers wins a window; windows that overlap add up", "[ops][pool]") {
  Run run({input("X", images({1, 1, 1, 3}, {5, 5, 5})),
           op("Y", "max_pool2d", {"X"}, {{"size", 2.0}, {"stride", 1.0}, {"pad", 1.0}})});
  run.backward();
  CHECK(run.graph.node(run.graph.output()).shape == Shape{1, 1, 2, 4});
  check_near(run.grads("X"), {4, 2, 2});
}

TEST_CASE("the border never wins, and NaN always does", "[ops][pool][edge]") {
  Run negative({input("X", images({1, 1, 2, 2}, {-5, -6, -7, -8})),
                op("Y", "max_pool2d", {"X"}, {{"size", 2.0}, {"pad", 1.0}})});
  negative.backward();
  check_near(negative.values("Y"), {-5, -6, -7, -8});
  Run broken({input("X", images({1, 1, 1, 3}, {1, std::nan(""), std::numeric_limits<double>::infinity()})),
              op("Y", "max_pool2d", {"X"}, {{"size", 1.0}, {"stride", 1.0}})});
  broken.backward();
  CHECK(std::isnan(broken.value("Y", 1)));
  Run pair(
      {input("X", images({1, 1, 2, 2}, {9, std::nan(""), 10, 11})), op("Y", "max_pool2d", {"X"}, {{"size", 2.0}})});
  pair.backward();
  CHECK(std::isnan(pair.value("Y")));
  check_near(pair.grads("X"), {0, 1, 0, 0});
}

TEST_CASE("a batch of no images gives none", "[ops][edge]") {
  Run run({input("X", Tensor(Shape{0, 1, 4, 4})), parameter("W", counted({2, 1, 3, 3})), parameter("B", vector({1, 2})),
           op("Y", "conv2d", {"X", "W", "B"}), op("P", "max_pool2d", {"Y"}, {{"size", 2.0}}), op("F", "flatten", {"P"}),
           op("L", "sum", {"F"})});
  run.backward();
  CHECK(run.value("L") == 0);
  CHECK(run.values("F").empty());
  CHECK(run.grads("W") == std::vector<double>(18, 0.0));
  CHECK(run.graph.node(run.graph.index_of("F")).shape == Shape{0, 2});
}

TEST_CASE("convolution and pooling refuse what does not fit", "[ops][refusal]") {
  const auto refused_conv = [](ErrorCode code, const std::vector<std::string>& words, const Shape& x, const Shape& w,
                               const Shape& b, Attributes attributes = {}) {
    refused(code, words, [&] {
      Run run({input("X", Tensor(x)), parameter("W", Tensor(w)), parameter("B", Tensor(b)),
               op("Y", "conv2d", {"X", "W", "B"}, attributes)});
    });
  };
  refused_conv(ErrorCode::ShapeMismatch, {"[28, 28]", "Reshape"}, {28, 28}, {1, 1, 3, 3}, {1});
  refused_conv(ErrorCode::ShapeMismatch, {"W is [3, 3]"}, {1, 1, 8, 8}, {3, 3}, {1});
  refused_conv(ErrorCode::ShapeMismatch, {"2 channels", "[4, 2, 3, 3]"}, {1, 2, 8, 8}, {4, 1, 3, 3}, {4});
  refused_conv(ErrorCode::ShapeMismatch, {"B is [3]", "[4]"}, {1, 1, 8, 8}, {4, 1, 3, 3}, {3});
  refused_conv(ErrorCode::ShapeMismatch, {"does not fit"}, {1, 1, 2, 8}, {4, 1, 3, 3}, {4});
  refused_conv(ErrorCode::InvalidAttribute, {"\"stride\" is 0", "1"}, {1, 1, 8, 8}, {4, 1, 3, 3}, {4},
               {{"stride", 0.0}});
  refused_conv(ErrorCode::InvalidAttribute, {"\"pad\" is -1"}, {1, 1, 8, 8}, {4, 1, 3, 3}, {4}, {{"pad", -1.0}});
  refused_conv(ErrorCode::TooLarge, {"elements"}, {1, 1, 1200, 1200}, {1, 1, 600, 600}, {1});

  const auto refused_pool = [](ErrorCode code, const std::vector<std::string>& words, const Shape& x,
                               Attributes attributes) {
    refused(code, words, [&] { Run run({input("X", Tensor(x)), op("Y", "max_pool2d", {"X"}, attributes)}); });
  };
  refused_pool(ErrorCode::InvalidAttribute, {"\"size\" is missing"}, {1, 1, 4, 4}, {});
  refused_pool(ErrorCode::ShapeMismatch, {"does not fit"}, {1, 1, 4, 4}, {{"size", 5.0}});
  refused_pool(ErrorCode::InvalidAttribute, {"pad is less than size"}, {1, 1, 4, 4}, {{"size", 2.0}, {"pad", 2.0}});
  refused_pool(ErrorCode::ShapeMismatch, {"[4, 4]"}, {4, 4}, {{"size", 2.0}});
  refused_pool(ErrorCode::ShapeMismatch, {"does not fit"}, {1, 1, 0, 4}, {{"size", 2.0}, {"pad", 1.0}});
}

TEST_CASE("flatten keeps the batch", "[ops]") {
  Run run({input("x", counted({2, 1, 2, 3})), op("y", "flatten", {"x"})});
  run.backward();
  CHECK(run.graph.node(run.graph.output()).shape == Shape{2, 6});
  CHECK(run.graph.grad(run.graph.index_of("x")).shape() == Shape{2, 1, 2, 3});
  refused(ErrorCode::ShapeMismatch, {"scalar"}, [] { Run scalar({input("x", 1), op("y", "flatten", {"x"})}); });
}
