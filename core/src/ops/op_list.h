#pragma once

#include "backprop/op.h"

/// The one list of ops, in the order in which a palette shows them. Each line declares `NAME_op`, which the op's own
/// file defines, and enters it in the catalogue. It is a constant that the compiler works out (`constinit`): there is
/// no order of initialisation to get wrong.
#define BACKPROP_OPS(X) \
  X(input)              \
  X(parameter)          \
  X(constant)           \
  X(add)                \
  X(sub)                \
  X(mul)                \
  X(div)                \
  X(neg)                \
  X(pow)                \
  X(square)             \
  X(sqrt)               \
  X(exp)                \
  X(log)                \
  X(sin)                \
  X(cos)                \
  X(abs)                \
  X(maximum)            \
  X(minimum)            \
  X(tanh)               \
  X(sigmoid)            \
  X(relu)               \
  X(leaky_relu)         \
  X(softplus)           \
  X(gelu)               \
  X(sum)                \
  X(mean)               \
  X(max)                \
  X(matmul)             \
  X(affine)             \
  X(conv2d)             \
  X(max_pool2d)         \
  X(avg_pool2d)         \
  X(batch_norm)         \
  X(layer_norm)         \
  X(dropout)            \
  X(reshape)            \
  X(flatten)            \
  X(transpose)          \
  X(concat)             \
  X(one_hot)            \
  X(softmax)            \
  X(log_softmax)        \
  X(softmax_with_loss)  \
  X(sigmoid_with_loss)  \
  X(mean_squared_error)

namespace backprop {

#define BACKPROP_DECLARE(name) extern const Op name##_op;
BACKPROP_OPS(BACKPROP_DECLARE)
#undef BACKPROP_DECLARE

}  // namespace backprop
