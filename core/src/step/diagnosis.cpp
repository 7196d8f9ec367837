#include "step/diagnosis.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace backprop {

namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
/// How many roundings of the size ε|f| a value may have gone through.
constexpr double kRoundings = 8;
/// An agreement that rests on rounding alone says nothing beyond this relative error.
constexpr double kTrusted = 1e-5;

/// A step width so small that only rounding is left of the difference.
constexpr double kSmallest = 1e-11;
constexpr double kRatio = 4;

}  // namespace

double relative_error(double a, double b) { return std::abs(a - b) / std::max({1.0, std::abs(a), std::abs(b)}); }

Diagnosis::Diagnosis(Probe& probe, std::size_t element, double analytic, std::size_t& passes)
    : probe_(probe),
      element_(element),
      analytic_(analytic),
      passes_(passes),
      natural_(std::cbrt(kEpsilon) * std::max(1.0, std::abs(probe.element(element)))) {}

double Diagnosis::at(double offset) {
  for (const auto& [known, value] : known_) {
    if (known == offset) return value;
  }
  if (passes_ > 0) --passes_;
  const double value = probe_.at(element_, offset);
  known_.emplace_back(offset, value);
  return value;
}

double Diagnosis::numeric(double h) { return (at(h) - at(-h)) / (2 * h); }

double Diagnosis::rounding(double h) {
  const double values = std::max({std::abs(at(h)), std::abs(at(-h)), std::abs(at(0))});
  // x ± h are rounded too: the step taken is not quite 2h.
  const double steps = std::abs(probe_.element(element_) * analytic_);
  return kEpsilon * (kRoundings * values + steps) / h;
}

bool Diagnosis::agrees(double h) {
  const double difference = std::abs(analytic_ - numeric(h));
  const double scale = std::max({1.0, std::abs(analytic_), std::abs(numeric(h))});
  return difference <= std::clamp(rounding(h) / scale, kGradientTolerance, kTrusted) * scale;
}

double Diagnosis::agreeing() {
  if (agreeing_ < 0) agreeing_ = search();
  return agreeing_;
}

double Diagnosis::search() {
  if (agrees(natural_)) return natural_;
  // From large to small: the larger, the less of the agreement is owed to rounding.
  for (double h = kMaxCheckStep; h > kSmallest; h /= kRatio) {
    if (passes_ == 0) return 0;
    if (agrees(h)) return h;
  }
  return 0;
}

Verdict Diagnosis::verdict(double h) {
  if (relative_error(analytic_, numeric(h)) <= kGradientTolerance) return Verdict::Agrees;
  const double known = passes_ == 0 ? std::max(agreeing_, 0.0) : agreeing();
  if (known == 0) {
    if (passes_ == 0) return std::abs(analytic_ - numeric(h)) <= rounding(h) ? Verdict::RoundOff : Verdict::Disagrees;
    return stands_at_corner() ? Verdict::Kink : Verdict::Disagrees;
  }
  if (known > h || std::abs(analytic_ - numeric(h)) <= rounding(h)) return Verdict::RoundOff;
  if (falls_like_square(h) || !has_corner(h)) return Verdict::Curvature;
  return Verdict::Kink;
}

bool Diagnosis::falls_like_square(double h) {
  double before = std::abs(analytic_ - numeric(h));
  for (int halving = 1; halving <= 2; ++halving) {
    h /= 2;
    const double error = std::abs(analytic_ - numeric(h));
    if (!(before > 3.5 * error && before < 4.5 * error)) return false;
    before = error;
  }
  return true;
}

bool Diagnosis::has_corner(double h) {
  constexpr int kHalvings = 20;
  constexpr int kApart = 4;  // compare the change of slope over four halvings: a bend's falls to a sixteenth
  constexpr double kStays = 0.25;
  double low = -h;
  double width = 2 * h;
  std::vector<double> changes;
  for (int halving = 0; halving < kHalvings && passes_ > 0; ++halving) {
    const double quarter = width / 4;
    double points[5];
    for (int i = 0; i < 5; ++i) points[i] = at(low + quarter * i);
    // The change of slope at the middle of each of the three halves that overlap by half.
    double largest = -1;
    double next = low;
    double size = 0;
    for (int i = 1; i <= 3; ++i) {
      const double change = std::abs(points[i + 1] - 2 * points[i] + points[i - 1]) / quarter;
      if (!std::isfinite(change)) return false;  // the end of the domain is no corner
      size = std::max(size, std::abs(points[i]));
      if (change > largest) {
        largest = change;
        next = low + quarter * (i - 1);
      }
    }
    // Beyond this, what is left of the change is rounding.
    if (largest < 100 * kEpsilon * (kRoundings * size + std::abs(probe_.element(element_) * analytic_)) / quarter)
      break;
    changes.push_back(largest);
    low = next;
    width /= 2;
  }
  if (changes.size() <= kApart) return false;
  const double last = changes.back();
  return last >= kStays * changes[changes.size() - 1 - kApart] && last >= 0.05 * std::abs(analytic_ - numeric(h));
}

bool Diagnosis::stands_at_corner() {
  const double step = natural_;
  const double right = (at(step) - at(0)) / step;
  const double left = (at(0) - at(-step)) / step;
  const double closer = step / kRatio;
  const double right_closer = (at(closer) - at(0)) / closer;
  const double left_closer = (at(0) - at(-closer)) / closer;
  if (!std::isfinite(analytic_)) {
    // A vertical tangent or the end of the domain (√x at 0): the slope grows without bound, or there is none.
    return std::isfinite(at(0)) &&
           (!std::isfinite(right) || !std::isfinite(left) ||
            std::max(std::abs(right_closer), std::abs(left_closer)) > 1.5 * std::max(std::abs(right), std::abs(left)));
  }
  constexpr double kSettled = 1e-3;
  const bool settled = relative_error(right, right_closer) < kSettled && relative_error(left, left_closer) < kSettled;
  if (settled && relative_error(right, left) > 10 * kSettled) {
    // Any slope between the two is a fair choice at a corner; the engine takes one of them.
    const double margin = kSettled * std::max({1.0, std::abs(left), std::abs(right)});
    return analytic_ >= std::min(left, right) - margin && analytic_ <= std::max(left, right) + margin;
  }
  return crosses_kink(step);
}

bool Diagnosis::crosses_kink(double h) {
  const auto derivatives = [&](double offset) {
    std::vector<Tensor> found;
    static_cast<void>(probe_.at(element_, offset));  // leaves the values behind the element as they are there
    for (const NodeIndex i : probe_.behind()) {
      const Node& node = probe_.graph().node(i);
      if (node.op->kinks.empty()) continue;
      for (auto& each : probe_.graph().contributions(i, Tensor(node.shape, 1), kAllSlots)) {
        if (each) found.push_back(std::move(*each));
      }
    }
    return found;
  };
  const std::vector<Tensor> below = derivatives(-h);
  const std::vector<Tensor> above = derivatives(h);
  for (std::size_t k = 0; k < below.size(); ++k) {
    for (std::size_t i = 0; i < below[k].size(); ++i) {
      if (relative_error(below[k][i], above[k][i]) > 0.1) return true;
    }
  }
  return false;
}

}  // namespace backprop
