// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <cctype>
#include <chrono>
#include <string>
#include <vector>

namespace aisha::log {
namespace {

constexpr std::size_t kShortestSecret = 6;
constexpr std::string_view kBlot = "***";
constexpr std::array<std::string_view, 4> kNames{"debug", "info", "warn", "error"};

std::atomic<Level> least_level{Level::info};
std::atomic<bool> as_json{false};
std::array<std::atomic<std::uint64_t>, 4> lines{};

std::vector<std::string>& secrets() {
  static std::vector<std::string> known;
  return known;
}

bool is_token_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

/// Blots out the run of token characters that starts at `at`.
void blot(std::string& text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_token_char(text[end]) || text[end] == ':')) {
    ++end;
  }
  text.replace(at, end - at, kBlot);
}

void blot_known(std::string& text) {
  for (const std::string& secret : secrets()) {
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + kBlot.size())) {
      text.replace(at, secret.size(), kBlot);
    }
  }
}

/// "/bot<token>/" in URLs, "Key <id>:<secret>" in headers, S3 signatures, webhook secrets.
void blot_marked(std::string& text) {
  for (const std::string_view mark : {"/bot", "Key ", "X-Amz-Signature=", "secret_token="}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + mark.size())) {
      const std::size_t start = at + mark.size();
      if (mark != "/bot" || (start < text.size() && std::isdigit(static_cast<unsigned char>(text[start])) != 0)) {
        blot(text, start);
      }
    }
  }
}

/// "postgres://user:password@host".
void blot_passwords(std::string& text) {
  constexpr std::string_view kScheme = "://";
  for (std::size_t at = text.find(kScheme); at != std::string::npos; at = text.find(kScheme, at + kScheme.size())) {
    const std::size_t from = at + kScheme.size();
    const std::size_t end = text.find_first_of("/?# \"'", from);
    const std::size_t host = text.substr(0, end).rfind('@');
    const std::size_t colon = text.find(':', from);
    if (host != std::string::npos && host > from && colon < host) {
      text.replace(colon + 1, host - colon - 1, kBlot);
    }
  }
}

/// Bytes of the UTF-8 character at `at`, 0 when it is broken. Overlong forms and surrogates pass: they harm no reader.
std::size_t character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned first = byte(at);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) {
      return 0;
    }
  }
  return length;
}

/// One line of valid UTF-8, whatever was in it.
std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_at(text, i);
    const auto c = static_cast<unsigned char>(text[i]);
    if (length == 0) {
      out += "\xEF\xBF\xBD";  // U+FFFD
    } else if (c == '\n') {
      out += "\\n";
    } else if (c < 0x20 || c == 0x7F) {
      out += fmt::format("\\x{:02x}", c);
    } else {
      out += text.substr(i, length);
    }
    i += length == 0 ? 1 : length;
  }
  return out;
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
  as_json = json;
  auto logger = spdlog::stderr_color_mt("aisha");
  logger->set_level(to_spdlog(least));
  logger->set_pattern(json ? "%v" : "%Y-%m-%d %H:%M:%S.%e %L %v");
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
}

void never_show(const Secret& secret) {
  if (secret.reveal().size() >= kShortestSecret) {
    secrets().push_back(secret.reveal());
  }
}

std::string clean(std::string_view text) {
  std::string out = printable(text);
  blot_known(out);
  blot_marked(out);
  blot_passwords(out);
  return out;
}

std::string json_line(TimePoint time, Level level, const Uuid& trace, std::string_view text) {
  std::string quoted;
  for (const char c : clean(text)) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
    }
    quoted += c;
  }
  const std::string of = trace.is_nil() ? "" : fmt::format(R"("trace":"{}",)", trace.to_string());
  return fmt::format(R"({{"time":"{}","level":"{}",{}"msg":"{}"}})", to_iso8601(time),
                     kNames[static_cast<std::size_t>(level)], of, quoted);
}

void write(Level level, const Uuid& trace, std::string_view text) {
  lines[static_cast<std::size_t>(level)].fetch_add(1, std::memory_order_relaxed);
  auto* logger = spdlog::default_logger_raw();
  if (as_json.load(std::memory_order_relaxed)) {
    const auto now = std::chrono::floor<Millis>(std::chrono::system_clock::now());
    logger->log(to_spdlog(level), json_line(now, level, trace, text));
  } else if (trace.is_nil()) {
    logger->log(to_spdlog(level), clean(text));
  } else {
    logger->log(to_spdlog(level), fmt::format("[{}] {}", trace.to_string(), clean(text)));
  }
}

bool enabled(Level level) {
  return level >= least_level.load(std::memory_order_relaxed);
}

std::array<std::uint64_t, 4> lines_written() {
  std::array<std::uint64_t, 4> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = lines[i].load(std::memory_order_relaxed);
  }
  return out;
}

}  // namespace aisha::log
