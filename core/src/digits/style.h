#pragma once

#include "backprop/digits.h"

#include "allograph.h"
#include "split_mix.h"

namespace backprop::digits {

/// How hands differ beyond the modes of an allograph. Lengths are in pixels of the 20-pixel box, the rest in radians,
/// logarithms or ratios; all are standard deviations unless said otherwise.
struct Style {
  float sloppiness = 0.35F;  ///< of the logarithm of one factor on jitter and warp: some hands are neat, some are not
  float modes = 1.1F;        ///< factor on every mode of the allograph
  float jitter = 0.6F;       ///< each knot, each axis
  float warp = 0.7F;         ///< each of the plane waves that bend the sheet
  float rotate = 0.08F;
  float shear = 0.10F;
  float aspect = 0.12F;  ///< of the logarithm of width : height
  float bold = 0.05F;    ///< probability of a broad pen
  float ramp_min = 0.6F;
  float ramp_max = 1.4F;
};

inline constexpr Style kStyle{};

/// One digit by the given hand: strokes in pixels about the middle of the box, pen and ramp chosen.
WrittenDigit compose(const Allograph& allograph, const Style& style, SplitMix& random);

}  // namespace backprop::digits
