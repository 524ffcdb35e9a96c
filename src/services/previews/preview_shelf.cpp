// SPDX-License-Identifier: Apache-2.0
#include "services/previews/preview_shelf.hpp"

#include "catalog/template_manager.hpp"
#include "services/previews/previews.hpp"

namespace aisha::services {
namespace {

constexpr std::string_view kFolder = "previews/";
constexpr std::size_t kIndexBytes = 1U << 20U;

std::string key_of(std::string_view name) {
  return std::string(kFolder) + std::string(name);
}

/// Built in for the prompt as it is, where the shelf has none for it.
catalog::PreviewIndex wanting(const catalog::PreviewIndex& index, const catalog::TemplateSet& styles) {
  catalog::PreviewIndex out;
  for (const catalog::TemplateRef& style : styles.templates) {
    for (const domain::AvatarKind kind : {domain::AvatarKind::portrait, domain::AvatarKind::style}) {
      const catalog::PreviewIndex::Key key{style->id, kind};
      const std::string mark = catalog::prompt_mark(style->prompt_for(kind));
      const auto* own = built_in_previews().find(key);
      const auto* there = index.find(key);
      if (own != nullptr && own->prompt_mark == mark && (there == nullptr || there->prompt_mark != mark)) {
        out.put(key, *own);
      }
    }
  }
  return out;
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
  auto index = co_await read_index(shelf);
  if (!index) {
    co_return std::unexpected(index.error());
  }
  const catalog::PreviewIndex wanted = wanting(*index, templates.all());
  std::vector<std::string> replaced;
  for (const auto& [key, entry] : wanted.all()) {
    if (const auto* before = index->find(key); before != nullptr) {
      replaced.push_back(catalog::PreviewIndex::file_of(key, *before));
    }
    std::string name = catalog::PreviewIndex::file_of(key, entry);
    std::string bytes(preview_file(name));
    const auto written = co_await shelf.write(std::move(name), std::move(bytes));
    if (!written) {
      co_return std::unexpected(written.error());
    }
    index->put(key, entry);
  }
  if (!wanted.all().empty()) {
    std::string name(catalog::kPreviewIndexFile);
    std::string text = index->text();
    const auto written = co_await shelf.write(std::move(name), std::move(text));
    if (!written) {
      co_return std::unexpected(written.error());
    }
  }
  for (std::string& name : replaced) {
    const auto removed = co_await shelf.remove(std::move(name));
    if (!removed) {
      co_return std::unexpected(removed.error());
    }
  }
  co_return static_cast<int>(wanted.all().size());
}

}  // namespace aisha::services
