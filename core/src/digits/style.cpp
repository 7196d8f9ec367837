#include "style.h"

#include "portable_math.h"
#include "spline.h"

#include <algorithm>
#include <array>
#include <numbers>
#include <vector>

namespace backprop::digits {
namespace {

std::vector<Point> place_knots(const Allograph& allograph, float modes, float jitter, SplitMix& random) {
  constexpr float kTenth = 0.1F;
  std::vector<float> xy(allograph.mean().begin(), allograph.mean().end());
  for (std::size_t k = 0; k < allograph.modes(); ++k) {
    const float amount = random.normal() * modes;
    const std::span<const std::int8_t> mode = allograph.mode(k);
    for (std::size_t i = 0; i < xy.size(); ++i) xy[i] += amount * static_cast<float>(mode[i]);
  }
  std::vector<Point> knots(allograph.knots());
  for (std::size_t i = 0; i < knots.size(); ++i) {
    const float jitter_x = random.normal() * jitter;
    const float jitter_y = random.normal() * jitter;
    knots[i] = {xy[2 * i] * kTenth + jitter_x, xy[2 * i + 1] * kTenth + jitter_y};
  }
  return knots;
}

/// A plane wave of displacement: 0.125 to 0.325 radians a pixel, so one bend or less over the digit.
struct Wave {
  float along_x, along_y, phase, move_x, move_y;

  Wave(float amplitude, SplitMix& random) {
    const float direction = random.uniform() * 2 * std::numbers::pi_v<float>;
    const float frequency = 0.125F + 0.2F * random.uniform();
    along_x = frequency * portable_cos(direction);
    along_y = frequency * portable_sin(direction);
    phase = random.uniform() * 2 * std::numbers::pi_v<float>;
    move_x = random.normal() * amplitude;
    move_y = random.normal() * amplitude;
  }
};

void warp(Strokes& strokes, float amplitude, SplitMix& random) {
  const Wave first(amplitude, random);
  const Wave second(amplitude, random);
  const Wave third(amplitude, random);
  for (Stroke& stroke : strokes) {
    for (Point& p : stroke) {
      Point moved = p;
      for (const Wave* wave : {&first, &second, &third}) {
        const float s = portable_sin(wave->along_x * p.x + wave->along_y * p.y + wave->phase);
        moved.x += s * wave->move_x;
        moved.y += s * wave->move_y;
      }
      p = moved;
    }
  }
}

void lean(Strokes& strokes, const Style& style, SplitMix& random) {
  const float angle = random.normal() * style.rotate;
  const float shear = random.normal() * style.shear;
  const float aspect = portable_exp(random.normal() * style.aspect);
  const float c = portable_cos(angle);
  const float s = portable_sin(angle);
  for (Stroke& stroke : strokes) {
    for (Point& p : stroke) {
      const float x = p.x * aspect - shear * p.y;
      p = {c * x - s * p.y, s * x + c * p.y};
    }
  }
}

float choose_pen(const Allograph& allograph, const Style& style, SplitMix& random) {
  const float usual = allograph.pen * portable_exp(random.normal() * allograph.pen_spread);
  const bool bold = random.uniform() < style.bold;
  const float factor = bold ? 1.1F + 0.5F * random.uniform() : 1.0F;
  return std::clamp(usual * factor, 0.6F, 3.2F);
}

}  // namespace

WrittenDigit compose(const Allograph& allograph, const Style& style, SplitMix& random) {
  const float sloppy = portable_exp(random.normal() * style.sloppiness);
  const std::vector<Point> knots = place_knots(allograph, style.modes, style.jitter * sloppy, random);
  WrittenDigit digit;
  digit.strokes = spline(knots, allograph.path);
  warp(digit.strokes, style.warp * sloppy, random);
  lean(digit.strokes, style, random);
  digit.pen_radius = choose_pen(allograph, style, random);
  digit.edge_ramp = style.ramp_min + (style.ramp_max - style.ramp_min) * random.uniform();
  return digit;
}

}  // namespace backprop::digits
