#include "normalise.h"

#include "raster.h"

#include <algorithm>
#include <cmath>

namespace backprop::digits {
namespace {

constexpr int kSide = static_cast<int>(kDigitSide);

/// Pixel index on which MNIST puts a digit's centre of mass (measured: 14.0, not the 13.5 of the image's middle).
constexpr double kMassIndex = 14.0;

struct Bounds {
  double left = 0, top = 0, right = 0, bottom = 0;
  bool empty = true;

  void add(Point p) {
    left = empty ? p.x : std::min<double>(left, p.x);
    right = empty ? p.x : std::max<double>(right, p.x);
    top = empty ? p.y : std::min<double>(top, p.y);
    bottom = empty ? p.y : std::max<double>(bottom, p.y);
    empty = false;
  }
};

Bounds bounds_of(const Strokes& strokes) {
  Bounds bounds;
  for (const Stroke& stroke : strokes) {
    for (const Point p : stroke) bounds.add(p);
  }
  return bounds;
}

/// Ink along one axis of the box: mass by index, and the first and last index that hold any.
struct Profile {
  std::array<int, kBoxSide> mass{};

  /// Whole pixels that bring the centre of mass closest to kMassIndex while no ink leaves the image.
  int shift() const {
    int first = kBoxSide;
    int last = -1;
    double total = 0;
    double moment = 0;
    for (int i = 0; i < kBoxSide; ++i) {
      if (mass[static_cast<std::size_t>(i)] == 0) continue;
      first = std::min(first, i);
      last = i;
      total += mass[static_cast<std::size_t>(i)];
      moment += static_cast<double>(i) * mass[static_cast<std::size_t>(i)];
    }
    if (last < 0) return 0;
    const int wanted = static_cast<int>(std::lround(kMassIndex - moment / total));
    return std::clamp(wanted, -first, kSide - 1 - last);
  }
};

}  // namespace

Normalised normalise(const Strokes& strokes, float pen_radius, float edge_ramp, float dot_below) {
  Normalised result;
  const Bounds bounds = bounds_of(strokes);
  if (bounds.empty) return result;

  // In double: differences of large floats must neither overflow nor lose the drawing.
  const double extent = std::max(bounds.right - bounds.left, bounds.bottom - bounds.top);
  const bool dot = !(extent > 0) || extent < static_cast<double>(dot_below);
  const double room = kBoxSide - 2.0 * static_cast<double>(pen_radius);
  const double unit = dot ? std::max<double>(static_cast<double>(dot_below), 1) : extent;
  const double scale = room / unit;  // pixels for each unit of the drawing
  const double left = dot ? (bounds.left + bounds.right) / 2 : bounds.left;
  const double top = dot ? (bounds.top + bounds.bottom) / 2 : bounds.top;

  Strokes fitted;
  if (dot) {
    fitted.push_back({{pen_radius, pen_radius}});
  } else {
    fitted.reserve(strokes.size());
    for (const Stroke& stroke : strokes) {
      Stroke& copy = fitted.emplace_back();
      copy.reserve(stroke.size());
      for (const Point p : stroke) {
        copy.push_back({static_cast<float>((p.x - left) * scale) + pen_radius,
                        static_cast<float>((p.y - top) * scale) + pen_radius});
      }
    }
  }
  const Box box = raster(fitted, pen_radius, edge_ramp);

  Profile columns;
  Profile rows;
  for (std::size_t i = 0; i < box.size(); ++i) {
    columns.mass[i % kBoxSide] += box[i];
    rows.mass[i / kBoxSide] += box[i];
  }
  const int shift_x = columns.shift();
  const int shift_y = rows.shift();
  for (int i = 0; i < kBoxSide * kBoxSide; ++i) {
    const std::uint8_t ink = box[static_cast<std::size_t>(i)];
    const int x = i % kBoxSide + shift_x;
    const int y = i / kBoxSide + shift_y;
    if (ink != 0) result.pixels[static_cast<std::size_t>(y * kSide + x)] = ink;
  }

  const double size = 1 / scale;
  result.placement = {.x = static_cast<float>(left - (static_cast<double>(pen_radius) + shift_x) * size),
                      .y = static_cast<float>(top - (static_cast<double>(pen_radius) + shift_y) * size),
                      .size = static_cast<float>(size)};
  return result;
}

}  // namespace backprop::digits
