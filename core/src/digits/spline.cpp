#include "spline.h"

#include <array>

namespace backprop::digits {
namespace {

/// Points for each span between two knots; knots are 2 to 6 pixels apart, so the chords are shorter than a pixel.
constexpr int kSteps = 6;

struct Weights {
  std::array<float, 4> of_knot;
};

/// Catmull-Rom basis at t = 1/6 … 6/6.
constexpr std::array<Weights, kSteps> kBasis = [] {
  std::array<Weights, kSteps> basis{};
  for (int i = 0; i < kSteps; ++i) {
    const float t = static_cast<float>(i + 1) / kSteps;
    const float t2 = t * t;
    const float t3 = t2 * t;
    basis[static_cast<std::size_t>(i)] = {
        {(-t + 2 * t2 - t3) / 2, (2 - 5 * t2 + 3 * t3) / 2, (t + 4 * t2 - 3 * t3) / 2, (t3 - t2) / 2}};
  }
  return basis;
}();

Point beyond(Point end, Point inner) { return {2 * end.x - inner.x, 2 * end.y - inner.y}; }

/// One curve without corners, appended to a stroke that already holds its first knot.
void append_curve(Stroke& stroke, std::span<const Point> knots) {
  for (std::size_t i = 0; i + 1 < knots.size(); ++i) {
    const Point b = knots[i];
    const Point c = knots[i + 1];
    const Point a = i > 0 ? knots[i - 1] : beyond(b, c);
    const Point d = i + 2 < knots.size() ? knots[i + 2] : beyond(c, b);
    for (const auto& [w] : kBasis) {
      const float x = w[0] * a.x + w[1] * b.x + w[2] * c.x + w[3] * d.x;
      const float y = w[0] * a.y + w[1] * b.y + w[2] * c.y + w[3] * d.y;
      stroke.push_back({x, y});
    }
  }
}

}  // namespace

Strokes spline(std::span<const Point> knots, std::string_view path) {
  Strokes strokes;
  for (std::size_t begin = 0; begin + 1 < knots.size();) {
    std::size_t end = begin + 1;
    while (end + 1 < knots.size() && path[end] == '-' && path[end + 1] != 'm') ++end;
    if (path[begin] == 'm') {
      strokes.emplace_back().reserve(kSteps * knots.size());
      strokes.back().push_back(knots[begin]);
    }
    append_curve(strokes.back(), knots.subspan(begin, end - begin + 1));
    begin = end + 1 < knots.size() && path[end + 1] == 'm' ? end + 1 : end;
  }
  return strokes;
}

}  // namespace backprop::digits
