// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "blobs/blob_store.hpp"
#include "catalog/templates/preview_index.hpp"

namespace aisha::catalog {
class TemplateManager;
}
namespace aisha::services {

/// Where previews lie, with their index: pictures first, the index behind them, each as a whole or not at all.
class PreviewShelf {
 public:
  virtual ~PreviewShelf() = default;
  /// At most `most` bytes. Errors: not_found, image_too_many_bytes, unavailable.
  virtual Task<Result<std::string>> read(std::string name, std::size_t most) = 0;
  virtual Task<Result<void>> write(std::string name, std::string bytes) = 0;
  virtual Task<Result<void>> remove(std::string name) = 0;
};

/// "previews/" in Bucket::templates.
class BucketShelf final : public PreviewShelf {
 public:
  explicit BucketShelf(blobs::BlobStore& blobs) : blobs_(blobs) {}
  Task<Result<std::string>> read(std::string name, std::size_t most) override;
  Task<Result<void>> write(std::string name, std::string bytes) override;
  Task<Result<void>> remove(std::string name) override;

 private:
  blobs::BlobStore& blobs_;
};

/// The text of a shelf's index; "" = there is none. Errors of PreviewShelf::read but not_found.
Task<Result<std::string>> read_index_text(PreviewShelf& shelf);
/// The same, read. Also catalog_invalid.
Task<Result<catalog::PreviewIndex>> read_index(PreviewShelf& shelf);

/// Lays out the built-in previews of the styles that the shelf has none for, for whoever shows the catalogue elsewhere.
/// What lies there stays as it is, of whatever prompt: it may be an operator's, who paid for it. How many lines the
/// index got; errors of PreviewShelf, catalog_invalid.
Task<Result<int>> publish_previews(PreviewShelf& shelf, const catalog::TemplateManager& templates);

}  // namespace aisha::services
