// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/own_picture.hpp"
#include "services/context/context.hpp"

namespace aisha::catalog {
class TemplateManager;
}
namespace aisha::stores::picture_texts {
struct Wanted;
}

namespace aisha::services {

/// A page of pictures that were found, the newest first.
struct FoundPictures {
  std::vector<domain::OwnPicture> pictures;
  bool has_newer = false;
  bool has_older = false;
};

/// Finds a person's live pictures by words of their own prompt, of the name they gave, or of the style.
class PictureSearch {
 public:
  PictureSearch(Context context, const catalog::TemplateManager& templates)
      : context_(context), templates_(templates) {}

  /// A page by a picture that was on another one; for one that is not the person's the first page. `text` as typed. All
  /// of its words are found in one picture, or it is a picture of a style that they find. When nothing is, once more
  /// with what may have been meant: another keyboard, another alphabet, one slip a word. A place with nothing beyond it
  /// gives the nearest page.
  Task<FoundPictures> find(Uuid owner, std::string text, domain::PageStart place, std::int64_t per_page);

 private:
  /// A page, or the words of the newest pictures when there is none.
  struct Looked {
    FoundPictures found;
    std::vector<std::string> words;
  };
  Task<stores::picture_texts::Wanted> meant_by(Uuid owner, std::string text, std::vector<std::string> words);
  Task<FoundPictures> nearest_page(Uuid owner, stores::picture_texts::Wanted wanted, domain::PageStart place,
                                   std::int64_t per_page);
  Task<Looked> page(Uuid owner, stores::picture_texts::Wanted wanted, domain::PageStart place, std::int64_t per_page);
  std::vector<std::string> styles_of(std::string_view text, bool forgives) const;

  Context context_;
  const catalog::TemplateManager& templates_;
};

}  // namespace aisha::services
