#include "ops/rule.h"

#include "tensor/broadcasting.h"

namespace backprop {

template <class T>
Contributions<T> times_backward(Local<T> local, const Call<T>& call, const Tensor<T>& out, const Tensor<T>& upstream,
                                Wanted wanted) {
  Contributions<T> contributions(call.inputs.size());
  for (std::size_t slot = 0; slot < contributions.size(); ++slot) {
    if (!wants(wanted, slot)) continue;
    std::optional<Tensor<T>> product = local(call, out, slot);
    if (!product) continue;
    T* to = product->data();
    const T* from = upstream.data();
    const std::size_t size = product->size();
    if (upstream.size() == size) {
      for (std::size_t i = 0; i < size; ++i) to[i] = from[i] * to[i];
    } else {
      for (std::size_t i = 0; i < size; ++i) to[i] = from[0] * to[i];
    }
    const Shape& shape = call[slot].shape();
    contributions[slot] = product->shape() == shape ? std::move(product) : sum_to(*product, shape);
  }
  return contributions;
}

template <class T>
Tensor<T> times_tangent(Local<T> local, const Call<T>& call, const Tensor<T>& out, Tangents<T> tangents) {
  Tensor<T> result(out.shape());
  for (std::size_t slot = 0; slot < tangents.size(); ++slot) {
    if (tangents[slot] == nullptr) continue;
    const std::optional<Tensor<T>> derivative = local(call, out, slot);
    if (!derivative) continue;
    const Tensor<T>& tangent = *tangents[slot];
    const bool total = !(derivative->shape() == out.shape());
    for_each_broadcast(derivative->shape(), derivative->shape(), tangent.shape(),
                       [&](std::size_t i, std::size_t, std::size_t from) {
                         result[total ? 0 : i] += (*derivative)[i] * tangent[from];
                       });
  }
  return result;
}

template <class T>
Tensor<T> linear_tangent(Forward<T> forward, const Call<T>& call, const Tensor<T>& out, Tangents<T> tangents) {
  std::vector<Tensor<T>> zeros;
  zeros.reserve(tangents.size());
  std::vector<const Tensor<T>*> inputs(tangents.begin(), tangents.end());
  for (std::size_t slot = 0; slot < inputs.size(); ++slot) {
    if (inputs[slot] == nullptr) inputs[slot] = &zeros.emplace_back(call[slot].shape());
  }
  Tensor<T> result(out.shape());
  forward({inputs, call.attributes}, result);
  return result;
}

template <class T>
Tensor<T> product_tangent(Forward<T> forward, const Call<T>& call, const Tensor<T>& out, Tangents<T> tangents) {
  const bool biased = call.inputs.size() > 2;
  const Tensor<T> no_bias(biased ? call[2].shape() : Shape{});
  const Tensor<T>* bias = biased ? tangents[2] : nullptr;
  Tensor<T> result(out.shape());
  Tensor<T> part(out.shape());
  std::vector<const Tensor<T>*> inputs;
  const auto add = [&] {
    if (biased) inputs[2] = bias != nullptr ? bias : &no_bias;
    bias = nullptr;
    forward({inputs, call.attributes}, part);
    accumulate(result, part);
  };
  for (std::size_t factor = 0; factor < 2; ++factor) {
    if (tangents[factor] == nullptr) continue;
    inputs.assign(call.inputs.begin(), call.inputs.end());
    inputs[factor] = tangents[factor];
    add();
  }
  if (bias != nullptr) {  // it moves alone: 0 · 0 + dB, for 0 times an infinite weight would be NaN
    const Tensor<T> x(call[0].shape());
    const Tensor<T> w(call[1].shape());
    inputs = {&x, &w, nullptr};
    add();
  }
  return result;
}

#define BACKPROP_INSTANTIATE(T)                                                                                   \
  template Contributions<T> times_backward(Local<T>, const Call<T>&, const Tensor<T>&, const Tensor<T>&, Wanted); \
  template Tensor<T> times_tangent(Local<T>, const Call<T>&, const Tensor<T>&, Tangents<T>);                      \
  template Tensor<T> linear_tangent(Forward<T>, const Call<T>&, const Tensor<T>&, Tangents<T>);                   \
  template Tensor<T> product_tangent(Forward<T>, const Call<T>&, const Tensor<T>&, Tangents<T>);
BACKPROP_INSTANTIATE(float)
BACKPROP_INSTANTIATE(double)
#undef BACKPROP_INSTANTIATE

}  // namespace backprop
