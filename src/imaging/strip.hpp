// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "imaging/picture_types.hpp"

namespace aisha::imaging {

struct Stripped {
  std::string bytes;
  bool complete = false;  ///< the file's own structure reaches its end mark
};

enum class Profile { keep, drop };

/// The same picture without metadata and without bytes after its end, pixels untouched: JPEG keeps JFIF without its
/// small picture, the ICC profile and Adobe's colour marker, PNG its critical chunks, transparency and colour chunks (a
/// profile of more than 1 MiB goes), WebP frames, alpha and profile. Where the structure breaks off, the rest is copied
/// as it is.
Stripped strip_metadata(std::string_view picture, Format format, Profile profile = Profile::keep);

}  // namespace aisha::imaging
