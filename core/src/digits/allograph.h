#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace backprop::digits {

/// One way of writing a digit: the knots of its strokes as a mean and the directions in which they vary together (a
/// linear point distribution model, Cootes & Taylor 1995), so that one knot never moves without its neighbours.
struct Allograph {
  std::string_view name;

  /// Share of its digit's samples, relative to the others of that digit.
  float share;

  /// One character for each knot, in writing order: 'm' starts a stroke, '-' is passed smoothly, 'v' is a corner.
  std::string_view path;

  /// Half the width of the pen in pixels of the 20-pixel box (the median), and the deviation of its logarithm.
  float pen;
  float pen_spread;

  /// Rows of 2 · knots numbers, x y x y …, in tenths of a pixel, y downwards. The first row is the mean, with the
  /// origin in the middle of the box; each further row is what one standard deviation of one mode adds.
  std::span<const std::int8_t> rows;

  std::size_t knots() const { return path.size(); }
  std::size_t modes() const { return rows.size() / (2 * knots()) - 1; }
  std::span<const std::int8_t> mean() const { return rows.first(2 * knots()); }
  std::span<const std::int8_t> mode(std::size_t k) const { return rows.subspan((k + 1) * 2 * knots(), 2 * knots()); }
};

/// All ways of writing one digit. label ≤ 9.
std::span<const Allograph> allographs(std::uint8_t label);

}  // namespace backprop::digits
