// SPDX-License-Identifier: Apache-2.0
#include "catalog/templates/template_manager.hpp"

#include <algorithm>
#include <tuple>

#include "catalog/templates/template_parser.hpp"

namespace aisha::catalog {
namespace {

std::vector<TemplateRef> ranked(const TemplateSet& set, const Audience& audience, int Template::* place) {
  std::vector<TemplateRef> out;
  for (const TemplateRef& entry : set.templates) {
    if (entry->enabled && entry->suits(audience) && (*entry).*place > 0) {
      out.push_back(entry);
    }
  }
  std::ranges::sort(out, [place](const TemplateRef& a, const TemplateRef& b) {
    return std::tie((*a).*place, a->id) < std::tie((*b).*place, b->id);
  });
  return out;
}

}  // namespace

Result<Edition> read_edition(const Source& source) {
  const auto files = source.read("templates");
  if (!files) {
    return std::unexpected(files.error());
  }
  auto set = parse_templates(*files);
  if (!set) {
    return std::unexpected(std::move(set.error()));
  }
  Edition out;
  out.set = std::make_unique<const TemplateSet>(std::move(*set));
  out.search = std::make_unique<const StyleSearch>(*out.set);
  return out;
}

Result<std::unique_ptr<TemplateManager>> TemplateManager::load(const Source& source) {
  auto edition = read_edition(source);
  if (!edition) {
    return std::unexpected(std::move(edition.error()));
  }
  return std::make_unique<TemplateManager>(std::move(*edition));
}

Result<TemplateRef> TemplateManager::find(std::string_view id) const {
  const auto found = std::ranges::find_if(all().templates, [id](const TemplateRef& entry) { return entry->id == id; });
  if (found == all().templates.end()) {
    return fail(Errc::template_unknown, std::string(id));
  }
  if (!(*found)->enabled) {
    return fail(Errc::template_disabled, std::string(id));
  }
  return *found;
}

const Template* TemplateManager::known(std::string_view id) const {
  const auto found = std::ranges::find_if(all().templates, [id](const TemplateRef& entry) { return entry->id == id; });
  return found == all().templates.end() ? nullptr : found->get();
}

const Category* TemplateManager::category(std::string_view id) const {
  const auto found = std::ranges::find(all().categories, id, &Category::id);
  return found == all().categories.end() ? nullptr : &*found;
}

std::vector<Category> TemplateManager::categories(const Audience& audience) const {
  std::vector<Category> out;
  for (const Category& category : all().categories) {
    if (!in_category(category.id, audience).empty()) {
      out.push_back(category);
    }
  }
  return out;
}

std::vector<TemplateRef> TemplateManager::in_category(std::string_view category, const Audience& audience) const {
  std::vector<TemplateRef> out;
  for (const TemplateRef& entry : all().templates) {
    if (entry->category == category && entry->enabled && entry->suits(audience)) {
      out.push_back(entry);
    }
  }
  return out;
}

std::vector<TemplateRef> TemplateManager::quick_looks(const Audience& audience) const {
  return ranked(all(), audience, &Template::quick_look);
}

std::vector<TemplateRef> TemplateManager::popular_defaults(const Audience& audience) const {
  return ranked(all(), audience, &Template::popular);
}

}  // namespace aisha::catalog
