#pragma once

#include "../allograph.h"

/// One file for each digit; allographs() in tables.cpp is the way in.
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
