#pragma once

#include "backprop/digits.h"

#include <array>
#include <cstdint>

namespace backprop::digits {

struct Normalised {
  std::array<std::uint8_t, kDigitPixels> pixels{};
  Placement placement;
};

/// The one way from strokes to an image, for drawings and for the generator alike; see rasterize in digits.h. The
/// points must be finite.
Normalised normalise(const Strokes& strokes, float pen_radius, float edge_ramp, float dot_below);

}  // namespace backprop::digits
