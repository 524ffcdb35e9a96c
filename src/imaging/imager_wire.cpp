// SPDX-License-Identifier: Apache-2.0
#include "imaging/imager_wire.hpp"

#include <bit>
#include <type_traits>

namespace aisha::imaging::wire {
namespace {

constexpr std::uint32_t kMaxCells = 64;
constexpr std::uint32_t kMaxFaces = 4096;

class Writer {
 public:
  template <class T>
    requires(std::is_integral_v<T> || std::is_enum_v<T>)
  void put(T value) {
    auto bits = static_cast<std::uint64_t>(value);
    for (int i = 0; i < 8; ++i) {
      out_.push_back(static_cast<char>(bits & 0xffU));
      bits >>= 8U;
    }
  }
  void put(double value) { put(std::bit_cast<std::uint64_t>(value)); }
  void put(const std::string& text) {
    put(text.size());
    out_ += text;
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view in) : in_(in) {}

  template <class T>
    requires(std::is_integral_v<T> || std::is_enum_v<T>)
  void get(T& value) {
    std::uint64_t bits = 0;
    if (in_.size() < 8) {
      good_ = false;
      return;
    }
    for (std::size_t i = 8; i > 0; --i) {
      bits = (bits << 8U) | static_cast<unsigned char>(in_[i - 1]);
    }
    in_.remove_prefix(8);
    value = static_cast<T>(bits);
    // Only what `put` writes: a value that does not fit would come out as another one.
    good_ = good_ && static_cast<std::uint64_t>(value) == bits;
  }
  void get(double& value) {
    std::uint64_t bits = 0;
    get(bits);
    value = std::bit_cast<double>(bits);
  }
  void get(std::string& text) {
    std::uint64_t size = 0;
    get(size);
    if (!good_ || size > in_.size()) {
      good_ = false;
      return;
    }
    text.assign(in_.substr(0, size));
    in_.remove_prefix(size);
  }
  bool finished() const { return good_ && in_.empty(); }
  bool good() const { return good_; }

 private:
  std::string_view in_;
  bool good_ = true;
};

/// False when it cannot be one.
bool read_chart(Reader& in, ChartSpec& chart) {
  std::uint64_t columns = 0;
  in.get(columns);
  if (!in.good() || columns > kMaxCells) {
    return false;
  }
  chart.columns.resize(columns);
  for (std::int64_t& column : chart.columns) {
    in.get(column);
  }
  in.get(chart.lit);
  std::uint64_t bars = 0;
  in.get(bars);
  if (!in.good() || bars > kMaxCells) {
    return false;
  }
  chart.bars.resize(bars);
  for (ChartBar& bar : chart.bars) {
    in.get(bar.picture);
    in.get(bar.n);
  }
  return in.good();
}

/// All but the faces, in one order for both directions.
template <class Photo, class Field>
void each_field(Photo& photo, const Field& field) {
  field(photo.format);
  field(photo.width);
  field(photo.height);
  field(photo.jpeg);
  field(photo.kept_width);
  field(photo.kept_height);
  field(photo.luma);
  field(photo.dhash);
  field(photo.faces_known);
  field(photo.face_sharpness);
  field(photo.sharpness);
}

template <class Face, class Field>
void each_part(Face& face, const Field& field) {
  field(face.x);
  field(face.y);
  field(face.side);
  field(face.score);
}

void write_photo(Writer& out, const PhotoReport& photo) {
  const auto put = [&](const auto& field) { out.put(field); };
  each_field(photo, put);
  out.put(photo.faces.size());
  for (const FaceBox& face : photo.faces) {
    each_part(face, put);
  }
}

/// False when it cannot be one.
bool read_photo(Reader& in, PhotoReport& photo) {
  const auto get = [&](auto& field) { in.get(field); };
  each_field(photo, get);
  std::uint64_t faces = 0;
  in.get(faces);
  if (!in.good() || faces > kMaxFaces) {
    return false;
  }
  photo.faces.resize(faces);
  for (FaceBox& face : photo.faces) {
    each_part(face, get);
  }
  return in.good();
}

}  // namespace

std::string encode(const Request& request) {
  Writer out;
  out.put(request.operation);
  out.put(request.cpu_ms);
  out.put(request.limits.max_bytes);
  out.put(request.limits.max_side);
  out.put(request.limits.max_pixels);
  out.put(request.picture);
  out.put(request.resize.width);
  out.put(request.resize.height);
  out.put(request.resize.crop);
  out.put(request.resize.most_bytes);
  out.put(request.sheet.columns);
  out.put(request.sheet.cell_width);
  out.put(request.sheet.cell_height);
  out.put(request.sheet.strip);
  out.put(request.sheet.waiting);
  out.put(request.sheet.rows.size());
  for (const int cells : request.sheet.rows) {
    out.put(cells);
  }
  out.put(request.sheet.cells.size());
  for (const SheetCell& cell : request.sheet.cells) {
    out.put(cell.picture);
    out.put(cell.badge);
    out.put(cell.locked);
    out.put(cell.popular);
    out.put(cell.price);
    out.put(cell.label);
  }
  out.put(request.chart.columns.size());
  for (const std::int64_t column : request.chart.columns) {
    out.put(column);
  }
  out.put(request.chart.lit);
  out.put(request.chart.bars.size());
  for (const ChartBar& bar : request.chart.bars) {
    out.put(bar.picture);
    out.put(bar.n);
  }
  return out.take();
}

std::optional<Request> decode_request(std::string_view body) {
  Reader in(body);
  Request request;
  in.get(request.operation);
  in.get(request.cpu_ms);
  in.get(request.limits.max_bytes);
  in.get(request.limits.max_side);
  in.get(request.limits.max_pixels);
  in.get(request.picture);
  in.get(request.resize.width);
  in.get(request.resize.height);
  in.get(request.resize.crop);
  in.get(request.resize.most_bytes);
  in.get(request.sheet.columns);
  in.get(request.sheet.cell_width);
  in.get(request.sheet.cell_height);
  in.get(request.sheet.strip);
  in.get(request.sheet.waiting);
  std::uint64_t rows = 0;
  in.get(rows);
  if (!in.good() || rows > kMaxCells) {
    return std::nullopt;
  }
  request.sheet.rows.resize(rows);
  for (int& row : request.sheet.rows) {
    in.get(row);
  }
  std::uint64_t cells = 0;
  in.get(cells);
  if (!in.good() || cells > kMaxCells) {
    return std::nullopt;
  }
  request.sheet.cells.resize(cells);
  for (SheetCell& cell : request.sheet.cells) {
    in.get(cell.picture);
    in.get(cell.badge);
    in.get(cell.locked);
    in.get(cell.popular);
    in.get(cell.price);
    in.get(cell.label);
  }
  if (!read_chart(in, request.chart) || !in.finished()) {
    return std::nullopt;
  }
  return request;
}

std::string encode(const Answer& answer) {
  Writer out;
  out.put(answer.error.has_value());
  if (answer.error) {
    out.put(answer.error->code);
    out.put(answer.error->detail);
    return out.take();
  }
  out.put(answer.inspection.format);
  out.put(answer.inspection.width);
  out.put(answer.inspection.height);
  out.put(answer.inspection.thumbnail_webp);
  out.put(answer.inspection.thumbhash);
  out.put(answer.inspection.looks.deviation);
  out.put(answer.inspection.looks.highlight);
  out.put(answer.inspection.looks.sharpness);
  out.put(answer.inspection.cleaned);
  write_photo(out, answer.photo);
  out.put(answer.bytes);
  return out.take();
}

std::optional<Answer> decode_answer(std::string_view body) {
  Reader in(body);
  Answer answer;
  bool failed = false;
  in.get(failed);
  if (failed) {
    Error error{Errc::image_decoder_failed, {}};
    in.get(error.code);
    in.get(error.detail);
    answer.error = std::move(error);
  } else {
    in.get(answer.inspection.format);
    in.get(answer.inspection.width);
    in.get(answer.inspection.height);
    in.get(answer.inspection.thumbnail_webp);
    in.get(answer.inspection.thumbhash);
    in.get(answer.inspection.looks.deviation);
    in.get(answer.inspection.looks.highlight);
    in.get(answer.inspection.looks.sharpness);
    in.get(answer.inspection.cleaned);
    if (!read_photo(in, answer.photo)) {
      return std::nullopt;
    }
    in.get(answer.bytes);
  }
  if (!in.finished()) {
    return std::nullopt;
  }
  return answer;
}

std::string length_prefix(std::size_t bytes) {
  std::string out;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    out.push_back(static_cast<char>((bytes >> shift) & 0xffU));
  }
  return out;
}

std::uint32_t read_length(std::string_view prefix) {
  std::uint32_t length = 0;
  for (std::size_t i = kLengthBytes; i > 0; --i) {
    length = (length << 8U) | static_cast<unsigned char>(prefix[i - 1]);
  }
  return length;
}

}  // namespace aisha::imaging::wire
