#include "tables.h"

namespace backprop::digits {
namespace {

constexpr std::int8_t kSharp[] = {
    -52, -75, -10, -85, 40, -88, 52, -85, 22, -20, 0, 40, -15, 95,
};

constexpr std::int8_t kRound[] = {
    -52, -70, -15, -88, 30, -88, 45, -55, 22, -10, 5, 30, -8, 65, -15, 95,
};

constexpr std::int8_t kSerif[] = {
    -50, -40, -50, -85, 0, -82, 40, -85, 52, -85, 22, -20, 0, 40, -15, 95,
};

constexpr std::int8_t kCross[] = {
    -52, -75, -10, -85, 40, -88, 52, -85, 22, -20, 0, 40, -15, 95, -35, 10, 5, 5, 45, 0,
};

constexpr Allograph kAll[] = {
    {"sharp", 50, "m--v---", 1.2F, 0.27F, kSharp},
    {"round", 30, "m-------", 1.2F, 0.27F, kRound},
    {"serif", 22, "mv--v---", 1.2F, 0.27F, kSerif},
    {"cross", 20, "m--v---m--", 1.2F, 0.27F, kCross},
};

}  // namespace

std::span<const Allograph> seven_allographs() { return kAll; }

}  // namespace backprop::digits
