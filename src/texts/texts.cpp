// SPDX-License-Identifier: Apache-2.0
#include "texts/texts.hpp"

#include <array>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <locale>
#include <stdexcept>
#include <vector>

#include "base/embedded.hpp"
#include "texts/markup.hpp"

namespace aisha::embedded {
Files locales();
}

namespace aisha::texts {
namespace {

using Facet = boost::locale::message_format<char>;

std::vector<char> catalogue_bytes(const std::string& language) {
  for (const embedded::File& file : embedded::locales()) {
    if (file.path == language + ".mo") {
      return {file.bytes.begin(), file.bytes.end()};
    }
  }
  return {};
}

struct Day {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
};

unsigned number(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') {
      return 0;
    }
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

Day parse_day(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') {
    return {};
  }
  return {static_cast<int>(number(iso.substr(0, 4))), number(iso.substr(5, 2)), number(iso.substr(8, 2))};
}

constexpr std::array<std::string_view, 12> kMonths{"date.month_01", "date.month_02", "date.month_03", "date.month_04",
                                                   "date.month_05", "date.month_06", "date.month_07", "date.month_08",
                                                   "date.month_09", "date.month_10", "date.month_11", "date.month_12"};

constexpr std::array<std::string_view, 12> kNames{"date.name_01", "date.name_02", "date.name_03", "date.name_04",
                                                  "date.name_05", "date.name_06", "date.name_07", "date.name_08",
                                                  "date.name_09", "date.name_10", "date.name_11", "date.name_12"};
constexpr std::array<std::string_view, 12> kShort{"date.short_01", "date.short_02", "date.short_03", "date.short_04",
                                                  "date.short_05", "date.short_06", "date.short_07", "date.short_08",
                                                  "date.short_09", "date.short_10", "date.short_11", "date.short_12"};

/// The first of "2026-01".
Day parse_month(std::string_view iso) {
  return iso.size() == 7 ? parse_day(std::string(iso) + "-01") : Day{};
}

}  // namespace

/// The locale only carries the facet: no system locale and no ICU data are touched.
struct Texts::Catalogue {
  std::locale locale;
  const Facet& facet;

  explicit Catalogue(Facet* made) : locale(std::locale::classic(), made), facet(std::use_facet<Facet>(locale)) {}
};

Texts::Texts(std::string_view language) : language_(language) {
  boost::locale::gnu_gettext::messages_info info;
  info.language = language_;
  info.encoding = "UTF-8";
  info.domains.emplace_back("aisha");
  info.paths.emplace_back("");
  info.callback = [this](const std::string&, const std::string&) { return catalogue_bytes(language_); };
  if (catalogue_bytes(language_).empty()) {
    throw std::logic_error("no texts for language " + language_);
  }
  catalogue_ = std::make_unique<const Catalogue>(boost::locale::gnu_gettext::create_messages_facet<char>(info));
}

Texts::~Texts() = default;
Texts::Texts(Texts&&) noexcept = default;
Texts& Texts::operator=(Texts&&) noexcept = default;

const char* Texts::find(std::string_view id) const {
  return catalogue_->facet.get(0, nullptr, std::string(id).c_str());
}

RichText Texts::rich(std::string_view id, Args args) const {
  const char* found = find(id);
  return expand(found == nullptr ? id : std::string_view(found), args);
}

std::string Texts::plain(std::string_view id, Args args) const {
  return rich(id, args).text;
}

std::string Texts::count(std::string_view id, std::int64_t n) const {
  // The plural expression takes an int on older Boost; the form depends on the last digits only.
  const auto form = static_cast<int>((n < 0 ? -n : n) % 1'000'000);
  const char* found = catalogue_->facet.get(0, nullptr, std::string(id).c_str(), form);
  return expand(found == nullptr ? id : std::string_view(found), {{"n", n}}).text;
}

std::string Texts::day_month(std::string_view iso_day) const {
  const Day day = parse_day(iso_day);
  if (day.month < 1 || day.month > 12) {
    return std::string(iso_day);
  }
  const std::string month = plain(kMonths[day.month - 1]);
  return plain("date.day_month", {{"day", day.day}, {"month", month}});
}

std::string Texts::day_month_year(std::string_view iso_day) const {
  const Day day = parse_day(iso_day);
  if (day.month < 1 || day.month > 12) {
    return std::string(iso_day);
  }
  const std::string month = plain(kMonths[day.month - 1]);
  return plain("date.day_month_year", {{"day", day.day}, {"month", month}, {"year", day.year}});
}

std::string Texts::day_short(std::string_view iso_day) const {
  const Day day = parse_day(iso_day);
  if (day.month < 1 || day.month > 12) {
    return std::string(iso_day);
  }
  const std::string month = plain(kShort[day.month - 1]);
  return plain("date.day_month", {{"day", day.day}, {"month", month}});
}

std::string Texts::month_year(std::string_view iso_month) const {
  const Day day = parse_month(iso_month);
  if (day.month < 1 || day.month > 12) {
    return std::string(iso_month);
  }
  const std::string month = plain(kNames[day.month - 1]);
  return plain("date.month_year", {{"month", month}, {"year", day.year}});
}

std::string Texts::month_short(std::string_view iso_month) const {
  const Day day = parse_month(iso_month);
  return day.month < 1 || day.month > 12 ? std::string(iso_month) : plain(kShort[day.month - 1]);
}

}  // namespace aisha::texts
