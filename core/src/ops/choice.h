#pragma once

#include <cmath>

namespace backprop {

/// z = x or y, element by element: what maximum and minimum share. `Order::before(x, y)` says whether x wins, also
/// where both are equal; a NaN wins over any number. The winner takes the whole gradient.
template <class Order>
struct Choice {
  static bool takes_x(double x, double y) { return Order::before(x, y) || std::isnan(x); }
  static double value(double x, double y) { return takes_x(x, y) ? x : y; }
  static double local_x(double x, double y, double) { return static_cast<double>(takes_x(x, y)); }
  static double local_y(double x, double y, double) { return static_cast<double>(!takes_x(x, y)); }
};

}  // namespace backprop
