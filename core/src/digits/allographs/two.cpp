#include "tables.h"

namespace backprop::digits {
namespace {

constexpr std::int8_t kCorner[] = {
    -50, -60, -10, -95, 40, -70, 38, -15, 5, 30, -25, 60, -60, 90, 0, 87, 65, 88,
};

constexpr std::int8_t kLoop[] = {
    -50, -60, -10, -95, 40, -70, 38, -15, -5, 50, -45, 88, -65, 70, -40, 50, 0, 65, 40, 85, 70, 78,
};

constexpr std::int8_t kRound[] = {
    -50, -70, -5, -95, 40, -65, 20, -5, -25, 45, -50, 80, -20, 90, 20, 88, 65, 85,
};

constexpr Allograph kAll[] = {
    {"corner", 40, "m-----v--", 1.2F, 0.27F, kCorner},
    {"loop", 40, "m----------", 1.2F, 0.27F, kLoop},
    {"round", 12, "m--------", 1.2F, 0.27F, kRound},
};

}  // namespace

std::span<const Allograph> two_allographs() { return kAll; }

}  // namespace backprop::digits
