// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "catalog/templates/template_manager.hpp"
#include "catalog/templates/template_parser.hpp"

namespace aisha::services::testing {

/// One shelf: "id", "prompt" pairs one after the other.
inline catalog::Edition edition_of(const std::vector<std::pair<std::string, std::string>>& styles) {
  std::string text =
      "[[category]]\nid = \"shelf\"\nname = { ru = \"Полка\", en = \"Shelf\" }\n"
      "description = { ru = \"Всё\", en = \"All\" }\nemoji = \"🎭\"\n";
  for (const auto& [id, prompt] : styles) {
    text += "[[template]]\nid = \"" + id +
            "\"\ncategory = \"shelf\"\nname = { ru = \"Имя\", en = \"Name\" }\n"
            "description = { ru = \"Строка\", en = \"Line\" }\nemoji = \"🐱\"\nprompt = \"" +
            prompt + "\"\nstyle_prompt = \"drawn " + prompt + "\"\n";
  }
  catalog::Edition edition;
  edition.set = std::make_unique<const catalog::TemplateSet>(catalog::parse_templates({{"t.toml", text}}).value());
  edition.search = std::make_unique<const catalog::StyleSearch>(*edition.set);
  return edition;
}

inline std::unique_ptr<catalog::TemplateManager> catalogue_of(
    const std::vector<std::pair<std::string, std::string>>& styles) {
  return std::make_unique<catalog::TemplateManager>(edition_of(styles));
}

inline std::unique_ptr<catalog::TemplateManager> catalogue_of(const std::string& id, const std::string& prompt) {
  return catalogue_of({{id, prompt}});
}

}  // namespace aisha::services::testing
