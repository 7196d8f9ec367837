#pragma once

#include "backprop/shape.h"

#include <cstddef>
#include <span>
#include <vector>

namespace backprop {

/// A dense row-major array of rank 0 to 4. It owns its elements and copies like a value.
class Tensor {
 public:
  /// A scalar 0.
  Tensor() : data_(1, 0.0) {}
  /// Filled with `fill`.
  explicit Tensor(const Shape& shape, double fill = 0.0)
      : shape_(shape), data_(static_cast<std::size_t>(shape.count()), fill) {}
  /// Takes the elements in row-major order. Throws ShapeMismatch if their number is not the shape's.
  Tensor(const Shape& shape, std::vector<double> elements);

  [[nodiscard]] static Tensor scalar(double value) { return Tensor(Shape{}, value); }

  [[nodiscard]] const Shape& shape() const noexcept { return shape_; }
  [[nodiscard]] std::size_t size() const noexcept { return data_.size(); }
  [[nodiscard]] double* data() noexcept { return data_.data(); }
  [[nodiscard]] const double* data() const noexcept { return data_.data(); }
  [[nodiscard]] double& operator[](std::size_t i) noexcept { return data_[i]; }
  [[nodiscard]] double operator[](std::size_t i) const noexcept { return data_[i]; }
  [[nodiscard]] std::span<const double> elements() const noexcept { return data_; }
  [[nodiscard]] std::span<double> elements() noexcept { return data_; }

  /// Becomes `shape`, keeping the allocation where it is large enough; the elements are unspecified afterwards.
  void resize(const Shape& shape) {
    shape_ = shape;
    data_.resize(static_cast<std::size_t>(shape.count()));
  }
  /// The same elements in another shape of equal count. Throws ShapeMismatch otherwise.
  [[nodiscard]] Tensor reshaped(const Shape& shape) const { return Tensor(shape, data_); }

 private:
  Shape shape_;
  std::vector<double> data_;
};

/// Sums `tensor` over the axes along which `shape` was broadcast to it: the way back of `broadcast`.
///   errors  ShapeMismatch if `shape` does not broadcast to the tensor's shape
[[nodiscard]] Tensor sum_to(const Tensor& tensor, const Shape& shape);

/// target += addend, element by element; the shapes are equal.
void accumulate(Tensor& target, const Tensor& addend);

/// The precision of the numbers that a graph keeps. In Float32, what an op computes is rounded to single precision
/// once, as it is stored; within the op it is computed in double.
enum class Dtype { Float32, Float64 };

/// Bytes of one number.
[[nodiscard]] constexpr std::size_t size_of(Dtype dtype) noexcept { return dtype == Dtype::Float32 ? 4 : 8; }

[[nodiscard]] inline double rounded(Dtype dtype, double number) noexcept {
  return dtype == Dtype::Float32 ? static_cast<double>(static_cast<float>(number)) : number;
}
/// Rounds every element, to infinity where it is beyond the largest.
void round_to(Dtype dtype, Tensor& tensor);

}  // namespace backprop
