#include "backprop/digits.h"
#include "backprop/error.h"

#include "allograph.h"
#include "normalise.h"
#include "raster.h"
#include "split_mix.h"
#include "style.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

namespace backprop {
namespace {

using digits::Allograph;
using digits::SplitMix;

/// Label of digit `index`: a shuffle of 0 … 9 for each block of ten, so that every stretch of the stream is balanced.
std::uint8_t label_at(std::uint64_t seed, std::uint64_t index) {
  constexpr std::uint64_t kShuffleStreams = 0xA5A5'0000'0000'0000;
  SplitMix random(seed, kShuffleStreams ^ (index / kDigitLabels));
  std::array<std::uint8_t, kDigitLabels> labels{};
  std::iota(labels.begin(), labels.end(), std::uint8_t{0});
  for (std::uint32_t i = kDigitLabels - 1; i > 0; --i) std::swap(labels[i], labels[random.below(i + 1)]);
  return labels[index % kDigitLabels];
}

const Allograph& choose_allograph(std::uint8_t label, SplitMix& random) {
  const std::span<const Allograph> all = digits::allographs(label);
  float total = 0;
  for (const Allograph& allograph : all) total += allograph.share;
  float mark = random.uniform() * total;
  for (const Allograph& allograph : all) {
    mark -= allograph.share;
    if (mark < 0) return allograph;
  }
  return all.back();
}

/// Strokes in pixels about the middle of the box; `stream` names the digit's own random numbers.
WrittenDigit write(std::uint64_t seed, std::uint64_t stream, std::uint8_t label) {
  SplitMix random(seed, stream);
  const Allograph& allograph = choose_allograph(label, random);
  WrittenDigit digit = digits::compose(allograph, digits::kStyle, random);
  digit.label = label;
  return digit;
}

/// To the unit square, the longer side filling it but for a margin.
void fit_unit_square(Strokes& strokes) {
  constexpr float kMargin = 0.1F;
  Point low = strokes.front().front();
  Point high = low;
  for (const Stroke& stroke : strokes) {
    for (const Point p : stroke) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
  }
  const float scale = (1 - 2 * kMargin) / std::max(high.x - low.x, high.y - low.y);
  for (Stroke& stroke : strokes) {
    for (Point& p : stroke) {
      p.x = 0.5F + (p.x - (low.x + high.x) / 2) * scale;
      p.y = 0.5F + (p.y - (low.y + high.y) / 2) * scale;
    }
  }
}

}  // namespace

WrittenDigit write_digit(std::uint64_t seed, std::uint64_t index) {
  WrittenDigit digit = write(seed, index, label_at(seed, index));
  fit_unit_square(digit.strokes);
  return digit;
}

WrittenDigit write_digit(std::uint64_t seed, std::uint64_t index, std::uint8_t label) {
  if (label >= kDigitLabels) {
    refuse(ErrorCode::InvalidValue, {"write_digit: label is ", label, "; give a digit from 0 to 9."});
  }
  constexpr std::uint64_t kLabelStreams = 0x5A5A'0000'0000'0000;
  WrittenDigit digit = write(seed, (kLabelStreams ^ index) + (std::uint64_t{label} << 40U), label);
  fit_unit_square(digit.strokes);
  return digit;
}

void handwriting(std::uint64_t seed, std::uint64_t first, std::span<std::uint8_t> images,
                 std::span<std::uint8_t> labels) {
  if (images.size() != labels.size() * kDigitPixels) {
    refuse(ErrorCode::ShapeMismatch,
           {"handwriting: ", labels.size(), " labels need ", labels.size() * kDigitPixels,
            " bytes of images, but there is room for ", images.size(), ". Make images 784 times as long as labels."});
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    labels[i] = label_at(seed, first + i);
    const WrittenDigit digit = write(seed, first + i, labels[i]);
    const digits::Normalised image = digits::normalise(digit.strokes, digit.pen_radius, digit.edge_ramp, 0);
    std::copy(image.pixels.begin(), image.pixels.end(), images.begin() + static_cast<std::ptrdiff_t>(i * kDigitPixels));
  }
}

}  // namespace backprop
