// SPDX-License-Identifier: Apache-2.0
#include "domain/user.hpp"

namespace aisha::domain {

std::string_view text_of(Language language) {
  return language == Language::ru ? "ru" : "en";
}

Language language_for(std::string_view language_code) {
  const std::string_view base = language_code.substr(0, language_code.find('-'));
  return base == "ru" || base == "be" || base == "kk" || base == "uk" ? Language::ru : Language::en;
}

}  // namespace aisha::domain
