#include "kernels/activation.h"

#include "kernels/vector.h"

#include <algorithm>
#include <cmath>

namespace backprop::kernels {

namespace {

inline Float4 smaller(Float4 x, float bound) { return select(x > splat(bound), splat(bound), x); }
inline Float4 larger(Float4 x, float bound) { return select(x < splat(bound), splat(bound), x); }
inline Float4 magnitude(Float4 x) {
  return floats_of(bits_of(x) & Int4{0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF});
}

/// 2ⁿ · e^r with n = round(x / ln 2), |r| ≤ ½ ln 2.
///   source  the minimax polynomial of S. Moshier's Cephes library, expf.c
inline Float4 exp_of(Float4 given) {
  const Float4 x = larger(smaller(given, 89.0F), -104.0F);  // NaN passes both
  // Adding 1.5 · 2²³ leaves the rounded quotient in the lowest bits.
  constexpr float kRound = 12582912.0F;
  const Float4 shifted = x * 1.44269504088896341F + kRound;
  const Float4 n = shifted - kRound;
  // ln 2 in two parts: n · 0.693359375 is exact.
  Float4 r = multiply_add(n, splat(-0.693359375F), x);
  r = multiply_add(n, splat(2.12194440e-4F), r);
  Float4 p = splat(1.9875691500e-4F);
  p = multiply_add(p, r, splat(1.3981999507e-3F));
  p = multiply_add(p, r, splat(8.3334519073e-3F));
  p = multiply_add(p, r, splat(4.1665795894e-2F));
  p = multiply_add(p, r, splat(1.6666665459e-1F));
  p = multiply_add(p, r, splat(5.0000001201e-1F));
  const Float4 y = multiply_add(p * r, r, r) + 1.0F;
  // 2ⁿ as two factors, since 2¹²⁸ is no float.
  const Int4 whole = bits_of(shifted) - bits_of(splat(kRound));
  const Int4 half = whole >> 1;
  const Float4 first = floats_of((half + 127) << 23);
  const Float4 second = floats_of((whole - half + 127) << 23);
  return y * first * second;
}

inline Float4 sigmoid_of(Float4 x) {
  const Float4 e = exp_of(-magnitude(x));  // never of a positive number
  const Float4 small = 1.0F / (1.0F + e);
  return select(x < Float4{}, e * small, small);
}

/// An odd rational function.
///   source  the minimax coefficients of Eigen 3.4, MathFunctionsImpl.h
inline Float4 tanh_of(Float4 given) {
  const Float4 x = larger(smaller(given, 7.90531110763549805F), -7.90531110763549805F);
  const Float4 s = x * x;
  Float4 p = splat(-2.76076847742355e-16F);
  p = multiply_add(p, s, splat(2.00018790482477e-13F));
  p = multiply_add(p, s, splat(-8.60467152213735e-11F));
  p = multiply_add(p, s, splat(5.12229709037114e-08F));
  p = multiply_add(p, s, splat(1.48572235717979e-05F));
  p = multiply_add(p, s, splat(6.37261928875436e-04F));
  p = multiply_add(p, s, splat(4.89352455891786e-03F));
  Float4 q = splat(1.19825839466702e-06F);
  q = multiply_add(q, s, splat(1.18534705686654e-04F));
  q = multiply_add(q, s, splat(2.26843463243900e-03F));
  q = multiply_add(q, s, splat(4.89352518554385e-03F));
  const Float4 y = x * p / q;
  // The fraction at its limit is 1 as it is rounded here, but 4 ulp less where products are fused. Beyond 9.02 all
  // floats are 1.
  const Float4 one = floats_of((bits_of(given) & bits_of(splat(-0.0F))) | bits_of(splat(1.0F)));
  const Float4 limited = select(magnitude(given) > splat(9.02F), one, y);
  return select(magnitude(given) < splat(4e-4F), given, limited);  // where x³ / 3 is below half an ulp
}

template <class F>
inline void each(float* y, std::size_t count, F f) {
  for (std::size_t i = 0; i < count; i += kLanes) store(y + i, f(load(y + i)));
}

template <class F>
inline void each_back(const float* y, float* dy, std::size_t count, F f) {
  for (std::size_t i = 0; i < count; i += kLanes) store(dy + i, f(load(y + i), load(dy + i)));
}

/// What one row of scores gives: e^(x − largest) in `y` with a padding of 0, their sum and the largest score.
struct Exponentials {
  float sum;
  float largest;
};

inline Exponentials exponentials(const float* x, std::size_t classes, float* y) {
  float largest = x[0];
  for (std::size_t c = 1; c < classes; ++c) largest = x[c] > largest ? x[c] : largest;
  Float4 total{};
  for (std::size_t c = 0; c < classes; c += kLanes) {
    const Float4 e = exp_of(load(x + c) - largest);
    const Float4 kept = c + kLanes <= classes ? e : select(first_lanes(classes - c), e, Float4{});
    store(y + c, kept);
    total += kept;
  }
  return {.sum = sum_of(total), .largest = largest};
}

}  // namespace

void activate(Activation activation, float* y, std::size_t count) {
  switch (activation) {
    case Activation::None:
      return;
    case Activation::Relu:
      return each(y, count, [](Float4 v) { return select(v < Float4{}, Float4{}, v); });
    case Activation::Sigmoid:
      return each(y, count, sigmoid_of);
    case Activation::Tanh:
      return each(y, count, tanh_of);
  }
}

void activate_back(Activation activation, const float* y, float* dy, std::size_t count) {
  switch (activation) {
    case Activation::None:
      return;
    case Activation::Relu:
      return each_back(y, dy, count, [](Float4 v, Float4 d) { return select(v > Float4{}, d, Float4{}); });
    case Activation::Sigmoid:
      return each_back(y, dy, count, [](Float4 v, Float4 d) { return d * (v * (1.0F - v)); });
    case Activation::Tanh:
      return each_back(y, dy, count, [](Float4 v, Float4 d) { return d * (1.0F - v * v); });
  }
}

void exponential(float* x, std::size_t count) { each(x, count, exp_of); }

void softmax(const Scores& scores, float* y) {
  for (std::size_t r = 0; r < scores.rows; ++r) {
    float* row = y + r * scores.row;
    const float factor = 1.0F / exponentials(scores.x + r * scores.row, scores.classes, row).sum;
    each(row, padded(scores.classes), [=](Float4 v) { return v * factor; });
  }
}

double softmax_loss(const Scores& scores, const std::int32_t* labels, float* dx) {
  float scratch[kLanes];
  double loss = 0;
  double product = 1;  // of the rows' sums, each at least 1: one logarithm for many rows
  const float share = 1.0F / static_cast<float>(scores.rows);
  for (std::size_t r = 0; r < scores.rows; ++r) {
    const float* x = scores.x + r * scores.row;
    const auto label = static_cast<std::size_t>(labels[r]);
    const float score = x[label];
    Exponentials row{};
    if (dx) {
      float* to = dx + r * scores.row;
      row = exponentials(x, scores.classes, to);
      const float factor = share / row.sum;
      each(to, padded(scores.classes), [=](Float4 v) { return v * factor; });
      to[label] -= share;
    } else {
      row.largest = *std::max_element(x, x + scores.classes);
      for (std::size_t c = 0; c < scores.classes; c += kLanes) {
        store(scratch, exp_of(load(x + c) - row.largest));
        for (std::size_t lane = 0; lane < std::min(kLanes, scores.classes - c); ++lane) row.sum += scratch[lane];
      }
    }
    loss += static_cast<double>(row.largest) - static_cast<double>(score);
    product *= static_cast<double>(row.sum);
    if (!(product < 1e200)) {
      loss += std::log(product);
      product = 1;
    }
  }
  return (loss + std::log(product)) / static_cast<double>(scores.rows);
}

double squared_loss(const Scores& scores, const float* t, float* dx) {
  double loss = 0;
  const auto elements = static_cast<double>(scores.rows * scores.classes);
  const auto factor = static_cast<float>(2 / elements);
  for (std::size_t r = 0; r < scores.rows; ++r) {
    Float4 squares{};
    for (std::size_t c = 0; c < scores.classes; c += kLanes) {
      const std::size_t at = r * scores.row + c;
      Float4 difference = load(scores.x + at) - load(t + at);
      if (c + kLanes > scores.classes) difference = select(first_lanes(scores.classes - c), difference, Float4{});
      squares += difference * difference;
      if (dx) store(dx + at, factor * difference);
    }
    loss += static_cast<double>(sum_of(squares));
  }
  return loss / elements;
}

double logistic_loss(const Scores& scores, const float* t, float* dx) {
  double loss = 0;
  const auto elements = static_cast<double>(scores.rows * scores.classes);
  const auto share = static_cast<float>(1 / elements);
  for (std::size_t r = 0; r < scores.rows; ++r) {
    for (std::size_t c = 0; c < scores.classes; ++c) {
      const std::size_t at = r * scores.row + c;
      const float x = scores.x[at];
      const float answer = t[at];
      const float decay = std::exp(-std::abs(x));  // never of a positive number
      const double tail = std::log1p(static_cast<double>(decay));
      // ln(1 + e^±x), each only where it counts: 0 · ∞ would be NaN where a certain answer meets an infinite score.
      if (answer != 0) loss += static_cast<double>(answer) * (static_cast<double>(std::max(-x, 0.0F)) + tail);
      if (answer != 1) loss += (1 - static_cast<double>(answer)) * (static_cast<double>(std::max(x, 0.0F)) + tail);
      if (dx) dx[at] = share * ((x >= 0 ? 1 : decay) / (1 + decay) - answer);
    }
    if (dx) std::fill(dx + r * scores.row + scores.classes, dx + r * scores.row + padded(scores.classes), 0.0F);
  }
  return loss / elements;
}

}  // namespace backprop::kernels
