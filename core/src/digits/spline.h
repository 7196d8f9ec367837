#pragma once

#include "backprop/digits.h"

#include <span>
#include <string_view>

namespace backprop::digits {

/// Knots to smooth strokes: a uniform Catmull-Rom spline through every knot, split into separate curves at corners.
///   path  one character for each knot, as in Allograph
Strokes spline(std::span<const Point> knots, std::string_view path);

}  // namespace backprop::digits
