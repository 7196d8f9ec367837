#include "tables.h"

namespace backprop::digits {
namespace {

constexpr std::int8_t kEss[] = {
    35, -75, 0, -97, -40, -65, -15, -20, 25, 15, 38, 60, 0, 95, -38, 60, -10, 10, 25, -25, 40, -65,
};

constexpr std::int8_t kHigh[] = {
    15, -90, -25, -90, -38, -55, 0, -5, 38, 40, 25, 85, -15, 95, -38, 55, 0, 0, 35, -50, 15, -85,
};

constexpr std::int8_t kCircles[] = {
    0, -95, -32, -70, -25, -25, 5, -10, 32, -35, 28, -75, 0, -95,
    5, -10, -35, 15,  -40, 65,  0, 95,  40, 65,  35, 15,  5, -10,
};

constexpr std::int8_t kSlanted[] = {
    60, -75, 20, -95, -25, -70, -15, -25, 15, 15, 5, 65, -40, 95, -60, 65, -20, 20, 25, -25, 60, -65,
};

constexpr Allograph kAll[] = {
    {"ess", 70, "m----------", 1.2F, 0.27F, kEss},
    {"high", 12, "m----------", 1.2F, 0.27F, kHigh},
    {"circles", 10, "m------m------", 1.2F, 0.27F, kCircles},
    {"slanted", 20, "m----------", 1.2F, 0.27F, kSlanted},
};

}  // namespace

std::span<const Allograph> eight_allographs() { return kAll; }

}  // namespace backprop::digits
