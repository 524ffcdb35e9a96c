// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "domain/avatar.hpp"
#include "domain/generation.hpp"
#include "domain/user.hpp"

namespace aisha::domain {
namespace {

template <class Enum, std::size_t N>
std::string_view name_in(const std::array<std::string_view, N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

template <class Enum, std::size_t N>
std::optional<Enum> find_in(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == text) {
      return static_cast<Enum>(i);
    }
  }
  return std::nullopt;
}

template <class Enum, std::size_t N>
Enum value_in(const std::array<std::string_view, N>& names, std::string_view text) {
  if (const auto found = find_in<Enum>(names, text)) {
    return *found;
  }
  throw std::invalid_argument(fmt::format("no such name in the database's vocabulary: {}", text));
}

std::string upper(std::string_view name) {
  std::string out(name);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

constexpr std::array<std::string_view, 2> kKinds{"PORTRAIT", "STYLE"};
constexpr std::array<std::string_view, 7> kStatuses{
    "DRAFT", "PHOTOS_UPLOADING", "READY_FOR_TRAINING", "TRAINING", "COMPLETED", "ERROR", "CANCELLED"};
constexpr std::array<std::string_view, 8> kStates{"queued",  "submitting", "unconfirmed", "running",
                                                  "storing", "succeeded",  "failed",      "cancelled"};
constexpr std::array<std::string_view, 7> kAttempts{"prepared", "accepted", "refused", "ambiguous",
                                                    "ok",       "error",    "surplus"};

using Edge = std::pair<std::string_view, std::string_view>;
constexpr std::array kEdges{
    Edge{"new", "queued"},           Edge{"queued", "submitting"},
    Edge{"queued", "storing"},       Edge{"queued", "failed"},
    Edge{"queued", "cancelled"},     Edge{"submitting", "running"},
    Edge{"submitting", "queued"},    Edge{"submitting", "unconfirmed"},
    Edge{"submitting", "storing"},   Edge{"submitting", "failed"},
    Edge{"submitting", "cancelled"}, Edge{"unconfirmed", "running"},
    Edge{"unconfirmed", "storing"},  Edge{"unconfirmed", "queued"},
    Edge{"unconfirmed", "failed"},   Edge{"unconfirmed", "cancelled"},
    Edge{"running", "storing"},      Edge{"running", "queued"},
    Edge{"running", "failed"},       Edge{"running", "cancelled"},
    Edge{"storing", "succeeded"},    Edge{"storing", "failed"},
};

}  // namespace

std::string_view stored_name(AvatarKind kind) {
  return name_in(kKinds, kind);
}
std::string_view stored_name(AvatarStatus status) {
  return name_in(kStatuses, status);
}
AvatarKind avatar_kind_from(std::string_view stored) {
  return find_in<AvatarKind>(kKinds, upper(stored)).value_or(AvatarKind::portrait);
}
AvatarStatus avatar_status_from(std::string_view stored) {
  return find_in<AvatarStatus>(kStatuses, upper(stored)).value_or(AvatarStatus::error);
}
std::string_view text_of(JobState state) {
  return name_in(kStates, state);
}
JobState job_state_from(std::string_view text) {
  return value_in<JobState>(kStates, text);
}
std::string_view text_of(AttemptState state) {
  return name_in(kAttempts, state);
}
std::span<const Edge> legal_transitions() {
  return kEdges;
}

std::string_view text_of(Language language) {
  return language == Language::ru ? "ru" : "en";
}

Language language_for(std::string_view language_code) {
  const std::string_view base = language_code.substr(0, language_code.find('-'));
  return base == "ru" || base == "be" || base == "kk" || base == "uk" ? Language::ru : Language::en;
}

std::string object_key(TimePoint created_at, const Uuid& id, std::string_view extension) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(created_at));
  return fmt::format("{:04}/{:02}/{:02}/{}.{}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), id.to_string(), extension);
}

}  // namespace aisha::domain
