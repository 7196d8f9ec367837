#include "raster.h"

#include <algorithm>
#include <cmath>

namespace backprop::digits {
namespace {

/// Squared distance from each pixel centre to the nearest ink, up to the largest distance that matters.
using Field = std::array<float, kBoxSide * kBoxSide>;

/// Lower `field` to the squared distances to the segment a–b. Whole rows, so that the inner loop has a fixed length
/// and becomes SIMD; rows out of reach are left alone.
void stamp_segment(Field& field, Point a, Point b, float reach) {
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  const float length2 = dx * dx + dy * dy;
  const float inverse = length2 > 0 ? 1 / length2 : 0.0F;
  const float top = std::clamp(std::min(a.y, b.y) - reach, 0.0F, static_cast<float>(kBoxSide));
  const float bottom = std::clamp(std::max(a.y, b.y) + reach, 0.0F, static_cast<float>(kBoxSide));
  for (int row = static_cast<int>(top); row < static_cast<int>(std::ceil(bottom)); ++row) {
    float* line = &field[static_cast<std::size_t>(row) * kBoxSide];
    const float py = static_cast<float>(row) + 0.5F - a.y;
    for (int column = 0; column < kBoxSide; ++column) {
      const float px = static_cast<float>(column) + 0.5F - a.x;
      float t = (px * dx + py * dy) * inverse;
      t = t < 0 ? 0.0F : t;
      t = t > 1 ? 1.0F : t;
      const float ex = px - t * dx;
      const float ey = py - t * dy;
      const float d2 = ex * ex + ey * ey;
      line[column] = d2 < line[column] ? d2 : line[column];
    }
  }
}

}  // namespace

Box raster(const Strokes& strokes, float pen_radius, float edge_ramp) {
  const float reach = pen_radius + edge_ramp / 2;
  Field field;
  field.fill(reach * reach);
  for (const Stroke& stroke : strokes) {
    if (stroke.size() == 1) stamp_segment(field, stroke[0], stroke[0], reach);
    for (std::size_t i = 1; i < stroke.size(); ++i) stamp_segment(field, stroke[i - 1], stroke[i], reach);
  }
  Box box;
  for (std::size_t i = 0; i < box.size(); ++i) {
    const float coverage = std::clamp((reach - std::sqrt(field[i])) / edge_ramp, 0.0F, 1.0F);
    box[i] = static_cast<std::uint8_t>(coverage * 255 + 0.5F);
  }
  return box;
}

}  // namespace backprop::digits
