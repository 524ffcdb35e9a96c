// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/process/operations.hpp"

#include <algorithm>
#include <cmath>
#include <exception>

#include "imaging/thumbhash.hpp"
#include "imaging/worker/drawing/chart.hpp"
#include "imaging/worker/drawing/sheet.hpp"
#include "imaging/worker/photo/photo_report.hpp"
#include "imaging/worker/pixels/codec.hpp"
#include "imaging/worker/pixels/measures.hpp"
#include "imaging/worker/pixels/normal_form.hpp"

namespace aisha::imaging::worker {
namespace {

constexpr int kThumbnailSide = 256;
/// A 1:30 picture keeps a thumbnail of sane length.
constexpr int kThumbnailLongest = 1024;
constexpr int kThumbhashSide = 100;

int scale_side(int side, double factor) {
  return std::max(1, static_cast<int>(std::lround(side * factor)));
}

std::string hash_of(const Raster& thumbnail) {
  const double factor =
      std::min(1.0, static_cast<double>(kThumbhashSide) / std::max(thumbnail.width, thumbnail.height));
  const Raster small = scaled(thumbnail, scale_side(thumbnail.width, factor), scale_side(thumbnail.height, factor));
  std::vector<std::uint8_t> rgba;
  rgba.reserve(small.rgb.size() / 3 * 4);
  for (std::size_t i = 0; i + 2 < small.rgb.size(); i += 3) {
    rgba.insert(rgba.end(), {small.rgb[i], small.rgb[i + 1], small.rgb[i + 2], 255});
  }
  return thumbhash(rgba, small.width, small.height);
}

Result<Inspection> inspect(const std::string& original, const PictureLimits& limits) {
  auto picture = normal_form(original, limits);
  if (!picture) {
    return std::unexpected(std::move(picture.error()));
  }
  // From here on only what will be kept is looked at.
  const auto opened = open_picture(*picture, limits);
  if (!opened) {
    return std::unexpected(opened.error());
  }
  const double factor = std::min({1.0, static_cast<double>(kThumbnailSide) / std::min(opened->width, opened->height),
                                  static_cast<double>(kThumbnailLongest) / std::max(opened->width, opened->height)});
  auto thumbnail = decode(*picture, scale_side(opened->width, factor), scale_side(opened->height, factor), Fit::inside);
  if (!thumbnail) {
    return std::unexpected(std::move(thumbnail.error()));
  }
  return Inspection{.format = opened->format,
                    .width = opened->width,
                    .height = opened->height,
                    .thumbnail_webp = encode_webp(*thumbnail, 80),
                    .thumbhash = hash_of(*thumbnail),
                    .looks = looks_of(*thumbnail),
                    .cleaned = *picture == original ? std::string() : std::move(*picture)};
}

/// The best quality that fits.
Result<std::string> jpeg_within(const Raster& raster, std::size_t most_bytes) {
  constexpr int kBest = 85;
  constexpr int kLeast = 25;
  constexpr int kStep = 4;
  for (int quality = kBest; quality >= kLeast; quality -= kStep) {
    std::string jpeg = encode_jpeg(raster, quality);
    if (most_bytes == 0 || jpeg.size() <= most_bytes) {
      return jpeg;
    }
  }
  return fail(Errc::image_too_many_bytes, "no quality is small enough");
}

Result<std::string> resize(const wire::Request& request) {
  const ResizeSpec& spec = request.resize;
  const auto side_is_sane = [&](int side) { return side >= 1 && side <= request.limits.max_side; };
  if (!side_is_sane(spec.width) || !side_is_sane(spec.height)) {
    return fail(Errc::option_out_of_range, "resize: sides out of range");
  }
  const auto picture = normal_form(request.picture, request.limits);
  if (!picture) {
    return std::unexpected(picture.error());
  }
  auto raster = decode(*picture, spec.width, spec.height, spec.crop ? Fit::cover : Fit::inside);
  if (!raster) {
    return std::unexpected(std::move(raster.error()));
  }
  return jpeg_within(*raster, spec.most_bytes);
}

template <class T, class Member>
wire::Answer answer_of(Result<T> result, Member member) {
  wire::Answer answer;
  if (result) {
    answer.*member = std::move(*result);
  } else {
    answer.error = std::move(result.error());
  }
  return answer;
}

}  // namespace

wire::Answer perform(const wire::Request& request) {
  try {
    switch (request.operation) {
      case wire::Operation::inspect:
        return answer_of(inspect(request.picture, request.limits), &wire::Answer::inspection);
      case wire::Operation::photo:
        return answer_of(look_at_photo(request.picture, request.limits), &wire::Answer::photo);
      case wire::Operation::contact_sheet:
        return answer_of(draw_sheet(request.sheet, request.limits), &wire::Answer::bytes);
      case wire::Operation::chart: return answer_of(draw_chart(request.chart, request.limits), &wire::Answer::bytes);
      case wire::Operation::resize: return answer_of(resize(request), &wire::Answer::bytes);
    }
    return {
        .error = Error{Errc::image_decoder_failed, "no such operation"}, .inspection = {}, .photo = {}, .bytes = {}};
  } catch (const std::exception& problem) {
    return {.error = Error{Errc::image_decoder_failed, problem.what()}, .inspection = {}, .photo = {}, .bytes = {}};
  }
}

}  // namespace aisha::imaging::worker
