#include "backprop/digits.h"
#include "backprop/error.h"

#include "gunzip.h"

#include <algorithm>
#include <optional>
#include <string>

namespace backprop {
namespace {

/// The file's content, plain or inflated, a piece at a time.
class Content {
 public:
  explicit Content(std::span<const std::uint8_t> file) : plain_(file) {
    if (digits::is_gzip(file)) gzip_.emplace(file);
  }

  /// At most `count` further bytes; fewer only at the end.
  std::vector<std::uint8_t> read(std::size_t count) {
    std::vector<std::uint8_t> out;
    if (gzip_) {
      gzip_->read(out, count);
      return out;
    }
    const std::span<const std::uint8_t> piece = plain_.first(std::min(count, plain_.size()));
    out.assign(piece.begin(), piece.end());
    plain_ = plain_.subspan(piece.size());
    return out;
  }

  /// Refuse anything that follows what the header promised. Reading on also makes zlib verify its checksum.
  void expect_end() {
    const bool more = !read(1).empty();
    if (more || (gzip_ && gzip_->left_over() > 0)) {
      refuse(ErrorCode::MalformedFile,
             {"read_idx: the file goes on after the data that its header declares. Check that it is one whole IDX "
              "file and nothing else."});
    }
  }

 private:
  std::span<const std::uint8_t> plain_;
  std::optional<digits::Gunzip> gzip_;
};

std::vector<std::uint8_t> read_header(Content& content, std::size_t count, const char* what) {
  std::vector<std::uint8_t> bytes = content.read(count);
  if (bytes.size() == count) return bytes;
  refuse(ErrorCode::MalformedFile, {"read_idx: the file ends in its ", what, ": wanted ", count, " bytes, got ",
                                    bytes.size(), ". Choose an IDX file such as train-images-idx3-ubyte.gz."});
}

/// The magic number is 0, 0, element type, number of dimensions.
std::size_t read_rank(Content& content) {
  constexpr std::uint8_t kUnsignedByte = 0x08;
  constexpr std::size_t kMaxRank = 4;
  const std::vector<std::uint8_t> magic = read_header(content, 4, "magic number");
  if (magic[0] != 0 || magic[1] != 0) {
    refuse(ErrorCode::MalformedFile, {"read_idx: an IDX file starts with bytes 0 0, this one with ", magic[0], " ",
                                      magic[1], ". Choose an IDX file such as train-images-idx3-ubyte.gz."});
  }
  if (magic[2] != kUnsignedByte) {
    refuse(ErrorCode::MalformedFile, {"read_idx: wanted element type 8 (unsigned byte), got ", magic[2],
                                      ". Only byte images and labels are read."});
  }
  const std::size_t rank = magic[3];
  if (rank == 0 || rank > kMaxRank) {
    refuse(ErrorCode::MalformedFile,
           {"read_idx: wanted 1 to 4 dimensions, got ", rank, ". Images have 3 (count, rows, columns), labels 1."});
  }
  return rank;
}

std::string shape_text(const std::vector<std::size_t>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

/// Product of the dimensions, refused before anything of that size is allocated.
std::size_t checked_size(const std::vector<std::size_t>& shape) {
  std::uint64_t size = 1;
  for (const std::size_t extent : shape) {
    if (extent == 0) return 0;
  }
  for (const std::size_t extent : shape) {
    size *= extent;  // both below 2³² here, so the product fits
    if (size <= kMaxIdxBytes) continue;
    refuse(ErrorCode::TooLarge, {"read_idx: the header declares shape ", shape_text(shape), ", more than the ",
                                 kMaxIdxBytes, " bytes that are read. Split the file."});
  }
  return static_cast<std::size_t>(size);
}

}  // namespace

Idx read_idx(std::span<const std::uint8_t> file) {
  Content content(file);
  Idx idx;
  const std::size_t rank = read_rank(content);
  const std::vector<std::uint8_t> header = read_header(content, 4 * rank, "dimensions");
  for (std::size_t i = 0; i < rank; ++i) {
    std::size_t extent = 0;
    for (std::size_t b = 0; b < 4; ++b) extent = extent << 8U | header[4 * i + b];  // big-endian
    idx.shape.push_back(extent);
  }
  const std::size_t size = checked_size(idx.shape);
  idx.data = content.read(size);
  if (idx.data.size() != size) {
    refuse(ErrorCode::MalformedFile,
           {"read_idx: shape ", shape_text(idx.shape), " needs ", size, " bytes of data, got ", idx.data.size(),
            ". The file is cut short; download it again."});
  }
  content.expect_end();
  return idx;
}

}  // namespace backprop
