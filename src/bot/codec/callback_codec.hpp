// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/uuid.hpp"
#include "bot/codec/page_place.hpp"

/// What buttons carry: `ver route *( ":" arg )`, e.g. "1g:business:3"; ids are base64url, numbers base 36. A route is a
/// struct that names its code and passes its arguments, in their order, to whatever reads, writes or measures them:
///
///   struct Style {
///     static constexpr Code code{"s"};
///     std::string style;
///     Origin origin = Origin::create;
///     bool operator==(const Style&) const = default;
///     static constexpr void arguments(auto& io, auto& r) {
///       io.slug(r.style);
///       io.letter(r.origin, "ckh");
///     }
///   };
///
/// One without arguments needs no `arguments`. A feature lists its routes as `RouteList<...>`.
namespace aisha::bot {

/// Bot API: callback_data is 1-64 bytes.
inline constexpr std::size_t kCallbackMaxBytes = 64;
inline constexpr char kCallbackVersion = '1';
/// Longest slug, unless a route allows less.
inline constexpr std::size_t kSlugMax = 24;

/// The code of a route: small letters.
struct Code {
  std::string_view text;

  consteval explicit Code(const char* code) : text(code) {
    for (const char c : text) {
      if (c < 'a' || c > 'z') {
        throw "a route's code is written in small letters";
      }
    }
  }
  bool operator==(const Code&) const = default;
};

template <class R, class Io, class Value>
constexpr void pass_arguments(Io& io, Value& route) {
  if constexpr (requires { R::arguments(io, route); }) {
    R::arguments(io, route);
  } else {
    static_assert(std::is_empty_v<R>, "a route passes all its members as arguments");
  }
}

/// Adds up the longest form of a route, whose values it never reads.
class Ruler {
 public:
  constexpr void slug(const std::string&, std::size_t most = kSlugMax) { bytes_ += 1 + most; }
  constexpr void number(const std::int64_t&) { bytes_ += 1 + 13; }
  constexpr void id(const Uuid&) { bytes_ += 1 + 22; }
  template <class Letter>
  constexpr void letter(const Letter&, std::string_view) {
    bytes_ += 1 + 1;
  }
  constexpr void flag(const bool&, std::string_view word) { bytes_ += 1 + word.size(); }
  constexpr void page(const PagePlace&) { bytes_ += 1 + 23; }
  constexpr void set(const bool&) { bytes_ += 1 + 1; }

  constexpr std::size_t bytes() const { return bytes_; }

 private:
  std::size_t bytes_ = 0;
};

/// Room for a route that is never made: to clang no std::string of libstdc++ 12 is a constant expression.
template <class R>
union Unmade {
  char nothing = 0;
  R route;
  constexpr Unmade() {}
  constexpr ~Unmade() {}
};

template <class R>
consteval std::size_t longest_form() {
  const Unmade<R> unmade;
  Ruler ruler;
  pass_arguments<R>(ruler, unmade.route);
  return 1 + R::code.text.size() + ruler.bytes();
}

/// A struct with a code, whose longest form fits into a button.
template <class R>
concept Route =
    std::is_same_v<std::remove_cvref_t<decltype(R::code)>, Code> && (longest_form<R>() <= kCallbackMaxBytes);

/// Writes the arguments of one route.
class Writer {
 public:
  explicit Writer(Code code);

  /// Small letters, digits, "-" and "_". Throws std::logic_error for anything else: the catalogue would have refused
  /// it.
  void slug(const std::string& text, std::size_t most = kSlugMax);
  /// 0 and above; less is written as 0.
  void number(std::int64_t n);
  void id(const Uuid& id);
  template <class Letter>
  void letter(Letter value, std::string_view) {
    const char written = static_cast<char>(value);
    put({&written, 1});
  }
  /// The word when `set`, else nothing: the last argument of its route.
  void flag(bool set, std::string_view word);
  void page(const PagePlace& place);
  /// "1" or "0": what a button sets, however often it is pressed.
  void set(bool on) { put(on ? "1" : "0"); }

  std::string take() { return std::move(out_); }

 private:
  void put(std::string_view arg);
  std::string out_;
};

/// Reads them back; every argument must be there, in its one spelling. `text` outlives the reader.
class Reader {
 public:
  /// `text` is what follows the code.
  explicit Reader(std::string_view text) : rest_(text) {}

  void slug(std::string& text, std::size_t most = kSlugMax);
  void number(std::int64_t& n);
  void id(Uuid& id);
  template <class Letter>
  void letter(Letter& value, std::string_view known) {
    const std::string_view arg = next();
    ok_ = ok_ && arg.size() == 1 && known.contains(arg.front());
    value = ok_ ? static_cast<Letter>(arg.front()) : value;
  }
  void flag(bool& set, std::string_view word);
  void page(PagePlace& place);
  void set(bool& on);

  /// Everything was there and nothing is left.
  bool complete() const { return ok_ && rest_.empty(); }

 private:
  std::string_view next();
  std::string_view rest_;
  bool ok_ = true;
};

/// callback_data of a button that leads to `route`. Throws as Writer does.
template <Route R>
std::string encode(const R& route) {
  Writer writer(R::code);
  pass_arguments<R>(writer, route);
  return writer.take();
}

/// The same as a type that no longer knows its route, for what takes a button to anywhere.
struct CallbackData {
  std::string text;

  template <Route R>
  CallbackData(const R& route) : text(encode(route)) {}
};

/// The routes of one feature.
template <Route... Routes>
struct RouteList {};

}  // namespace aisha::bot
