// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "catalog/files/source.hpp"
#include "catalog/templates/style_search.hpp"
#include "catalog/templates/template.hpp"

namespace aisha::catalog {

/// A catalogue, read and checked.
struct Edition {
  std::unique_ptr<const TemplateSet> set;
  std::unique_ptr<const StyleSearch> search;
};
/// Error: catalog_invalid, "file:line: what is wrong". Reads files: any thread.
Result<Edition> read_edition(const Source& source);

/// The catalogue of styles a person sees, replaceable while running. Loop thread only.
/// Lists hold enabled templates that suit the audience.
class TemplateManager {
 public:
  explicit TemplateManager(Edition edition) : edition_(std::move(edition)) {}
  /// Errors of `read_edition`.
  static Result<std::unique_ptr<TemplateManager>> load(const Source& source);

  /// What a screen or a job holds of the one before goes on to be good.
  void put(Edition edition) { edition_ = std::move(edition); }

  /// Errors: template_unknown, template_disabled.
  Result<TemplateRef> find(std::string_view id) const;
  /// Any style, a disabled one too; nullptr when there is none. Valid until the next `put`.
  const Template* known(std::string_view id) const;
  /// The category, or nullptr; valid until the next `put`.
  const Category* category(std::string_view id) const;
  /// Categories with at least one template for the audience.
  std::vector<Category> categories(const Audience& audience) const;
  std::vector<TemplateRef> in_category(std::string_view category, const Audience& audience) const;
  /// The six of the create screen, in their order.
  std::vector<TemplateRef> quick_looks(const Audience& audience) const;
  /// What is shown as popular until people have chosen.
  std::vector<TemplateRef> popular_defaults(const Audience& audience) const;
  /// By words; an empty text finds nothing.
  FoundStyles search(const StyleQuery& query) const { return edition_.search->find(query); }

  const TemplateSet& all() const { return *edition_.set; }

 private:
  Edition edition_;
};

}  // namespace aisha::catalog
