// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/task.hpp"
#include "imaging/imager.hpp"
#include "sandbox/fal/faces.hpp"
#include "sandbox/fal/files.hpp"
#include "sandbox/fal/queue.hpp"

namespace aisha::sandbox::fal {

/// Finds who is to be painted, from the addresses in an input to a photo and what is known of the face on it. Photos
/// come from the twin's own files; the demo's are known by what they show, however often they were encoded. Loop thread
/// only.
class Sitters {
 public:
  /// Both must outlive it.
  Sitters(const FileStore& files, imaging::Imager& imager) : files_(files), imager_(imager) {}

  /// One for each seed. Of several photos a seed picks one; a picture that was painted here and stands first is what is
  /// to be changed: whoever it shows is painted again.
  Task<std::vector<Sitter>> of(Work work);

 private:
  /// What is known of a photo's bytes.
  struct Seen {
    std::optional<Face> demo;
    std::optional<studio::FaceSpot> face;
  };
  /// A photo that an input names.
  struct Picked {
    std::string url;
    std::string bytes;
    std::string sha256;
  };

  std::optional<Picked> fetch(const std::string& url) const;
  /// Nobody's photo is empty.
  Task<Sitter> sitter_of(std::string url);
  Task<Sitter> sitter_on(Picked photo);
  Task<Seen> look(std::string sha256, std::string bytes);
  Task<void> learn_the_demo();

  const FileStore& files_;
  imaging::Imager& imager_;
  std::vector<std::pair<std::uint64_t, Face>> demo_;  ///< difference hashes of the demo's photos
  std::map<std::string, Seen> seen_;                  ///< by SHA-256
};

}  // namespace aisha::sandbox::fal
