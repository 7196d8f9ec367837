#include "ops/rule.h"

#include "tensor/broadcasting.h"

namespace backprop {

Contributions times_backward(Local local, const Call& call, const Tensor& out, const Tensor& upstream, Wanted wanted) {
  Contributions contributions(call.inputs.size());
  for (std::size_t slot = 0; slot < contributions.size(); ++slot) {
    if (!wants(wanted, slot)) continue;
    std::optional<Tensor> product = local(call, out, slot);
    if (!product) continue;
    round_to(call.dtype, *product);
    double* to = product->data();
    const double* from = upstream.data();
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

Tensor times_tangent(Local local, const Call& call, const Tensor& out, Tangents tangents) {
  Tensor result(out.shape());
  for (std::size_t slot = 0; slot < tangents.size(); ++slot) {
    if (tangents[slot] == nullptr) continue;
    std::optional<Tensor> derivative = local(call, out, slot);
    if (!derivative) continue;
    round_to(call.dtype, *derivative);
    const Tensor& tangent = *tangents[slot];
    const bool total = !(derivative->shape() == out.shape());
    for_each_broadcast(derivative->shape(), derivative->shape(), tangent.shape(),
                       [&](std::size_t i, std::size_t, std::size_t from) {
                         result[total ? 0 : i] += (*derivative)[i] * tangent[from];
                       });
  }
  return result;
}

Tensor linear_tangent(Forward forward, const Call& call, const Tensor& out, Tangents tangents) {
  std::vector<Tensor> zeros;
  zeros.reserve(tangents.size());
  std::vector<const Tensor*> inputs(tangents.begin(), tangents.end());
  for (std::size_t slot = 0; slot < inputs.size(); ++slot) {
    if (inputs[slot] == nullptr) inputs[slot] = &zeros.emplace_back(call[slot].shape());
  }
  Tensor result(out.shape());
  forward({inputs, call.op, call.attributes, call.dtype}, result);
  return result;
}

Tensor product_tangent(Forward forward, const Call& call, const Tensor& out, Tangents tangents) {
  const bool biased = call.inputs.size() > 2;
  const Tensor no_bias(biased ? call[2].shape() : Shape{});
  const Tensor* bias = biased ? tangents[2] : nullptr;
  Tensor result(out.shape());
  Tensor part(out.shape());
  std::vector<const Tensor*> inputs;
  const auto add = [&] {
    if (biased) inputs[2] = bias != nullptr ? bias : &no_bias;
    bias = nullptr;
    forward({inputs, call.op, call.attributes, call.dtype}, part);
    accumulate(result, part);
  };
  for (std::size_t factor = 0; factor < 2; ++factor) {
    if (tangents[factor] == nullptr) continue;
    inputs.assign(call.inputs.begin(), call.inputs.end());
    inputs[factor] = tangents[factor];
    add();
  }
  if (bias != nullptr) {  // it moves alone: 0 · 0 + dB, for 0 times an infinite weight would be NaN
    const Tensor x(call[0].shape());
    const Tensor w(call[1].shape());
    inputs = {&x, &w, nullptr};
    add();
  }
  return result;
}

}  // namespace backprop
