// SPDX-License-Identifier: Apache-2.0
#include "services/previews/preview_shelf.hpp"

#include "catalog/templates/template_manager.hpp"
#include "services/previews/previews.hpp"

namespace aisha::services {
namespace {

constexpr std::string_view kFolder = "previews/";
constexpr std::size_t kIndexBytes = 1U << 20U;

std::string key_of(std::string_view name) {
  return std::string(kFolder) + std::string(name);
}

/// Built in for the prompts as they are, where the shelf has none for that style and kind.
catalog::PreviewIndex wanting(const catalog::PreviewIndex& index, const catalog::TemplateSet& styles) {
  catalog::PreviewIndex out;
  for (const catalog::TemplateRef& style : styles.templates) {
    for (const domain::AvatarKind kind : {domain::AvatarKind::portrait, domain::AvatarKind::style}) {
      const catalog::PreviewIndex::Key key{style->id, kind};
      const auto* own = built_in_previews().find(key);
      const bool fits = own != nullptr && own->prompt_mark == catalog::prompt_mark(style->prompt_for(kind));
      if (fits && index.find(key) == nullptr) {
        out.put(key, *own);
      }
    }
  }
  return out;
}

/// False where another picture has that name: an operator's, whose line in the index is still to come.
Task<Result<bool>> lay_out(PreviewShelf& shelf, std::string name) {
  const auto there = co_await shelf.read(name, catalog::kPreviewBytes);
  if (there || there.error().code == Errc::image_too_many_bytes) {
    const bool same = there && *there == preview_file(name);
    co_return same;
  }
  if (there.error().code != Errc::not_found) {
    co_return std::unexpected(there.error());
  }
  std::string bytes(preview_file(name));
  const auto written = co_await shelf.write(std::move(name), std::move(bytes));
  if (!written) {
    co_return std::unexpected(written.error());
  }
  co_return true;
}

/// The index is read anew: writing the pictures takes a while, and another hand may have added to it meanwhile.
Task<Result<int>> add_to_index(PreviewShelf& shelf, catalog::PreviewIndex laid) {
  auto index = co_await read_index(shelf);
  if (!index) {
    co_return std::unexpected(index.error());
  }
  int added = 0;
  for (const auto& [key, entry] : laid.all()) {
    if (index->find(key) == nullptr) {
      index->put(key, entry);
      ++added;
    }
  }
  if (added == 0) {
    co_return 0;
  }
  std::string name(catalog::kPreviewIndexFile);
  std::string text = index->text();
  const auto written = co_await shelf.write(std::move(name), std::move(text));
  if (!written) {
    co_return std::unexpected(written.error());
  }
  co_return added;
}

}  // namespace

Task<Result<std::string>> BucketShelf::read(std::string name, std::size_t most) {
  std::string key = key_of(name);
  const auto found = co_await blobs_.stat(blobs::Bucket::templates, key);
  if (!found) {
    co_return std::unexpected(found.error());
  }
  if (found->bytes > most) {
    co_return fail(Errc::image_too_many_bytes, std::move(key));
  }
  co_return co_await blobs_.get(blobs::Bucket::templates, std::move(key));
}

Task<Result<void>> BucketShelf::write(std::string name, std::string bytes) {
  std::string key = key_of(name);
  std::string type = name.ends_with(".jpg") ? "image/jpeg" : "application/json";
  co_return co_await blobs_.put(blobs::Bucket::templates, std::move(key), std::move(bytes), std::move(type));
}

Task<Result<void>> BucketShelf::remove(std::string name) {
  std::string key = key_of(name);
  co_return co_await blobs_.remove(blobs::Bucket::templates, std::move(key));
}

Task<Result<std::string>> read_index_text(PreviewShelf& shelf) {
  std::string name(catalog::kPreviewIndexFile);
  auto text = co_await shelf.read(std::move(name), kIndexBytes);
  if (!text && text.error().code == Errc::not_found) {
    co_return std::string();
  }
  co_return text;
}

Task<Result<catalog::PreviewIndex>> read_index(PreviewShelf& shelf) {
  const auto text = co_await read_index_text(shelf);
  if (!text) {
    co_return std::unexpected(text.error());
  }
  co_return text->empty() ? catalog::PreviewIndex() : catalog::PreviewIndex::parse(*text);
}

Task<Result<int>> publish_previews(PreviewShelf& shelf, const catalog::TemplateManager& templates) {
  const auto index = co_await read_index(shelf);
  if (!index) {
    co_return std::unexpected(index.error());
  }
  catalog::PreviewIndex laid = wanting(*index, templates.all());
  const catalog::PreviewIndex wanted = laid;
  for (const auto& [key, entry] : wanted.all()) {
    std::string name = catalog::PreviewIndex::file_of(key, entry);
    const auto is_there = co_await lay_out(shelf, std::move(name));
    if (!is_there) {
      co_return std::unexpected(is_there.error());
    }
    if (!*is_there) {
      laid.remove(key);
    }
  }
  if (laid.all().empty()) {
    co_return 0;
  }
  co_return co_await add_to_index(shelf, std::move(laid));
}

}  // namespace aisha::services
