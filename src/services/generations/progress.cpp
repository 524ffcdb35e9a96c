// SPDX-License-Identifier: Apache-2.0
#include "services/generations/progress.hpp"

#include <fmt/core.h>

#include <charconv>

#include "cache/keys.hpp"
#include "cache/recall.hpp"
#include "cache/versioned.hpp"

namespace aisha::services {
namespace {

constexpr std::uint32_t kFormat = 1;
constexpr int kNone = -1;

std::optional<int> if_any(int value) {
  return value == kNone ? std::nullopt : std::optional(value);
}

}  // namespace

Task<void> note_progress(Context context, Uuid generation, Progress progress) {
  const std::string text = fmt::format("{} {}", progress.ahead.value_or(kNone), progress.usual_seconds.value_or(kNone));
  auto entry = cache::keys::progress(generation);
  std::string sealed = cache::seal(kFormat, text);
  // Not `keep`: this is the newest word itself, not a copy of rows.
  co_await context.cache.put(std::move(entry.key), std::move(sealed), entry.ttl);
}

Task<std::optional<Progress>> progress_of(Context context, Uuid generation) {
  auto entry = cache::keys::progress(generation);
  const auto text = co_await cache::recall(context.cache, std::move(entry), kFormat);
  if (!text) {
    co_return std::nullopt;
  }
  int ahead = kNone;
  int usual = kNone;
  const char* end = text->data() + text->size();
  const auto first = std::from_chars(text->data(), end, ahead);
  if (first.ec != std::errc{} || first.ptr == end || std::from_chars(first.ptr + 1, end, usual).ec != std::errc{}) {
    co_return std::nullopt;
  }
  Progress out;
  out.ahead = if_any(ahead);
  out.usual_seconds = if_any(usual);
  co_return out;
}

Task<void> forget_progress(Context context, Uuid generation) {
  auto entry = cache::keys::progress(generation);
  co_await context.cache.erase(std::move(entry.key));
}

}  // namespace aisha::services
