// SPDX-License-Identifier: Apache-2.0
#include "catalog/template_manager.hpp"

#include <algorithm>
#include <tuple>

#include "catalog/template_parser.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::catalog {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  const std::string folded = domain::fold_case(text);
  std::size_t start = 0;
  for (std::size_t at = 0; at <= folded.size(); ++at) {
    if (at == folded.size() || folded[at] == ' ' || folded[at] == ',' || folded[at] == '\n') {
      if (at > start) {
        out.push_back(folded.substr(start, at - start));
      }
      start = at + 1;
    }
  }
  return out;
}

/// How well one word fits: a whole name or tag beats its beginning, a name beats a tag, a tag beats running text.
int score(const Template& entry, const Category* category, const std::string& word) {
  const auto in = [&word](std::string_view text, int best) {
    const std::string folded = domain::fold_case(text);
    const auto at = folded.find(word);
    if (at == std::string::npos) {
      return 0;
    }
    return folded == word ? best + 3 : at == 0 ? best + 1 : best;
  };
  int best = std::max({in(entry.name.ru, 90), in(entry.name.en, 90), in(entry.id, 80), in(entry.description.ru, 30),
                       in(entry.description.en, 30)});
  for (const std::string& tag : entry.tags) {
    best = std::max(best, in(tag, 60));
  }
  if (category != nullptr) {
    best = std::max({best, in(category->name.ru, 20), in(category->name.en, 20)});
  }
  return best;
}

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
    : source_(std::move(source)), set_(std::make_unique<const TemplateSet>(std::move(set))) {}

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

std::vector<TemplateRef> TemplateManager::search(std::string_view query, domain::AvatarKind kind,
                                                 std::size_t limit) const {
  const std::vector<std::string> words = words_of(query);
  std::vector<std::pair<int, TemplateRef>> found;
  for (const TemplateRef& entry : set_->templates) {
    if (words.empty() || !entry->enabled || !entry->suits(kind)) {
      continue;
    }
    int total = 0;
    const bool all = std::ranges::all_of(words, [&](const std::string& word) {
      const int one = score(*entry, category(entry->category), word);
      total += one;
      return one > 0;
    });
    if (all) {
      found.emplace_back(total, entry);
    }
  }
  std::ranges::sort(found, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second->id < b.second->id;
  });
  std::vector<TemplateRef> out;
  for (std::size_t i = 0; i < found.size() && i < limit; ++i) {
    out.push_back(found[i].second);
  }
  return out;
}

}  // namespace aisha::catalog
