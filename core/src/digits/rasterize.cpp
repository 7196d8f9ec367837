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
    refuse(ErrorCode::InvalidValue,
           {"rasterize: dot_below is ", dot_below, "; give a length of 0 or more in the drawing's unit."});
  }
  std::size_t total = 0;
  for (std::size_t s = 0; s < strokes.size(); ++s) {
    total += strokes[s].size();
    for (std::size_t i = 0; i < strokes[s].size(); ++i) {
      const Point p = strokes[s][i];
      if (std::isfinite(p.x) && std::isfinite(p.y)) continue;
      refuse(ErrorCode::InvalidValue, {"rasterize: point ", i, " of stroke ", s, " is (", p.x, ", ", p.y,
                                       "); coordinates must be finite. Leave such points out."});
    }
  }
  if (total > kMaxDrawingPoints) {
    refuse(ErrorCode::TooLarge, {"rasterize: the drawing has ", total, " points; at most ", kMaxDrawingPoints,
                                 " are taken. Thin the strokes out."});
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
