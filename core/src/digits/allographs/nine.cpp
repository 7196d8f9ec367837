#include "tables.h"

namespace backprop::digits {
namespace {

constexpr std::int8_t kCorner[] = {
    38, -65, 0, -95, -45, -65, -38, -22, 0, -12, 38, -55, 40, -65, 40, -10, 35, 40, 30, 95,
};

constexpr std::int8_t kSmooth[] = {
    38, -70, -5, -97, -45, -60, -30, -18, 15, -30, 42, -75, 40, 0, 30, 45, 15, 95,
};

constexpr std::int8_t kHook[] = {
    38, -70, -5, -97, -45, -60, -30, -18, 15, -25, 45, -75, 48, 0, 35, 70, 0, 95, -40, 75,
};

constexpr std::int8_t kSlanted[] = {
    50, -70, 10, -95, -30, -70, -35, -35, 0, -30, 50, -75, 30, -20, 5, 35, -20, 95,
};

constexpr std::int8_t kOpen[] = {
    20, -95, -30, -80, -45, -40, -10, -25, 40, -45, 40, -60, 38, 0, 34, 45, 30, 95,
};

constexpr Allograph kAll[] = {
    {"corner", 45, "m-----v---", 1.2F, 0.27F, kCorner}, {"smooth", 30, "m--------", 1.2F, 0.27F, kSmooth},
    {"hook", 15, "m---------", 1.2F, 0.27F, kHook},     {"slanted", 20, "m--------", 1.2F, 0.27F, kSlanted},
    {"open", 10, "m----v---", 1.2F, 0.27F, kOpen},
};

}  // namespace

std::span<const Allograph> nine_allographs() { return kAll; }

}  // namespace backprop::digits
