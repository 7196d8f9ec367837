#pragma once

#include "backprop/gradient_check.h"

#include "step/probe.h"

#include <utility>
#include <vector>

namespace backprop {

/// |a − b| / max(1, |a|, |b|); NaN where one of them is not finite.
[[nodiscard]] double relative_error(double a, double b);

/// Tells for one element why its central difference and its gradient differ, by looking at the function around it:
///
/// 1. Does some other step width agree, within what rounding does there? If none does, the gradient is wrong, unless
/// the
///    element stands exactly at a corner: then the slopes to both sides converge, to different numbers.
/// 2. If a larger one does, h is too small. If a smaller one does, h is too large, for one of two reasons. Where
/// halving h
///    makes the error fall like h², the function bends. Where not, the interval is halved towards its largest change of
///    slope: at a bend that change shrinks with the interval, at a corner it stays.
///
/// What was computed once is kept, so that asking about many h of one element is cheap.
class Diagnosis {
 public:
  /// `passes` counts down with every forward pass; at 0 the verdicts are made from what is known.
  Diagnosis(Probe& probe, std::size_t element, double analytic, std::size_t& passes);

  /// (f(x + h) − f(x − h)) / 2h
  [[nodiscard]] double numeric(double h);
  [[nodiscard]] Verdict verdict(double h);

 private:
  /// f(x + offset)
  double at(double offset);
  /// How far rounding alone may move the central difference of h.
  double rounding(double h);
  [[nodiscard]] bool agrees(double h);
  /// A step width at which the two agree; 0 where there is none.
  double agreeing();
  double search();
  [[nodiscard]] bool falls_like_square(double h);
  [[nodiscard]] bool has_corner(double h);
  [[nodiscard]] bool stands_at_corner();
  /// An operator behind the element changes sides of its kink there: the corner may cancel out in f, not in the
  /// gradient.
  [[nodiscard]] bool crosses_kink(double h);

  Probe& probe_;
  std::size_t element_;
  double analytic_;
  std::size_t& passes_;
  double natural_;  ///< the step width at which a smooth function has least error: ∛ε, in units of x
  double agreeing_ = -1;
  std::vector<std::pair<double, double>> known_;
};

}  // namespace backprop
