#pragma once

#include <cmath>

namespace backprop {

/// z = x or y, element by element: what maximum and minimum share. `Order::before(x, y)` says whether x wins, also
/// where both are equal; a NaN wins over any number. The winner takes the whole gradient.
template <class Order>
struct Choice {
  template <class T>
  static bool takes_x(T x, T y) {
    return Order::before(x, y) || std::isnan(x);
  }
  template <class T>
  static T value(T x, T y) {
    return takes_x(x, y) ? x : y;
  }
  template <class T>
  static T local_x(T x, T y, T) {
    return static_cast<T>(takes_x(x, y));
  }
  template <class T>
  static T local_y(T x, T y, T) {
    return static_cast<T>(!takes_x(x, y));
  }
};

}  // namespace backprop
