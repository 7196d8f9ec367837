#include "backprop/digits.h"
#include "backprop/error.h"

#include "normalise.h"
#include "raster.h"

#include <cmath>
#include <string>

namespace backprop {
namespace {

void check_drawing(const Strokes& strokes, float dot_below) {
  if (!std::isfinite(dot_below) || dot_below < 0) {
    throw Error(ErrorCode::InvalidValue, "rasterize: dot_below is " + std::to_string(dot_below) +
                                             "; give a length of 0 or more in the drawing's unit.");
  }
  std::size_t total = 0;
  for (std::size_t s = 0; s < strokes.size(); ++s) {
    total += strokes[s].size();
    for (std::size_t i = 0; i < strokes[s].size(); ++i) {
      const Point p = strokes[s][i];
      if (std::isfinite(p.x) && std::isfinite(p.y)) continue;
      throw Error(ErrorCode::InvalidValue, "rasterize: point " + std::to_string(i) + " of stroke " + std::to_string(s) +
                                               " is (" + std::to_string(p.x) + ", " + std::to_string(p.y) +
                                               "); coordinates must be finite. Leave such points out.");
    }
  }
  if (total > kMaxDrawingPoints) {
    throw Error(ErrorCode::TooLarge, "rasterize: the drawing has " + std::to_string(total) + " points; at most " +
                                         std::to_string(kMaxDrawingPoints) + " are taken. Thin the strokes out.");
  }
}

}  // namespace

Rasterized rasterize_with_placement(const Strokes& strokes, float dot_below) {
  check_drawing(strokes, dot_below);
  const digits::Normalised image = digits::normalise(strokes, digits::kPenRadius, digits::kEdgeRamp, dot_below);
  Rasterized result;
  for (std::size_t i = 0; i < kDigitPixels; ++i) result.pixels[i] = static_cast<float>(image.pixels[i]) / 255;
  result.placement = image.placement;
  return result;
}

DigitImage rasterize(const Strokes& strokes, float dot_below) {
  return rasterize_with_placement(strokes, dot_below).pixels;
}

}  // namespace backprop
