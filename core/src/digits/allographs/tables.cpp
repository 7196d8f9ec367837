#include "tables.h"

namespace backprop::digits {

std::span<const Allograph> allographs(std::uint8_t label) {
  switch (label) {
    case 0:
      return zero_allographs();
    case 1:
      return one_allographs();
    case 2:
      return two_allographs();
    case 3:
      return three_allographs();
    case 4:
      return four_allographs();
    case 5:
      return five_allographs();
    case 6:
      return six_allographs();
    case 7:
      return seven_allographs();
    case 8:
      return eight_allographs();
    default:
      return nine_allographs();
  }
}

}  // namespace backprop::digits
