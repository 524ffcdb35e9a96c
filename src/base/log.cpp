// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <cctype>
#include <string>

namespace aisha::log {
namespace {

std::atomic<Level> least_level{Level::info};

bool is_token_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

/// Blots out the run of token characters that starts at `at`.
void blot(std::string& text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_token_char(text[end]) || text[end] == ':')) {
    ++end;
  }
  text.replace(at, end - at, "***");
}

std::string redact(std::string_view in) {
  std::string text(in);
  // "/bot<token>/" in URLs, "Key <id>:<secret>" in headers, S3 signatures, passwords in DSNs.
  for (const std::string_view mark : {"/bot", "Key ", "X-Amz-Signature=", "secret_token="}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + mark.size())) {
      const std::size_t start = at + mark.size();
      if (mark != "/bot" || (start < text.size() && std::isdigit(static_cast<unsigned char>(text[start])) != 0)) {
        blot(text, start);
      }
    }
  }
  return text;
}

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warn: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
  }
  return spdlog::level::info;
}

}  // namespace

void start(Level least, bool json) {
  least_level = least;
  auto logger = spdlog::stderr_color_mt("aisha");
  logger->set_level(to_spdlog(least));
  logger->set_pattern(json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})" : "%Y-%m-%d %H:%M:%S.%e %L %v",
                      json ? spdlog::pattern_time_type::utc : spdlog::pattern_time_type::local);
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
}

void write(Level level, std::string_view text) {
  spdlog::default_logger_raw()->log(to_spdlog(level), redact(text));
}

bool enabled(Level level) {
  return level >= least_level.load(std::memory_order_relaxed);
}

}  // namespace aisha::log
