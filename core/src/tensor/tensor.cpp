#include "backprop/tensor.h"

#include "backprop/error.h"

#include "tensor/broadcasting.h"

#include <utility>

namespace backprop {

template <class T>
Tensor<T>::Tensor(const Shape& shape, std::vector<T> elements) : shape_(shape), data_(std::move(elements)) {
  if (static_cast<std::int64_t>(data_.size()) != shape.count()) {
    refuse(ErrorCode::ShapeMismatch,
           {"Shape ", shape, " holds ", shape.count(), " elements, but ", data_.size(), " were given."});
  }
}

template <class T>
Tensor<T> sum_to(const Tensor<T>& tensor, const Shape& shape) {
  if (tensor.shape() == shape) return tensor;
  if (!(broadcast(shape, tensor.shape()) == tensor.shape())) {
    refuse(ErrorCode::ShapeMismatch, {"A gradient of shape ", tensor.shape(), " cannot be summed to ", shape, "."});
  }
  Tensor<T> sum(shape);
  for_each_broadcast(tensor.shape(), tensor.shape(), shape,
                     [&](std::size_t, std::size_t from, std::size_t to) { sum[to] += tensor[from]; });
  return sum;
}

template <class T>
void accumulate(Tensor<T>& target, const Tensor<T>& addend) {
  T* to = target.data();
  const T* from = addend.data();
  for (std::size_t i = 0, n = target.size(); i < n; ++i) to[i] += from[i];
}

template class Tensor<float>;
template class Tensor<double>;
template Tensor<float> sum_to(const Tensor<float>&, const Shape&);
template Tensor<double> sum_to(const Tensor<double>&, const Shape&);
template void accumulate(Tensor<float>&, const Tensor<float>&);
template void accumulate(Tensor<double>&, const Tensor<double>&);

}  // namespace backprop
