#include "ops/norm_rule.h"

#include <cmath>

namespace backprop {

namespace {

std::vector<double> inverse_deviation(const Moments& moments, double epsilon) {
  std::vector<double> inverse(moments.variance);
  for (double& each : inverse) each = 1 / std::sqrt(each + epsilon);
  return inverse;
}

void divide(std::vector<double>& sums, std::size_t members) {
  for (double& each : sums) each /= static_cast<double>(members);
}

}  // namespace

Moments moments_of(const Tensor& x, const Groups& groups) {
  Moments moments{std::vector<double>(groups.groups), std::vector<double>(groups.groups)};
  groups.each([&](std::size_t i, std::size_t g) { moments.mean[g] += x[i]; });
  divide(moments.mean, groups.members());
  groups.each([&](std::size_t i, std::size_t g) {
    const double centred = x[i] - moments.mean[g];
    moments.variance[g] += centred * centred;
  });
  divide(moments.variance, groups.members());
  return moments;
}

Tensor normalised(const Tensor& x, const Groups& groups, const Moments& moments, double epsilon) {
  const std::vector<double> inverse = inverse_deviation(moments, epsilon);
  Tensor out(x.shape());
  groups.each([&](std::size_t i, std::size_t g) { out[i] = (x[i] - moments.mean[g]) * inverse[g]; });
  return out;
}

Tensor moved_with(const Tensor& v, const Tensor& normal, const Groups& groups, const Moments& moments, double epsilon) {
  std::vector<double> mean(groups.groups);
  std::vector<double> along(groups.groups);
  groups.each([&](std::size_t i, std::size_t g) {
    mean[g] += v[i];
    along[g] += v[i] * normal[i];
  });
  divide(mean, groups.members());
  divide(along, groups.members());
  const std::vector<double> inverse = inverse_deviation(moments, epsilon);
  Tensor out(v.shape());
  groups.each([&](std::size_t i, std::size_t g) { out[i] = (v[i] - mean[g] - normal[i] * along[g]) * inverse[g]; });
  return out;
}

Tensor scaled_by(const Tensor& v, const Groups& groups, const Moments& moments, double epsilon) {
  const std::vector<double> inverse = inverse_deviation(moments, epsilon);
  Tensor out(v.shape());
  groups.each([&](std::size_t i, std::size_t g) { out[i] = v[i] * inverse[g]; });
  return out;
}

}  // namespace backprop
