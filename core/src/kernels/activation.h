#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/// Element-wise functions and losses of a training plan, on rows padded to a multiple of 4 floats.
namespace backprop::kernels {

enum class Activation : std::uint8_t { None, Relu, Sigmoid, Tanh };

/// y ← f(y), in place; count a multiple of 4. NaN stays NaN.
///   accuracy  sigmoid within 4 ulp, tanh within 6 ulp of float: tests/core/kernels/activation.test.cpp
void activate(Activation activation, float* y, std::size_t count);
/// dy ← dy · f′, with f′ told by y = f(x) alone: [y > 0], y (1 − y), 1 − y².
void activate_back(Activation activation, const float* y, float* dy, std::size_t count);

/// eˣ of 4 · k numbers, in place: within 2 ulp where the result is a normal float, 0 below, ∞ above.
void exponential(float* x, std::size_t count);

/// Scores [rows, classes], `row` apart.
struct Scores {
  std::size_t rows, classes, row;
  const float* x;
};

/// y = softmax(x); the padding of y becomes 0. y may be x.
void softmax(const Scores& scores, float* y);
/// The mean of −ln softmax(x)[label]; with dx not null also dx = (softmax(x) − onehot) / rows. dx may be x.
double softmax_loss(const Scores& scores, const std::int32_t* labels, float* dx);
/// The mean of (x − t)² over all elements; with dx not null also dx = 2 (x − t) / elements. t is padded as x is.
double squared_loss(const Scores& scores, const float* t, float* dx);
/// The mean of −(t ln y + (1 − t) ln(1 − y)) with y = sigmoid(x) over all elements, from the scores; with dx not null
/// also dx = (y − t) / elements. t from 0 to 1, padded as x is.
double logistic_loss(const Scores& scores, const float* t, float* dx);

}  // namespace backprop::kernels
