// SPDX-License-Identifier: Apache-2.0
#include "catalog/template_manager.hpp"

#include <algorithm>
#include <tuple>

#include "catalog/template_parser.hpp"

namespace aisha::catalog {
namespace {

std::vector<TemplateRef> ranked(const TemplateSet& set, domain::AvatarKind kind, int Template::* place) {
  std::vector<TemplateRef> out;
  for (const TemplateRef& entry : set.templates) {
    if (entry->enabled && entry->suits(kind) && (*entry).*place > 0) {
      out.push_back(entry);
    }
  }
  std::ranges::sort(out, [place](const TemplateRef& a, const TemplateRef& b) {
    return std::tie((*a).*place, a->id) < std::tie((*b).*place, b->id);
  });
  return out;
}

Result<TemplateSet> read(const Source& source) {
  const auto files = source.read("templates");
  if (!files) {
    return std::unexpected(files.error());
  }
  return parse_templates(*files);
}

}  // namespace

TemplateManager::TemplateManager(Source source, TemplateSet set)
    : source_(std::move(source)),
      set_(std::make_unique<const TemplateSet>(std::move(set))),
      search_(std::make_unique<const StyleSearch>(*set_)) {}

Result<std::unique_ptr<TemplateManager>> TemplateManager::load(Source source) {
  auto set = read(source);
  if (!set) {
    return std::unexpected(std::move(set.error()));
  }
  return std::unique_ptr<TemplateManager>(new TemplateManager(std::move(source), std::move(*set)));
}

Result<void> TemplateManager::reload() {
  auto set = read(source_);
  if (!set) {
    return std::unexpected(std::move(set.error()));
  }
  set_ = std::make_unique<const TemplateSet>(std::move(*set));
  search_ = std::make_unique<const StyleSearch>(*set_);
  return {};
}

Result<TemplateRef> TemplateManager::find(std::string_view id) const {
  const auto found = std::ranges::find_if(set_->templates, [id](const TemplateRef& entry) { return entry->id == id; });
  if (found == set_->templates.end()) {
    return fail(Errc::template_unknown, std::string(id));
  }
  if (!(*found)->enabled) {
    return fail(Errc::template_disabled, std::string(id));
  }
  return *found;
}

const Category* TemplateManager::category(std::string_view id) const {
  const auto found = std::ranges::find(set_->categories, id, &Category::id);
  return found == set_->categories.end() ? nullptr : &*found;
}

std::vector<Category> TemplateManager::categories(domain::AvatarKind kind) const {
  std::vector<Category> out;
  for (const Category& category : set_->categories) {
    if (!in_category(category.id, kind).empty()) {
      out.push_back(category);
    }
  }
  return out;
}

std::vector<TemplateRef> TemplateManager::in_category(std::string_view category, domain::AvatarKind kind) const {
  std::vector<TemplateRef> out;
  for (const TemplateRef& entry : set_->templates) {
    if (entry->category == category && entry->enabled && entry->suits(kind)) {
      out.push_back(entry);
    }
  }
  return out;
}

std::vector<TemplateRef> TemplateManager::quick_looks(domain::AvatarKind kind) const {
  return ranked(*set_, kind, &Template::quick_look);
}

std::vector<TemplateRef> TemplateManager::popular_defaults(domain::AvatarKind kind) const {
  return ranked(*set_, kind, &Template::popular);
}

}  // namespace aisha::catalog
