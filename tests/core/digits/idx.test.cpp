#include "backprop/digits.h"

#include "support/matchers.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include <catch2/catch_test_macros.hpp>

namespace backprop::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// Three labels 7, 2, 1 as in MNIST's label files.
const Bytes kLabels = {0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1};

/// The same, as `gzip -9` writes it.
const Bytes kLabelsGzip = {0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0x63,
                           0x60, 0xE0, 0x60, 0x64, 0x60, 0x60, 0x60, 0x66, 0x67, 0x62, 0x04,
                           0x00, 0x15, 0xF8, 0x3E, 0x4E, 0x0B, 0x00, 0x00, 0x00};

/// Two images of 2 × 3 pixels, values 0 … 11.
Bytes images() {
  Bytes bytes = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3};
  for (std::uint8_t i = 0; i < 12; ++i) bytes.push_back(i);
  return bytes;
}

Bytes first(const Bytes& bytes, std::size_t count) {
  return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count)};
}

Bytes with(Bytes bytes, std::size_t at, std::uint8_t value) {
  bytes.at(at) = value;
  return bytes;
}

}  // namespace

TEST_CASE("an IDX file of labels is read, plain or gzipped", "[digits][idx]") {
  for (const Bytes& file : {kLabels, kLabelsGzip}) {
    const Idx idx = read_idx(file);
    CHECK(idx.shape == std::vector<std::size_t>{3});
    CHECK(idx.data == Bytes{7, 2, 1});
  }
}

TEST_CASE("an IDX file of images keeps its shape and order", "[digits][idx]") {
  const Idx idx = read_idx(images());
  CHECK(idx.shape == std::vector<std::size_t>{2, 2, 3});
  REQUIRE(idx.data.size() == 12);
  CHECK(idx.data[0] == 0);
  CHECK(idx.data[11] == 11);
}

TEST_CASE("dimensions are big-endian", "[digits][idx]") {
  Bytes file = {0, 0, 8, 1, 0, 0, 1, 2};
  file.resize(8 + 258, 9);
  CHECK(read_idx(file).shape == std::vector<std::size_t>{258});
}

TEST_CASE("an IDX file of nothing is a file of nothing", "[digits][idx]") {
  const Idx idx = read_idx(Bytes{0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 28});
  CHECK(idx.shape == std::vector<std::size_t>{0, 28});
  CHECK(idx.data.empty());
}

TEST_CASE("a file cut short anywhere is refused", "[digits][idx][refusal]") {
  for (const Bytes& file : {images(), kLabelsGzip}) {
    for (std::size_t count = 0; count < file.size(); ++count) {
      INFO(count << " of " << file.size() << " bytes");
      refused(ErrorCode::MalformedFile, {}, [&] { read_idx(first(file, count)); });
    }
  }
  refused(ErrorCode::MalformedFile, {"wanted 4 bytes, got 0"}, [] { read_idx({}); });
  refused(ErrorCode::MalformedFile, {"[2, 2, 3]", "needs 12", "got 11"}, [] { read_idx(first(images(), 27)); });
  refused(ErrorCode::MalformedFile, {"gzip", "before its end"}, [] { read_idx(first(kLabelsGzip, 16)); });
}

TEST_CASE("a file that is something else is refused", "[digits][idx][refusal]") {
  refused(ErrorCode::MalformedFile, {"bytes 0 0", "137 80"}, [] { read_idx(Bytes{137, 80, 78, 71, 13, 10}); });
  refused(ErrorCode::MalformedFile, {"type 8", "got 13"}, [] { read_idx(with(images(), 2, 0x0D)); });
  refused(ErrorCode::MalformedFile, {"1 to 4 dimensions", "got 0"}, [] { read_idx(with(images(), 3, 0)); });
  refused(ErrorCode::MalformedFile, {"1 to 4 dimensions", "got 9"}, [] { read_idx(with(images(), 3, 9)); });
}

TEST_CASE("data behind the declared end is refused", "[digits][idx][refusal]") {
  Bytes longer = images();
  longer.push_back(0);
  refused(ErrorCode::MalformedFile, {"goes on"}, [&] { read_idx(longer); });
  Bytes followed = kLabelsGzip;
  followed.push_back(0);
  refused(ErrorCode::MalformedFile, {"goes on"}, [&] { read_idx(followed); });
}

TEST_CASE("damage in a gzip stream never passes for other data", "[digits][idx][refusal]") {
  constexpr std::size_t kHeader = 10;
  std::size_t noticed = 0;
  for (std::size_t at = kHeader; at < kLabelsGzip.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      INFO("byte " << at << " bit " << bit);
      try {
        const Idx idx = read_idx(with(kLabelsGzip, at, static_cast<std::uint8_t>(kLabelsGzip[at] ^ (1U << bit))));
        CHECK(idx.data == Bytes{7, 2, 1});  // a padding bit, which nothing depends on
      } catch (const Error&) {
        ++noticed;
      }
    }
  }
  CHECK(noticed >= 8 * (kLabelsGzip.size() - kHeader) - 8);
  refused(ErrorCode::MalformedFile, {"gzip", "damaged"}, [] { read_idx(with(kLabelsGzip, 24, 0)); });
}

TEST_CASE("a size beyond the bound is refused before it is paid for", "[digits][idx][refusal]") {
  const Bytes huge = {0, 0, 8, 3, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
  refused(ErrorCode::TooLarge, {"4294967295", "268435456"}, [&] { read_idx(huge); });
  // A believable size with no data behind it fails on what came, without the memory that it asks for.
  const Bytes empty_promise = {0, 0, 8, 1, 0x0F, 0xFF, 0xFF, 0xFF};
  refused(ErrorCode::MalformedFile, {"needs 268435455", "got 0"}, [&] { read_idx(empty_promise); });
}

}  // namespace backprop::test
