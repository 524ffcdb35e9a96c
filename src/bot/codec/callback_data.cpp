// SPDX-License-Identifier: Apache-2.0
#include "bot/codec/callback_data.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <stdexcept>

namespace aisha::bot {
namespace {

constexpr char kVersion = '1';
constexpr std::size_t kArgMax = 24;
constexpr std::size_t kCategoryMax = 16;

bool is_slug(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

std::string base36(std::int64_t n) {
  constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string out;
  do {
    out += kDigits[static_cast<std::size_t>(n % 36)];
    n /= 36;
  } while (n > 0);
  std::ranges::reverse(out);
  return out;
}

std::optional<std::int64_t> from_base36(std::string_view text) {
  if (text.empty() || text.size() > 13 || (text.size() > 1 && text.front() == '0')) {
    return std::nullopt;
  }
  std::int64_t n = 0;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (c < 'a' || c > 'z')) {
      return std::nullopt;
    }
    const std::int64_t value = digit ? c - '0' : c - 'a' + 10;
    if (n > (std::numeric_limits<std::int64_t>::max() - value) / 36) {
      return std::nullopt;
    }
    n = n * 36 + value;
  }
  return n;
}

/// Writes the arguments of one route.
class Writer {
 public:
  explicit Writer(std::string_view code) : out_(1, kVersion) { out_ += code; }

  void slug(const std::string& text, std::size_t most = kArgMax) {
    if (!is_slug(text, most)) {
      throw std::logic_error("callback argument is no slug: " + text);
    }
    put(text);
  }
  void number(std::int64_t n) { put(base36(std::max<std::int64_t>(n, 0))); }
  void id(const Uuid& id) { put(id.to_base64url()); }
  template <class Letter>
  void letter(Letter value, std::string_view) {
    put(std::string(1, static_cast<char>(value)));
  }
  void flag(bool set, std::string_view word) {
    if (set) {
      put(word);
    }
  }
  std::string take() { return std::move(out_); }

 private:
  void put(std::string_view arg) {
    out_ += ':';
    out_ += arg;
  }
  std::string out_;
};

/// Reads them back; every argument must be there, in its one spelling.
class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  void slug(std::string& text, std::size_t most = kArgMax) {
    const std::string_view arg = next();
    ok_ = ok_ && is_slug(arg, most);
    text = arg;
  }
  void number(std::int64_t& n) {
    const auto value = from_base36(next());
    ok_ = ok_ && value.has_value();
    n = value.value_or(0);
  }
  void id(Uuid& id) {
    const std::string_view arg = next();
    const auto value = arg.size() == 22 ? Uuid::from_base64url(arg) : std::nullopt;
    // Base64 has spare bits at its end: only the spelling we write is ours.
    ok_ = ok_ && value && value->to_base64url() == arg;
    id = value.value_or(Uuid{});
  }
  template <class Letter>
  void letter(Letter& value, std::string_view known) {
    const std::string_view arg = next();
    ok_ = ok_ && arg.size() == 1 && known.contains(arg.front());
    value = ok_ ? static_cast<Letter>(arg.front()) : value;
  }
  void flag(bool& set, std::string_view word) {
    set = rest_.size() == word.size() + 1 && rest_.front() == ':' && rest_.substr(1) == word;
    if (set) {
      rest_ = {};
    }
  }
  bool complete() const { return ok_ && rest_.empty(); }

 private:
  std::string_view next() {
    if (rest_.empty() || rest_.front() != ':') {
      ok_ = false;
      return {};
    }
    const std::size_t end = std::min(rest_.find(':', 1), rest_.size());
    const std::string_view arg = rest_.substr(1, end - 1);
    rest_ = rest_.substr(end);
    return arg;
  }
  std::string_view rest_;
  bool ok_ = true;
};

// The arguments of every route, in their order: read and written by the same lines.
template <class Io, class Route>
void arguments(Io& io, Route& r) {
  using T = std::remove_const_t<Route>;
  using namespace route;
  if constexpr (std::is_same_v<T, Category>) {
    io.slug(r.category, kCategoryMax);
    io.number(r.page);
    io.flag(r.info, "i");
  } else if constexpr (std::is_same_v<T, Style>) {
    io.slug(r.style);
    io.letter(r.origin, "ckh");
  } else if constexpr (std::is_same_v<T, StyleRatio>) {
    io.slug(r.style);
    io.letter(r.origin, "ckh");
    io.slug(r.ratio, 5);
  } else if constexpr (std::is_same_v<T, Generate>) {
    io.slug(r.style);
    io.number(r.nonce);
  } else if constexpr (std::is_same_v<T, GeneratePrompt>) {
    io.number(r.nonce);
  } else if constexpr (std::is_same_v<T, Repeat> || std::is_same_v<T, CancelJob>) {
    io.id(r.generation);
  } else if constexpr (std::is_same_v<T, Download> || std::is_same_v<T, Remove> || std::is_same_v<T, Undo>) {
    io.id(r.picture);
  } else if constexpr (std::is_same_v<T, Set>) {
    io.letter(r.key, "rqc");
    io.slug(r.value);
  } else if constexpr (std::is_same_v<T, PromptRatio>) {
    io.slug(r.ratio, 5);
  } else if constexpr (std::is_same_v<T, SetLanguage>) {
    io.slug(r.language, 2);
  }
}

/// In the order of `Callback`'s alternatives.
constexpr std::array<std::string_view, std::variant_size_v<Callback>> kCodes{
    "h", "c", "k", "s", "g", "p", "gc", "r", "x", "d", "rm", "un", "se", "e", "sr", "pr", "la", "l", "he", "n"};

template <std::size_t... I>
Result<Callback> read_route(std::string_view code, std::string_view rest, std::index_sequence<I...>) {
  Result<Callback> out = fail(Errc::callback_unknown, "route");
  const auto attempt = [&]<std::size_t Index>() {
    if (code != kCodes[Index]) {
      return;
    }
    std::variant_alternative_t<Index, Callback> found;
    Reader reader(rest);
    arguments(reader, found);
    if (reader.complete()) {
      out = Callback(std::move(found));
    } else {
      out = fail(Errc::callback_unknown, "arguments");
    }
  };
  (attempt.template operator()<I>(), ...);
  return out;
}

}  // namespace

std::string encode(const Callback& callback) {
  return std::visit(
      [&](const auto& r) {
        Writer writer(kCodes[callback.index()]);
        arguments(writer, r);
        return writer.take();
      },
      callback);
}

Result<Callback> decode(std::string_view data) {
  if (data.size() < 2 || data.size() > kCallbackMaxBytes || data.front() != kVersion) {
    return fail(Errc::callback_unknown, "version or length");
  }
  const std::size_t end = std::min(data.find(':'), data.size());
  return read_route(data.substr(1, end - 1), data.substr(end), std::make_index_sequence<kCodes.size()>{});
}

}  // namespace aisha::bot
