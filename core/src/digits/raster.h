#pragma once

#include "backprop/digits.h"

#include <array>
#include <cstdint>

namespace backprop::digits {

/// Side of the box that MNIST fits a digit into, in pixels.
inline constexpr int kBoxSide = 20;

/// Pen of drawn digits, in pixels of the box: the middle of the range in which networks read strangers' strokes best.
inline constexpr float kPenRadius = 1.2F;
inline constexpr float kEdgeRamp = 1.2F;

/// Intensities 0 to 255 of the 20 × 20 box.
using Box = std::array<std::uint8_t, std::size_t{kBoxSide} * kBoxSide>;

/// Polylines drawn with a round pen, in pixels of the box; what lies outside the box is cut off. A pixel is dark by
/// its centre's depth under the edge of the ink: from 0 to full over `edge_ramp` pixels.
///   source  signed distance to a union of capsules
Box raster(const Strokes& strokes, float pen_radius, float edge_ramp);

}  // namespace backprop::digits
