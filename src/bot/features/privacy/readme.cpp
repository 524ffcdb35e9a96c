// SPDX-License-Identifier: Apache-2.0
#include "bot/features/privacy/readme.hpp"

#include <algorithm>

namespace aisha::bot::privacy {
namespace {

/// The rest stands in pictures.json.
constexpr std::size_t kMissingNamed = 50;

std::string readme(const texts::Texts& texts, const services::ArchiveFacts& facts) {
  std::string out = texts.plain("archive.readme", {{"day", to_iso8601(facts.asked_at).substr(0, 10)},
                                                   {"images", texts.count("count.images", facts.pictures)}});
  if (facts.parts > 1) {
    out += "\n\n" + texts.plain("archive.parts", {{"files", texts.count("count.files", facts.parts)}});
  }
  if (!facts.missing.empty()) {
    out += "\n\n" + texts.plain("archive.missing", {{"n", std::ssize(facts.missing)}});
    const std::size_t named = std::min(facts.missing.size(), kMissingNamed);
    for (std::size_t i = 0; i < named; ++i) {
      out += "\n  " + facts.missing[i];
    }
    if (named < facts.missing.size()) {
      out += "\n  …";
    }
  }
  return out + "\n";
}

}  // namespace

services::ArchiveWords archive_words(const texts::Texts& texts) {
  return {texts.plain("own.prompt_bare"),
          [&texts](const services::ArchiveFacts& facts) { return readme(texts, facts); }};
}

}  // namespace aisha::bot::privacy
