#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Handwritten digits: drawings turned into MNIST-like images, digits written by the machine itself, and MNIST's own
/// file format. Pure functions of their arguments: no clock, no file, no hidden state, and the same bytes natively and
/// as WebAssembly.
namespace backprop {

inline constexpr std::size_t kDigitSide = 28;
inline constexpr std::size_t kDigitPixels = kDigitSide * kDigitSide;
inline constexpr std::size_t kDigitLabels = 10;

/// 28 × 28 intensities from 0 (paper) to 1 (ink), row by row from the top.
using DigitImage = std::array<float, kDigitPixels>;

/// A place on a drawing, in any unit; y grows downwards.
struct Point {
  float x = 0;
  float y = 0;
};

/// One movement of the pen from touch to lift.
using Stroke = std::vector<Point>;
using Strokes = std::vector<Stroke>;

/// Bound on the points of one drawing, so that a runaway page cannot stall the core: minutes of pointer events.
inline constexpr std::size_t kMaxDrawingPoints = 100'000;

/// Where a 28 × 28 image lies on its drawing: column c covers x + c · size … x + (c + 1) · size, rows likewise with y.
/// All in the drawing's own unit.
struct Placement {
  float x = 0;
  float y = 0;
  float size = 1;
};

struct Rasterized {
  DigitImage pixels{};
  Placement placement;
};

/// A drawing as MNIST would show it: scaled so that its longer side, pen included, is exactly 20 pixels (the aspect is
/// kept), drawn with an anti-aliased pen of fixed width whatever the size of the drawing, cut off at that box, and
/// moved by whole pixels until the centre of mass is within half a pixel of pixel index (14, 14). Intensities are
/// multiples of 1/255, as MNIST's are. An empty drawing is all zeros.
///   dot_below  a drawing with a longer side below this, in its own unit, is one dot: a tap must not be blown up to a
///              full-size scribble. The page passes 3 % of its pad; 0 treats only a single place as a dot.
///   errors     InvalidValue for a coordinate that is not finite or a dot_below that is negative or not finite;
///   TooLarge
///              for more than kMaxDrawingPoints points
///   source     http://yann.lecun.com/exdb/mnist (normalisation of MNIST)
DigitImage rasterize(const Strokes& strokes, float dot_below = 0);

/// As rasterize, with the place of the image on the drawing, so that anything 28 × 28 can be painted back over it.
Rasterized rasterize_with_placement(const Strokes& strokes, float dot_below = 0);

/// A digit written by the generator: strokes in the unit square (y downwards) and the pen they were written with, in
/// pixels of the 20-pixel box.
struct WrittenDigit {
  std::uint8_t label = 0;
  Strokes strokes;
  float pen_radius = 0;
  float edge_ramp = 0;
};

/// Digit `index` of the endless stream that `seed` names. Labels come in blocks of ten: indices 10k … 10k + 9 hold
/// each label once, in an order of their own.
WrittenDigit write_digit(std::uint64_t seed, std::uint64_t index);

/// Digit `index` of the stream of one label.
///   errors  InvalidValue if label > 9
WrittenDigit write_digit(std::uint64_t seed, std::uint64_t index, std::uint8_t label);

/// Digits first … first + count − 1 of the stream `seed` as images, count = labels.size(). A digit depends on the seed
/// and its index alone, so a stream may be made in chunks of any size.
///   images  labels.size() × 784, 0 to 255, ink bright
///   errors  ShapeMismatch if images.size() ≠ 784 · labels.size()
void handwriting(std::uint64_t seed, std::uint64_t first, std::span<std::uint8_t> images,
                 std::span<std::uint8_t> labels);

/// Bounds of a random affine map of an image about its middle; each amount is drawn evenly from −bound … +bound.
/// The defaults are mild: enough to be of use, and no digit becomes another.
struct AugmentOptions {
  float shift = 1.0F;    ///< pixels, x and y apart
  float rotate = 0.12F;  ///< radians
  float scale = 0.06F;   ///< natural logarithm of the factor, x and y together
  float shear = 0.1F;    ///< pixels sideways for each pixel down
};

/// One image, moved a little at random, by bilinear interpolation; what comes from outside the image is paper.
///   in, out  784 values each, not overlapping
///   errors   ShapeMismatch if either is not 784 long; OutOfRange for a bound that is negative, NaN, or so large that
///   no
///            digit would be left
void augment(std::span<const float> in, std::span<float> out, const AugmentOptions& options, std::uint64_t seed);

/// A tensor of bytes from an IDX file, such as MNIST's images [60000, 28, 28] or labels [60000].
struct Idx {
  std::vector<std::size_t> shape;
  std::vector<std::uint8_t> data;
};

/// Bound on the data of one IDX file, in bytes: five times MNIST's largest.
inline constexpr std::size_t kMaxIdxBytes = std::size_t{1} << 28;

/// Read an IDX file of unsigned bytes with 1 to 4 dimensions, plain or gzip-compressed.
///   errors  MalformedFile for a wrong magic number or type byte, a size that differs from the declared one, and a gzip
///           stream that is damaged, cut short or followed by something else; TooLarge for more than kMaxIdxBytes
///   source  http://yann.lecun.com/exdb/mnist (the IDX file format)
Idx read_idx(std::span<const std::uint8_t> file);

}  // namespace backprop
