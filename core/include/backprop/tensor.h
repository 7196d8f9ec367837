#pragma once

#include "backprop/shape.h"

#include <cstddef>
#include <span>
#include <vector>

namespace backprop {

/// A dense row-major array of rank 0 to 4. `T` is float (training) or double (teaching graphs, gradient checks).
/// It owns its elements and copies like a value.
template <class T>
class Tensor {
 public:
  /// A scalar 0.
  Tensor() : data_(1, T{}) {}
  /// Filled with `fill`.
  explicit Tensor(const Shape& shape, T fill = T{})
      : shape_(shape), data_(static_cast<std::size_t>(shape.count()), fill) {}
  /// Takes the elements in row-major order. Throws ShapeMismatch if their number is not the shape's.
  Tensor(const Shape& shape, std::vector<T> elements);

  [[nodiscard]] static Tensor scalar(T value) { return Tensor(Shape{}, value); }

  [[nodiscard]] const Shape& shape() const noexcept { return shape_; }
  [[nodiscard]] std::size_t size() const noexcept { return data_.size(); }
  [[nodiscard]] T* data() noexcept { return data_.data(); }
  [[nodiscard]] const T* data() const noexcept { return data_.data(); }
  [[nodiscard]] T& operator[](std::size_t i) noexcept { return data_[i]; }
  [[nodiscard]] T operator[](std::size_t i) const noexcept { return data_[i]; }
  [[nodiscard]] std::span<const T> elements() const noexcept { return data_; }
  [[nodiscard]] std::span<T> elements() noexcept { return data_; }

  /// Becomes `shape`, keeping the allocation where it is large enough; the elements are unspecified afterwards.
  void resize(const Shape& shape) {
    shape_ = shape;
    data_.resize(static_cast<std::size_t>(shape.count()));
  }
  /// The same elements in another shape of equal count. Throws ShapeMismatch otherwise.
  [[nodiscard]] Tensor reshaped(const Shape& shape) const { return Tensor(shape, data_); }

 private:
  Shape shape_;
  std::vector<T> data_;
};

extern template class Tensor<float>;
extern template class Tensor<double>;

/// Sums `tensor` over the axes along which `shape` was broadcast to it: the way back of `broadcast`.
///   errors  ShapeMismatch if `shape` does not broadcast to the tensor's shape
template <class T>
[[nodiscard]] Tensor<T> sum_to(const Tensor<T>& tensor, const Shape& shape);

/// target += addend, element by element; the shapes are equal.
template <class T>
void accumulate(Tensor<T>& target, const Tensor<T>& addend);

/// Rounds (or widens) every element to another element type.
template <class To, class From>
[[nodiscard]] Tensor<To> convert(const Tensor<From>& tensor) {
  Tensor<To> out(tensor.shape());
  for (std::size_t i = 0; i < tensor.size(); ++i) out[i] = static_cast<To>(tensor[i]);
  return out;
}

}  // namespace backprop
