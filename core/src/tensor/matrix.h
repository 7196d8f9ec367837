#pragma once

#include "backprop/tensor.h"

#include <Eigen/Core>

namespace backprop {

template <class T>
using RowMajor = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class T>
using MatrixMap = Eigen::Map<RowMajor<T>>;
template <class T>
using ConstMatrixMap = Eigen::Map<const RowMajor<T>>;

/// A tensor's elements as a rows × columns matrix, without copying. The caller has checked that the count fits.
template <class T>
[[nodiscard]] MatrixMap<T> as_matrix(Tensor<T>& tensor, Eigen::Index rows, Eigen::Index columns) {
  return {tensor.data(), rows, columns};
}
template <class T>
[[nodiscard]] ConstMatrixMap<T> as_matrix(const Tensor<T>& tensor, Eigen::Index rows, Eigen::Index columns) {
  return {tensor.data(), rows, columns};
}

/// The transpose as a new tensor of shape [columns, rows].
template <class T>
[[nodiscard]] Tensor<T> transposed(const Tensor<T>& tensor, Eigen::Index rows, Eigen::Index columns) {
  Tensor<T> out(Shape{columns, rows});
  as_matrix(out, columns, rows) = as_matrix(tensor, rows, columns).transpose();
  return out;
}

}  // namespace backprop
