#include "tables.h"

namespace backprop::digits {
namespace {

constexpr std::int8_t kCusp[] = {
    -45, -75, 0, -97, 40, -70, 25, -25, -5, -8, -15, -5, 25, 10, 48, 50, 20, 88, -15, 95, -50, 75,
};

constexpr std::int8_t kWaist[] = {
    -45, -75, 0, -97, 40, -70, 30, -30, 5, -5, 30, 20, 48, 50, 20, 88, -15, 95, -50, 75,
};

constexpr std::int8_t kKnot[] = {
    -45, -75, 0, -97, 40, -70, 25, -30, -5, -5, -25, -10, -15, -20, 15, 0, 45, 40, 20, 88, -15, 95, -50, 75,
};

constexpr std::int8_t kFlat[] = {
    -45, -90, 0, -92, 40, -90, 18, -55, -5, -20, 35, 0, 48, 45, 10, 92, -50, 75,
};

constexpr Allograph kAll[] = {
    {"cusp", 58, "m----v-----", 1.2F, 0.27F, kCusp},
    {"waist", 20, "m---------", 1.2F, 0.27F, kWaist},
    {"knot", 14, "m-----------", 1.2F, 0.27F, kKnot},
    {"flat", 8, "m-v-v----", 1.2F, 0.27F, kFlat},
};

}  // namespace

std::span<const Allograph> three_allographs() { return kAll; }

}  // namespace backprop::digits
