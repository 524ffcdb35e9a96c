// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "catalog/source.hpp"
#include "catalog/style_search.hpp"
#include "catalog/template.hpp"

namespace aisha::catalog {

/// The catalogue of styles a person sees, replaceable while running. Loop thread only.
/// Lists hold enabled templates that suit the kind of avatar.
class TemplateManager {
 public:
  /// Error: catalog_invalid.
  static Result<std::unique_ptr<TemplateManager>> load(Source source);

  /// Reads the source again; on an error the catalogue in force stays.
  Result<void> reload();

  /// Errors: template_unknown, template_disabled.
  Result<TemplateRef> find(std::string_view id) const;
  /// The category, or nullptr; valid until the next reload.
  const Category* category(std::string_view id) const;
  /// Categories with at least one template for the kind.
  std::vector<Category> categories(domain::AvatarKind kind) const;
  std::vector<TemplateRef> in_category(std::string_view category, domain::AvatarKind kind) const;
  /// The six of the create screen, in their order.
  std::vector<TemplateRef> quick_looks(domain::AvatarKind kind) const;
  /// What is shown as popular until people have chosen.
  std::vector<TemplateRef> popular_defaults(domain::AvatarKind kind) const;
  /// By words; an empty text finds nothing.
  FoundStyles search(const StyleQuery& query) const { return search_->find(query); }

  const TemplateSet& all() const { return *set_; }

 private:
  TemplateManager(Source source, TemplateSet set);

  Source source_;
  std::unique_ptr<const TemplateSet> set_;
  std::unique_ptr<const StyleSearch> search_;
};

}  // namespace aisha::catalog
