#include "ops/images.h"
#include "step/lens.h"

#include <cmath>

namespace backprop {

namespace {

using Id = ScalarGraph::Id;

/// Where a window of the result stands.
struct Place {
  std::size_t plane, y, x;
};
Place place_of(const Patches& p, std::size_t offset) {
  return {offset / p.columns(), offset / p.out_width % p.out_height, offset % p.out_width};
}

/// Calls `visit(window, ky, kx)` for every window that covers pixel (y, x), by its number in the plane, with the place
/// of the pixel under it.
template <class Visit>
void each_window_over(const Patches& p, std::size_t y, std::size_t x, Visit visit) {
  for (std::size_t oy = 0; oy < p.out_height; ++oy) {
    const std::size_t ky = y + p.pad - oy * p.stride;  // unsigned: beyond the kernel where the window lies below
    if (ky >= p.kernel_height) continue;
    for (std::size_t ox = 0; ox < p.out_width; ++ox) {
      const std::size_t kx = x + p.pad - ox * p.stride;
      if (kx < p.kernel_width) visit(oy * p.out_width + ox, ky, kx);
    }
  }
}

/// The pixels under window (y, x) of one plane.
std::vector<std::size_t> pixels_under(const Patches& p, const Place& place) {
  std::vector<std::size_t> pixels;
  p.each_pixel(place.y, place.x, [&](std::size_t at) { pixels.push_back(place.plane * p.image() + at); });
  return pixels;
}

Images windows_of(const Seen& node) { return pooling_of(node.inputs[0].shape(), node.attributes); }

/// As the operator chooses it: the first of the largest, NaN before all.
std::size_t winner_of(const Named& x, const std::vector<std::size_t>& pixels) {
  std::size_t winner = pixels.front();
  for (const std::size_t at : pixels) {
    if (x.at(at) > x.at(winner) || (std::isnan(x.at(at)) && !std::isnan(x.at(winner)))) winner = at;
  }
  return winner;
}

}  // namespace

/// Σ X · W over channels and the places of the filter, + B
Id convolution_value(ScalarGraph& scalars, const Seen& node, std::size_t offset) {
  const Named& x = node.inputs[0];
  const Named& w = node.inputs[1];
  const Patches p = convolution_of(x.shape(), w.shape(), node.attributes).patches;
  const auto filters = static_cast<std::size_t>(w.shape()[0]);
  const Place place = place_of(p, offset);
  const std::size_t image = place.plane / filters;
  const std::size_t filter = place.plane % filters;
  std::vector<Pair> pairs;
  for (std::size_t row = 0; row < p.rows(); ++row) {
    const std::size_t channel = row / (p.kernel_height * p.kernel_width);
    const std::size_t y = place.y * p.stride + row / p.kernel_width % p.kernel_height - p.pad;
    const std::size_t column = place.x * p.stride + row % p.kernel_width - p.pad;
    if (y >= p.height || column >= p.width) continue;
    pairs.push_back({image * p.image() + (channel * p.height + y) * p.width + column, filter * p.rows() + row});
  }
  const Id sum = sum_of_products(scalars, x, w, pairs);
  return scalars.apply("add", {sum, node.inputs[2].leaf(scalars, filter)});
}

Id convolution_contribution(ScalarGraph& scalars, const Sent& sent) {
  const Named& x = sent.node.inputs[0];
  const Named& w = sent.node.inputs[1];
  const Images images = convolution_of(x.shape(), w.shape(), sent.node.attributes);
  const Patches& p = images.patches;
  const auto filters = static_cast<std::size_t>(w.shape()[0]);
  const auto up = [&](std::size_t image, std::size_t filter, std::size_t window) {
    return (image * filters + filter) * p.columns() + window;
  };
  if (sent.slot == 2) {
    std::vector<std::size_t> all;
    for (std::size_t image = 0; image < images.count; ++image) {
      for (std::size_t window = 0; window < p.columns(); ++window) all.push_back(up(image, sent.offset, window));
    }
    return sum_of(scalars, sent.upstream, all);
  }
  std::vector<Pair> pairs;
  if (sent.slot == 1) {  // the filter's place meets one pixel in every window
    const std::size_t filter = sent.offset / p.rows();
    const std::size_t channel = sent.offset % p.rows() / (p.kernel_height * p.kernel_width);
    const std::size_t ky = sent.offset / p.kernel_width % p.kernel_height;
    const std::size_t kx = sent.offset % p.kernel_width;
    for (std::size_t image = 0; image < images.count; ++image) {
      for (std::size_t window = 0; window < p.columns(); ++window) {
        const std::size_t y = window / p.out_width * p.stride + ky - p.pad;
        const std::size_t column = window % p.out_width * p.stride + kx - p.pad;
        if (y >= p.height || column >= p.width) continue;
        pairs.push_back({up(image, filter, window), image * p.image() + (channel * p.height + y) * p.width + column});
      }
    }
    return sum_of_products(scalars, sent.upstream, x, pairs);
  }
  const std::size_t image = sent.offset / p.image();
  const std::size_t channel = sent.offset / (p.height * p.width) % p.channels;
  each_window_over(p, sent.offset / p.width % p.height, sent.offset % p.width,
                   [&](std::size_t window, std::size_t ky, std::size_t kx) {
                     for (std::size_t filter = 0; filter < filters; ++filter) {
                       const std::size_t row = (channel * p.kernel_height + ky) * p.kernel_width + kx;
                       pairs.push_back({up(image, filter, window), filter * p.rows() + row});
                     }
                   });
  return sum_of_products(scalars, sent.upstream, w, pairs);
}

Id pooling_value(ScalarGraph& scalars, const Seen& node, std::size_t offset) {
  const Patches p = windows_of(node).patches;
  const Named& x = node.inputs[0];
  const std::vector<std::size_t> pixels = pixels_under(p, place_of(p, offset));
  if (node.op.name == "avg_pool2d") {
    const Id sum = sum_of(scalars, x, pixels);
    return scalars.apply("div", {sum, scalars.constant(static_cast<double>(p.rows()))});
  }
  std::vector<double> values;
  for (const std::size_t at : pixels) values.push_back(x.at(at));
  return scalars.largest(values, [&](std::size_t i) { return x.leaf(scalars, pixels[i]); });
}

/// The gradients of the windows that the pixel won, or its share of all windows over it.
Id pooling_contribution(ScalarGraph& scalars, const Sent& sent) {
  const Patches p = windows_of(sent.node).patches;
  const bool mean = sent.node.op.name == "avg_pool2d";
  const std::size_t plane = sent.offset / p.image();
  std::vector<std::size_t> windows;
  each_window_over(p, sent.offset / p.width % p.height, sent.offset % p.width,
                   [&](std::size_t window, std::size_t, std::size_t) {
                     const std::size_t result = plane * p.columns() + window;
                     if (!mean) {
                       const auto pixels = pixels_under(p, place_of(p, result));
                       if (winner_of(sent.node.inputs[0], pixels) != sent.offset) return;
                     }
                     windows.push_back(result);
                   });
  const Id sum = sum_of(scalars, sent.upstream, windows);
  return mean ? scalars.apply("div", {sum, scalars.constant(static_cast<double>(p.rows()))}) : sum;
}

}  // namespace backprop
