// SPDX-License-Identifier: Apache-2.0
#include "domain/chat.hpp"

#include <array>

#include "domain/enum_names.hpp"

namespace aisha::domain {
namespace {

constexpr std::array<std::string_view, 9> kAwaits{"",     "prompt", "styles", "pictures", "name", "avatar_name",
                                                  "zone", "photos", "words"};

}  // namespace

std::string_view text_of(Awaits awaits) {
  return enum_names::text_of(kAwaits, awaits);
}

Awaits awaits_from(std::string_view text) {
  return enum_names::find<Awaits>(kAwaits, text).value_or(Awaits::nothing);
}

}  // namespace aisha::domain
