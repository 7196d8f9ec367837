#include "tables.h"

namespace backprop::digits {
namespace {

constexpr std::int8_t kCurved[] = {
    35, -95, -20, -55, -50, 10, -45, 70, 0, 97, 40, 65, 35, 25, 5, 15, -25, 35, -42, 65,
};

constexpr std::int8_t kStraight[] = {
    5, -97, -15, -50, -32, 0, -40, 55, -20, 90, 20, 90, 38, 55, 15, 25, -15, 40, -32, 70,
};

constexpr std::int8_t kLying[] = {
    70, -85, 10, -55, -45, -5, -65, 50, -30, 88, 25, 80, 50, 40, 20, 15, -20, 30, -50, 60,
};

constexpr Allograph kAll[] = {
    {"curved", 60, "m---------", 1.2F, 0.27F, kCurved},
    {"straight", 40, "m---------", 1.2F, 0.27F, kStraight},
    {"lying", 10, "m---------", 1.2F, 0.27F, kLying},
};

}  // namespace

std::span<const Allograph> six_allographs() { return kAll; }

}  // namespace backprop::digits
