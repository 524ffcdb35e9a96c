// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "texts/rich_text.hpp"

namespace aisha::texts {

/// A value for `{name}` of a catalogue text. It is inserted as it is: nothing in it is ever read as markup or as a
/// placeholder. Holds views: it lives for the call only.
struct Arg {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, const RichText*> value;

  Arg(std::string_view n, std::string_view v) : name(n), value(v) {}
  Arg(std::string_view n, const std::string& v) : name(n), value(std::string_view(v)) {}
  Arg(std::string_view n, const char* v) : name(n), value(std::string_view(v)) {}
  Arg(std::string_view n, std::integral auto v) : name(n), value(static_cast<std::int64_t>(v)) {}
  Arg(std::string_view n, const RichText& v) : name(n), value(&v) {}
};

using Args = std::initializer_list<Arg>;

/// The texts of one language (data/locales/*.po, built into the binary). Entries are found by symbolic id, e.g.
/// "welcome.caption". An unknown id is a bug that the tests find; it is shown as itself.
class Texts {
 public:
  /// `language` is "ru" or "en". Throws std::logic_error for any other.
  explicit Texts(std::string_view language);
  ~Texts();
  Texts(Texts&&) noexcept;
  Texts& operator=(Texts&&) noexcept;

  std::string_view language() const { return language_; }

  /// With the catalogue's markup (<b>, <i>, <code>, <blockquote expandable>) as spans.
  RichText rich(std::string_view id, Args args = {}) const;
  /// For buttons, toasts and arguments: markup is dropped.
  std::string plain(std::string_view id, Args args = {}) const;
  /// A counted noun phrase in its plural form, "5 монет"; the entry's {n} is the number.
  std::string count(std::string_view id, std::int64_t n) const;

  /// "15 января" / "January 15" for "2026-01-15"; the text itself when it is no date.
  std::string day_month(std::string_view iso_day) const;
  /// "15 января 2026" / "January 15, 2026".
  std::string day_month_year(std::string_view iso_day) const;
  /// "15 янв" / "Jan 15".
  std::string day_short(std::string_view iso_day) const;
  /// "Январь 2026" / "January 2026" for "2026-01"; the text itself when it is no month.
  std::string month_year(std::string_view iso_month) const;
  /// "янв" / "Jan".
  std::string month_short(std::string_view iso_month) const;

 private:
  struct Catalogue;
  const char* find(std::string_view id) const;

  std::string language_;
  std::unique_ptr<const Catalogue> catalogue_;
};

/// Both languages; made once by the composition root.
struct Library {
  Texts ru{"ru"};
  Texts en{"en"};

  /// Russian for "ru", English for anything else.
  const Texts& in(std::string_view language) const { return language == "ru" ? ru : en; }
};

}  // namespace aisha::texts
