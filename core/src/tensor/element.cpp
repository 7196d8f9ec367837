#include "backprop/element.h"

#include "backprop/error.h"

namespace backprop {

std::size_t element_at(const Shape& shape, std::span<const std::int64_t> index, std::string_view id) {
  bool inside = index.size() == shape.rank();
  std::int64_t offset = 0;
  for (std::size_t axis = 0; inside && axis < shape.rank(); ++axis) {
    inside = index[axis] >= 0 && index[axis] < shape[axis];
    offset = offset * shape[axis] + index[axis];
  }
  if (inside) return static_cast<std::size_t>(offset);
  std::string wanted;
  for (const std::int64_t at : index) wanted += message({wanted.empty() ? "" : ", ", at});
  refuse(ErrorCode::OutOfRange,
         {"\"", id, "\" has shape ", shape, " and no element [", wanted, "]. Give one index for each axis."}, {id});
}

std::vector<std::int64_t> index_of_element(const Shape& shape, std::size_t element) {
  std::vector<std::int64_t> index(shape.rank());
  for (std::size_t axis = shape.rank(); axis-- > 0;) {
    const auto extent = static_cast<std::size_t>(shape[axis]);
    index[axis] = static_cast<std::int64_t>(element % extent);
    element /= extent;
  }
  return index;
}

}  // namespace backprop
