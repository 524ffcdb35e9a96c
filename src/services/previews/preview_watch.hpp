// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <set>
#include <string>

#include "catalog/preview_index.hpp"
#include "services/context/worker.hpp"
#include "services/previews/preview_shelf.hpp"
#include "services/previews/previews.hpp"

namespace aisha::imaging {
class Imager;
}
namespace aisha::services {

/// Whether these bytes are what a preview may be: a JPEG of its sides that decodes as a whole, not too large. The codes
/// of imaging::Imager; image_type_refused for other pictures, option_out_of_range for other sides.
Task<Result<void>> check_preview(imaging::Imager& imager, std::string jpeg);

/// Brings an operator's previews into this process when their index has changed. A picture that is not the one of its
/// index, or none at all, is left out and named once in the log; an index that cannot be read as one changes nothing.
class PreviewWatch final : public Chore {
 public:
  PreviewWatch(blobs::BlobStore& blobs, imaging::Imager& imager, Previews& previews)
      : shelf_(blobs), imager_(imager), previews_(previews) {}

  Task<void> run() override;

 private:
  Task<void> take(catalog::PreviewIndex index);
  Task<Result<std::string>> fetch(std::string name, std::string sha256);
  void tell_once(std::string trouble);

  BucketShelf shelf_;
  imaging::Imager& imager_;
  Previews& previews_;
  std::string text_;  ///< of the index that is in force
  std::set<std::string> told_;
};

}  // namespace aisha::services
