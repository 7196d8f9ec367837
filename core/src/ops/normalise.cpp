#include "ops/norm_rule.h"

#include <cmath>

namespace backprop {

namespace {

template <class T>
std::vector<T> inverse_deviation(const Moments<T>& moments, T epsilon) {
  std::vector<T> inverse(moments.variance);
  for (T& each : inverse) each = 1 / std::sqrt(each + epsilon);
  return inverse;
}

template <class T>
void divide(std::vector<T>& sums, std::size_t members) {
  for (T& each : sums) each /= static_cast<T>(members);
}

}  // namespace

template <class T>
Moments<T> moments_of(const Tensor<T>& x, const Groups& groups) {
  Moments<T> moments{std::vector<T>(groups.groups), std::vector<T>(groups.groups)};
  groups.each([&](std::size_t i, std::size_t g) { moments.mean[g] += x[i]; });
  divide(moments.mean, groups.members());
  groups.each([&](std::size_t i, std::size_t g) {
    const T centred = x[i] - moments.mean[g];
    moments.variance[g] += centred * centred;
  });
  divide(moments.variance, groups.members());
  return moments;
}

template <class T>
Tensor<T> normalised(const Tensor<T>& x, const Groups& groups, const Moments<T>& moments, T epsilon) {
  const std::vector<T> inverse = inverse_deviation(moments, epsilon);
  Tensor<T> out(x.shape());
  groups.each([&](std::size_t i, std::size_t g) { out[i] = (x[i] - moments.mean[g]) * inverse[g]; });
  return out;
}

template <class T>
Tensor<T> moved_with(const Tensor<T>& v, const Tensor<T>& normal, const Groups& groups, const Moments<T>& moments,
                     T epsilon) {
  std::vector<T> mean(groups.groups);
  std::vector<T> along(groups.groups);
  groups.each([&](std::size_t i, std::size_t g) {
    mean[g] += v[i];
    along[g] += v[i] * normal[i];
  });
  divide(mean, groups.members());
  divide(along, groups.members());
  const std::vector<T> inverse = inverse_deviation(moments, epsilon);
  Tensor<T> out(v.shape());
  groups.each([&](std::size_t i, std::size_t g) { out[i] = (v[i] - mean[g] - normal[i] * along[g]) * inverse[g]; });
  return out;
}

template <class T>
Tensor<T> scaled_by(const Tensor<T>& v, const Groups& groups, const Moments<T>& moments, T epsilon) {
  const std::vector<T> inverse = inverse_deviation(moments, epsilon);
  Tensor<T> out(v.shape());
  groups.each([&](std::size_t i, std::size_t g) { out[i] = v[i] * inverse[g]; });
  return out;
}

#define BACKPROP_INSTANTIATE(T)                                                                           \
  template Moments<T> moments_of(const Tensor<T>&, const Groups&);                                        \
  template Tensor<T> normalised(const Tensor<T>&, const Groups&, const Moments<T>&, T);                   \
  template Tensor<T> moved_with(const Tensor<T>&, const Tensor<T>&, const Groups&, const Moments<T>&, T); \
  template Tensor<T> scaled_by(const Tensor<T>&, const Groups&, const Moments<T>&, T);
BACKPROP_INSTANTIATE(float)
BACKPROP_INSTANTIATE(double)
#undef BACKPROP_INSTANTIATE

}  // namespace backprop
