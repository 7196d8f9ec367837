#include "backprop/tensor.h"

#include "backprop/error.h"

#include "tensor/broadcasting.h"

#include <utility>

namespace backprop {

Tensor::Tensor(const Shape& shape, std::vector<double> elements) : shape_(shape), data_(std::move(elements)) {
  if (static_cast<std::int64_t>(data_.size()) != shape.count()) {
    refuse(ErrorCode::ShapeMismatch,
           {"Shape ", shape, " holds ", shape.count(), " elements, but ", data_.size(), " were given."});
  }
}

Tensor sum_to(const Tensor& tensor, const Shape& shape) {
  if (tensor.shape() == shape) return tensor;
  if (!(broadcast(shape, tensor.shape()) == tensor.shape())) {
    refuse(ErrorCode::ShapeMismatch, {"A gradient of shape ", tensor.shape(), " cannot be summed to ", shape, "."});
  }
  Tensor sum(shape);
  for_each_broadcast(tensor.shape(), tensor.shape(), shape,
                     [&](std::size_t, std::size_t from, std::size_t to) { sum[to] += tensor[from]; });
  return sum;
}

void accumulate(Tensor& target, const Tensor& addend) {
  double* to = target.data();
  const double* from = addend.data();
  for (std::size_t i = 0, n = target.size(); i < n; ++i) to[i] += from[i];
}

void round_to(Dtype dtype, Tensor& tensor) {
  if (dtype == Dtype::Float64) return;
  for (double& element : tensor.elements()) element = rounded(dtype, element);
}

}  // namespace backprop
