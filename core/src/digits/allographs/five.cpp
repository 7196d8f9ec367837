#include "tables.h"

namespace backprop::digits {
namespace {

constexpr std::int8_t kSingle[] = {
    52, -92, 10, -90, -25, -85, -30, -85, -40, -30, 0, -40, 42, -5, 40, 60, -5, 95, -55, 75,
};

constexpr std::int8_t kBar[] = {
    -25, -80, -32, -50, -38, -20, 5, -32, 42, 0, 42, 50, 5, 92, -55, 75, -30, -88, 15, -90, 60, -94,
};

constexpr std::int8_t kEss[] = {
    55, -85, 0, -92, -35, -62, -15, -20, 25, 10, 38, 50, 0, 90, -50, 78,
};

constexpr std::int8_t kSlant[] = {
    -5, -70, -20, -40, -35, -10, 5, -20, 25, 15, 10, 60, -25, 88, -60, 85, -5, -75, 35, -85, 80, -92,
};

constexpr Allograph kAll[] = {
    {"single", 40, "m--v------", 1.2F, 0.27F, kSingle},
    {"bar", 44, "m-v-----m--", 1.2F, 0.27F, kBar},
    {"ess", 16, "m-------", 1.2F, 0.27F, kEss},
    {"slant", 10, "m-v-----m--", 1.2F, 0.27F, kSlant},
};

}  // namespace

std::span<const Allograph> five_allographs() { return kAll; }

}  // namespace backprop::digits
