#pragma once

#include "../allograph.h"

/// The ways of writing, one file for each digit; allographs() in tables.cpp is the way in.
///
/// Where the numbers come from: each allograph began as a skeleton set by hand. An elastic spline (Revow, Williams and
/// Hinton 1996) was then laid along the ink of the first 40,000 images of MNIST's training set, each image explained by
/// the allograph that fits it best; share, pen, mean and modes (five principal components) are the statistics of those
/// fits. Allographs named "pen …" are set by hand altogether: crossed 7s, flagged 1s, slashed 0s and others that people
/// draw on screens and MNIST hardly holds; which ones to add was decided by looking at misread drawings of the two pen
/// sets named in docs/data-and-weights.md, so accuracy on those sets is not a blind figure. Settings were chosen on
/// images 40,000 to 50,000 of MNIST's training set. Its last 10,000 and its test set were not used.
namespace backprop::digits {

std::span<const Allograph> zero_allographs();
std::span<const Allograph> one_allographs();
std::span<const Allograph> two_allographs();
std::span<const Allograph> three_allographs();
std::span<const Allograph> four_allographs();
std::span<const Allograph> five_allographs();
std::span<const Allograph> six_allographs();
std::span<const Allograph> seven_allographs();
std::span<const Allograph> eight_allographs();
std::span<const Allograph> nine_allographs();

}  // namespace backprop::digits
