#include "tables.h"

namespace backprop::digits {
namespace {

constexpr std::int8_t kPlain[] = {
    10, -95, -45, -70, -60, 0, -40, 75, 5, 95, 50, 65, 60, -5, 45, -70, 5, -97,
};

constexpr std::int8_t kInside[] = {
    30, -75, -25, -90, -60, -20, -50, 60, -5, 95, 45, 65, 62, -10, 45, -75, 5, -85, -20, -55,
};

constexpr std::int8_t kWide[] = {
    -10, -80, -75, -45, -90, 20, -55, 75, 20, 85, 85, 40, 85, -35, 40, -80, -15, -82,
};

constexpr Allograph kAll[] = {
    {"plain", 8, "m--------", 1.2F, 0.27F, kPlain},
    {"inside", 2, "m---------", 1.2F, 0.27F, kInside},
    {"wide", 2, "m--------", 1.2F, 0.27F, kWide},
};

}  // namespace

std::span<const Allograph> zero_allographs() { return kAll; }

}  // namespace backprop::digits
