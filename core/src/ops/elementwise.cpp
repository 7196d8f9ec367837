#include "ops/elementwise.h"

#include "tensor/broadcasting.h"

namespace backprop {

void UnaryRule::forward(const Call& call, Tensor& out) {
  const auto value = call.op.scalar.value;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = value(call[0][i], 0);
}

std::optional<Tensor> UnaryRule::local(const Call& call, const Tensor& out, std::size_t) {
  const auto derivative = call.op.scalar.local[0];
  Tensor local(out.shape());
  for (std::size_t i = 0; i < out.size(); ++i) local[i] = derivative(call[0][i], 0, out[i]);
  return local;
}

void BinaryRule::forward(const Call& call, Tensor& out) {
  const auto value = call.op.scalar.value;
  for_each_broadcast(out.shape(), call[0].shape(), call[1].shape(),
                     [&](std::size_t i, std::size_t a, std::size_t b) { out[i] = value(call[0][a], call[1][b]); });
}

std::optional<Tensor> BinaryRule::local(const Call& call, const Tensor& out, std::size_t slot) {
  const auto derivative = call.op.scalar.local[slot];
  Tensor local(out.shape());
  for_each_broadcast(out.shape(), call[0].shape(), call[1].shape(), [&](std::size_t i, std::size_t a, std::size_t b) {
    local[i] = derivative(call[0][a], call[1][b], out[i]);
  });
  return local;
}

}  // namespace backprop
