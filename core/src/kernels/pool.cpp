#include "kernels/pool.h"

#include "kernels/matrix.h"
#include "kernels/vector.h"

namespace backprop::kernels {

namespace {

inline Int4 load_bits(const std::int32_t* from) {
  Int4 v;
  std::memcpy(&v, from, sizeof v);
  return v;
}

/// Calls visit(position in the window, offset of the pixel) for what of a window lies in the image.
template <class Visit>
inline void each_pixel(const Pooling& p, std::size_t oy, std::size_t ox, Visit visit) {
  for (std::size_t wy = 0; wy < p.size; ++wy) {
    const std::size_t y = oy * p.stride + wy;
    if (y < p.pad || y >= p.height + p.pad) continue;
    for (std::size_t wx = 0; wx < p.size; ++wx) {
      const std::size_t x = ox * p.stride + wx;
      if (x < p.pad || x >= p.width + p.pad) continue;
      visit(static_cast<std::int32_t>(wy * p.size + wx), ((y - p.pad) * p.width + x - p.pad) * p.x_pixel);
    }
  }
}

}  // namespace

namespace {

/// Windows that lie in the image whole, as those without a border do. The larger wins, the first of equal ones, NaN
/// before all.
void pool_inside(const Pooling& p, const float* x, float* y, std::int32_t* winners, std::size_t oy) {
  const std::size_t wide = padded(p.channels);
  const std::size_t row = p.width * p.x_pixel;
  for (std::size_t ox = 0; ox < p.out_width; ++ox, y += p.y_pixel, winners += wide) {
    const float* window = x + (oy * p.width + ox) * p.stride * p.x_pixel;
    for (std::size_t c = 0; c < wide; c += kLanes) {
      Float4 best = load(window + c);
      Int4 winner{};
      std::int32_t position = 0;
      for (std::size_t wy = 0; wy < p.size; ++wy) {
        for (std::size_t wx = 0; wx < p.size; ++wx, ++position) {
          const Float4 value = load(window + wy * row + wx * p.x_pixel + c);
          const Int4 wins = ~(value <= best) & (best == best);
          best = select(wins, value, best);
          winner = (wins & position) | (~wins & winner);
        }
      }
      store(y + c, best);
      std::memcpy(winners + c, &winner, sizeof winner);
    }
  }
}

}  // namespace

void max_pool(const Pooling& p, const float* x, float* y, std::int32_t* winners) {
  const std::size_t wide = padded(p.channels);
  if (p.pad == 0) {
    for (std::size_t oy = 0; oy < p.out_height; ++oy) {
      pool_inside(p, x, y + oy * p.out_width * p.y_pixel, winners + oy * p.out_width * wide, oy);
    }
    return;
  }
  for (std::size_t oy = 0; oy < p.out_height; ++oy) {
    for (std::size_t ox = 0; ox < p.out_width; ++ox, y += p.y_pixel, winners += wide) {
      for (std::size_t c = 0; c < wide; c += kLanes) {
        Float4 best{};
        Int4 winner = ~Int4{};
        each_pixel(p, oy, ox, [&](std::int32_t position, std::size_t at) {
          const Float4 value = load(x + at + c);
          const Int4 first = winner < Int4{};
          const Int4 wins = first | (value > best) | ((value != value) & (best == best));
          best = select(wins, value, best);
          winner = (wins & position) | (~wins & winner);
        });
        store(y + c, best);
        std::memcpy(winners + c, &winner, sizeof winner);
      }
    }
  }
}

void max_pool_back(const Pooling& p, const float* dy, const std::int32_t* winners, float* dx) {
  const std::size_t wide = padded(p.channels);
  // Windows that tile the image write each pixel once; others leave gaps, and add up where they overlap.
  const bool tiles = p.stride == p.size && p.pad == 0 && p.height == p.out_height * p.size &&
                     p.width == p.out_width * p.size && p.x_pixel == wide;
  if (!tiles) copy(nullptr, p.height * p.width * p.x_pixel, dx);
  for (std::size_t oy = 0; oy < p.out_height; ++oy) {
    for (std::size_t ox = 0; ox < p.out_width; ++ox, dy += p.y_pixel, winners += wide) {
      for (std::size_t c = 0; c < wide; c += kLanes) {
        // Behind the channels stands the next pixel's gradient: it must not reach the padding.
        const Int4 real = first_lanes(p.channels - c);
        const Float4 upstream = floats_of(bits_of(load(dy + c)) & real);
        const Int4 winner = load_bits(winners + c);
        each_pixel(p, oy, ox, [&](std::int32_t position, std::size_t at) {
          const Float4 moved = floats_of(bits_of(upstream) & (winner == position));
          store(dx + at + c, tiles ? moved : load(dx + at + c) + moved);
        });
      }
    }
  }
}

}  // namespace backprop::kernels
