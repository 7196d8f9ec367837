#include "backprop/digits.h"

#include "guard.h"
#include "rooms.h"

#include <emscripten/bind.h>

namespace backprop::bindings {

namespace {

/// Digits of one call: 1 GB of pixels would be beyond any page.
constexpr std::int64_t kMaxDigits = std::int64_t{1} << 20;

val handwriting_bytes(double stream, double first, double count) {
  return guarded([&] {
    const std::uint64_t start = static_cast<std::uint64_t>(integer(first, 0, std::int64_t{1} << 53, "first"));
    const auto digits = static_cast<std::size_t>(integer(count, 0, kMaxDigits, "count"));
    std::vector<std::uint8_t> images(digits * kDigitPixels);
    std::vector<std::uint8_t> labels(digits);
    handwriting(seed(stream), start, images, labels);
    val out = val::object();
    put(out, "images", to_typed_array(std::span<const std::uint8_t>(images)));
    put(out, "labels", to_typed_array(std::span<const std::uint8_t>(labels)));
    return out;
  });
}

/// Points come as x, y in turn, with the number of points of each stroke.
Strokes strokes_of(const val& points, const val& lengths) {
  const std::vector<float> coordinates = numbers<float>(points);
  const std::vector<std::int32_t> sizes = numbers<std::int32_t>(lengths);
  Strokes strokes;
  std::size_t next = 0;
  for (const std::int32_t size : sizes) {
    Stroke& stroke = strokes.emplace_back();
    for (std::int32_t i = 0; i < size; ++i, next += 2) {
      if (next + 1 >= coordinates.size()) {
        refuse(ErrorCode::OutOfRange, {"the strokes are longer than the points that came with them"});
      }
      stroke.push_back({coordinates[next], coordinates[next + 1]});
    }
  }
  return strokes;
}

val rasterize_placed(const val& points, const val& lengths, double dot_below) {
  return guarded([&] {
    const Strokes strokes = strokes_of(points, lengths);
    bool empty = true;
    for (const Stroke& stroke : strokes) empty = empty && stroke.empty();
    const Rasterized raster = rasterize_with_placement(strokes, static_cast<float>(dot_below));
    val out = val::object();
    put(out, "pixels", to_typed_array(std::span<const float>(raster.pixels)));
    put(out, "x", raster.placement.x);
    put(out, "y", raster.placement.y);
    put(out, "size", raster.placement.size);
    put(out, "empty", empty);
    return out;
  });
}

val sample_strokes(double label, double sample) {
  return guarded([&] {
    const auto digit = static_cast<std::uint8_t>(integer(label, 0, kDigitLabels - 1, "label"));
    const WrittenDigit written = write_digit(seed(sample), 0, digit);
    std::vector<float> points;
    std::vector<std::int32_t> lengths;
    for (const Stroke& stroke : written.strokes) {
      lengths.push_back(static_cast<std::int32_t>(stroke.size()));
      for (const Point& point : stroke) points.insert(points.end(), {point.x, point.y});
    }
    val out = val::object();
    put(out, "points", to_typed_array(std::span<const float>(points)));
    put(out, "lengths", to_typed_array(std::span<const std::int32_t>(lengths)));
    return out;
  });
}

val read_idx_bytes(const val& bytes) {
  return guarded([&] {
    const Idx idx = read_idx(numbers<std::uint8_t>(bytes));
    val out = val::object();
    put(out, "shape", list(idx.shape, [](std::int64_t extent) { return static_cast<double>(extent); }));
    put(out, "data", to_typed_array(std::span<const std::uint8_t>(idx.data)));
    return out;
  });
}

}  // namespace

void bind_digits() {
  using emscripten::function;
  function("handwriting", &handwriting_bytes);
  function("rasterize", &rasterize_placed);
  function("sampleStrokes", &sample_strokes);
  function("readIdx", &read_idx_bytes);
}

}  // namespace backprop::bindings
