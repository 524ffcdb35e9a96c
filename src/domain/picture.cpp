// SPDX-License-Identifier: Apache-2.0
#include "domain/picture.hpp"

#include <fmt/format.h>

#include <array>

#include "domain/enum_names.hpp"

namespace aisha::domain {
namespace {

constexpr std::string_view kResultPhoto = "result/";
constexpr std::array<std::string_view, 4> kStates{"open", "ready", "failed", "cancelled"};

}  // namespace

std::string_view text_of(PictureState state) {
  return enum_names::text_of(kStates, state);
}
PictureState picture_state_from(std::string_view text) {
  return enum_names::value_of<PictureState>(kStates, text);
}

std::string object_key(TimePoint created_at, const Uuid& id, std::string_view extension) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(created_at));
  return fmt::format("{:04}/{:02}/{:02}/{}.{}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), id.to_string(), extension);
}

std::optional<Uuid> id_in_object_key(std::string_view key) {
  constexpr std::size_t kDate = 11;  // "2026/01/15/"
  constexpr std::size_t kId = 36;
  if (key.size() <= kDate + kId + 1) {
    return std::nullopt;
  }
  const auto id = Uuid::parse(key.substr(kDate, kId));
  const bool ours = id && object_key(id->time(), *id, key.substr(kDate + kId + 1)) == key;
  return ours ? id : std::nullopt;
}

std::string thumbnail_key(TimePoint created_at, const Uuid& id) {
  return object_key(created_at, id, "thumb.webp");
}

std::string result_photo_key(const Uuid& id) {
  return std::string(kResultPhoto) + id.to_base64url();
}

std::optional<Uuid> id_in_result_photo_key(std::string_view key) {
  return key.starts_with(kResultPhoto) ? Uuid::from_base64url(key.substr(kResultPhoto.size())) : std::nullopt;
}

std::string shared_photo_key(const Uuid& id) {
  return "shared/" + id.to_base64url();
}

std::string document_photo_key(const Uuid& id) {
  return "document/" + id.to_base64url();
}

}  // namespace aisha::domain
