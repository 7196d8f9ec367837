#include "kernels/image.h"
#include "kernels/matrix.h"
#include "plan/plan.h"

#include <algorithm>

/// Convolutions sample by sample, so that an image, its windows' results and their gradients stay in the cache.
namespace backprop::plan {

namespace {

std::size_t bordered_row(const Stage& stage) { return (stage.in.width + 2 * stage.convolution.pad) * stage.in.stride; }

std::size_t bordered_size(const Stage& stage) {
  return (stage.in.height + 2 * stage.convolution.pad) * bordered_row(stage);
}

/// Where the image begins inside its border.
std::size_t corner(const Stage& stage) {
  return stage.convolution.pad * bordered_row(stage) + stage.convolution.pad * stage.in.stride;
}

std::int32_t* winners_of(Stage& stage, std::size_t sample) {
  return stage.winners.data() + sample * stage.out.pixels() * kernels::padded(stage.out.channels);
}

/// sigmoid(0) is not 0: what stands between the pixels must not reach the next layer.
void clear_padding(const Layout& layout, float* sample) {
  for (std::size_t pixel = 0; pixel < layout.pixels(); ++pixel) {
    std::fill_n(sample + pixel * layout.stride + layout.channels, layout.stride - layout.channels, 0.0F);
  }
}

}  // namespace

const float* Plan::bordered(const Stage& stage, const float* image) {
  if (stage.convolution.pad == 0) return image;
  const std::size_t row = stage.in.width * stage.in.stride;
  kernels::copy_rows(image, row, image_.data() + corner(stage), bordered_row(stage), stage.in.height, row);
  return image_.data();
}

void Plan::convolution_forward(Stage& stage) {
  const Convolution& c = stage.convolution;
  const std::size_t wide = c.out.stride;
  const float* w = parameters_[stage.weight].now.data();
  const float* bias = parameters_[stage.bias].now.data();
  if (c.pad > 0) kernels::copy(nullptr, bordered_size(stage), image_.data());
  for (std::size_t r = 0; r < input_.rows(); ++r) {
    float* y = stage.y + r * stage.out.row();
    float* z = stage.pooled ? result_.data() : y;
    kernels::product_of_windows({.m = c.pixels.size(),
                                 .n = wide,
                                 .k = c.taps.size(),
                                 .b = w,
                                 .b_row = wide,
                                 .base = bias,
                                 .base_row = 0,
                                 .c = z,
                                 .c_row = wide},
                                bordered(stage, stage.x + r * stage.in.row()), c.pixels.data(), c.taps.data());
    if (stage.pooled) kernels::max_pool(stage.pooling, z, y, winners_of(stage, r));
    kernels::activate(stage.activation, y, stage.out.row());
    if (stage.activation == kernels::Activation::Sigmoid && !stage.pooled) clear_padding(stage.out, y);
  }
}

void Plan::max_pool_forward(Stage& stage) {
  for (std::size_t r = 0; r < input_.rows(); ++r) {
    kernels::max_pool(stage.pooling, stage.x + r * stage.in.row(), stage.y + r * stage.out.row(), winners_of(stage, r));
  }
}

void Plan::convolution_back(Stage& stage, const Target& weight, const Target& bias) {
  const Convolution& c = stage.convolution;
  const std::size_t wide = c.out.stride;
  const std::size_t taps = c.taps.size();
  kernels::copy(weight.base, taps * wide, weight.out);
  kernels::copy(bias.base, wide, bias.out);
  if (c.pad > 0) kernels::copy(nullptr, bordered_size(stage), image_.data());
  if (stage.dx) {
    kernels::transpose(parameters_[stage.weight].now.data(), taps, c.out.channels, wide, transposed_.data(),
                       kernels::padded(taps));
  }
  for (std::size_t r = 0; r < input_.rows(); ++r) {
    if (stage.pooled && !stage.dx) {
      winners_back(stage, r, weight, bias);
      continue;
    }
    float* dz = stage.dy + r * stage.out.row();
    if (stage.pooled) {
      kernels::max_pool_back(stage.pooling, dz, winners_of(stage, r), result_.data());
      dz = result_.data();
    }
    // The windows' list and the taps' list exchanged: the transpose of the windows.
    kernels::product_of_windows({.m = taps,
                                 .n = wide,
                                 .k = c.pixels.size(),
                                 .b = dz,
                                 .b_row = wide,
                                 .base = nullptr,
                                 .base_row = 0,
                                 .c = windows_.data(),
                                 .c_row = wide},
                                bordered(stage, stage.x + r * stage.in.row()), c.taps.data(), c.pixels.data());
    kernels::add(windows_.data(), taps * wide,
                 weight.out);  // an image's sum at once: adding pixel by pixel loses digits
    kernels::sum_rows(dz, c.pixels.size(), wide, wide, bias.out, bias.out);
    if (stage.dx) convolution_to_data(stage, dz, stage.dx + r * stage.in.row());
  }
}

void Plan::winners_back(Stage& stage, std::size_t sample, const Target& weight, const Target& bias) {
  const Convolution& c = stage.convolution;
  const kernels::PooledImage pooled{.image = bordered(stage, stage.x + sample * stage.in.row()),
                                    .pixels = stage.out.pixels(),
                                    .dy = stage.dy + sample * stage.out.row(),
                                    .dy_pixel = stage.out.stride,
                                    .winners = winners_of(stage, sample),
                                    .winners_pixel = kernels::padded(c.out.channels),
                                    .starts = c.pooled.data(),
                                    .positions = stage.pooling.size * stage.pooling.size};
  for (std::size_t filter = 0; filter < c.out.channels; ++filter) {
    const float total = kernels::filter_gradient(pooled, filter, c.cover, moved_.data(), windows_.data());
    float* to = weight.out + filter;
    for (std::size_t tap = 0; tap < c.taps.size(); ++tap) {
      to[tap * c.out.stride] += windows_[c.cover.lanes[tap]];
    }
    bias.out[filter] += total;
  }
}

void Plan::convolution_to_data(const Stage& stage, const float* dz, float* dx) {
  const Convolution& c = stage.convolution;
  const std::size_t wide = c.out.stride;
  const std::size_t window = kernels::padded(c.taps.size());
  const std::size_t row = bordered_row(stage);
  kernels::copy(nullptr, bordered_size(stage), image_back_.data());
  for (std::size_t y = 0; y < c.out.height; ++y) {
    kernels::product({.m = c.out.width,
                      .n = window,
                      .k = c.out.channels,
                      .b = transposed_.data(),
                      .b_row = window,
                      .base = nullptr,
                      .base_row = 0,
                      .c = windows_.data(),
                      .c_row = window},
                     dz + y * c.out.width * wide, wide, 1);
    kernels::add_windows({.count = c.out.width,
                          .step = c.stride * stage.in.stride,
                          .rows = c.height,
                          .pixels = c.width,
                          .channels = stage.in.channels,
                          .pixel = stage.in.stride,
                          .image_row = row,
                          .gradient_window = window},
                         windows_.data(), image_back_.data() + y * c.stride * row);
  }
  const std::size_t count = stage.in.width * stage.in.stride;
  kernels::copy_rows(image_back_.data() + corner(stage), row, dx, count, stage.in.height, count);
}

}  // namespace backprop::plan
