// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "catalog/templates/preview_index.hpp"
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
/// What may pass (it is not there yet, it has other bytes, the decoder died) is looked at again each time, and the
/// picture before stays meanwhile; what was decoded and found unfit is not decoded again. Of styles that the catalogue
/// does not have nothing is read.
class PreviewWatch final : public Chore {
 public:
  PreviewWatch(blobs::BlobStore& blobs, imaging::Imager& imager, Previews& previews)
      : shelf_(blobs), imager_(imager), previews_(previews) {}

  Task<void> run() override;

 private:
  using Picture = std::pair<std::string, std::string>;  ///< name and SHA-256

  /// False: it is none.
  bool adopt(const std::string& text);
  Task<void> take();
  Task<Result<std::string>> fetch(Picture wanted);
  void forget_troubles();
  void note(std::string name, std::optional<std::string> trouble);

  BucketShelf shelf_;
  imaging::Imager& imager_;
  Previews& previews_;
  std::optional<std::string> text_;     ///< of `index_`
  catalog::PreviewIndex index_;         ///< in force
  bool settled_ = false;                ///< nothing of `index_` is worth another look
  std::set<Picture> unfit_;             ///< for good, of `index_`
  std::optional<std::string> refused_;  ///< the text that is no index, as it is now
  std::map<std::string, std::string> troubles_;
};

}  // namespace aisha::services
