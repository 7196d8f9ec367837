#include "tables.h"

namespace backprop::digits {
namespace {

constexpr std::int8_t kOpen[] = {
    -45, -90, -52, -40, -50, 5, 0, 8, 60, 0, 35, -90, 30, -30, 27, 30, 25, 95,
};

constexpr std::int8_t kUshape[] = {
    -45, -80, -52, -20, -20, 8, 25, -15, 48, -60, 50, -85, 43, -20, 35, 40, 28, 95,
};

constexpr std::int8_t kClosed[] = {
    20, -95, -20, -40, -62, 22, 0, 24, 65, 20, 22, -93, 22, -30, 20, 35, 18, 95,
};

constexpr std::int8_t kCrossed[] = {
    -50, -85, -55, -30, -40, 5, 0, 8, 40, 0, 60, -2, 62, -2, 35, -90, 32, -30, 28, 30, 25, 95,
};

constexpr std::int8_t kPeak[] = {
    -50, -75, -58, -25, -30, 5, 15, 0, 50, -45, 45, 0, 38, 45, 30, 95,
};

constexpr Allograph kAll[] = {
    {"open", 55, "m----m---", 1.2F, 0.27F, kOpen},     {"ushape", 22, "m----v---", 1.2F, 0.27F, kUshape},
    {"closed", 13, "m--v-m---", 1.2F, 0.27F, kClosed}, {"crossed", 10, "m---v--m---", 1.2F, 0.27F, kCrossed},
    {"peak", 10, "m-------", 1.2F, 0.27F, kPeak},
};

}  // namespace

std::span<const Allograph> four_allographs() { return kAll; }

}  // namespace backprop::digits
