// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/studio/figure/fit.hpp"

/// The demo's two faces, embedded in the binary (data/demo/README.md tells where they come from).
namespace aisha::sandbox::fal {

/// Views of static data.
struct Face {
  std::string_view photo;
  std::string_view mask;
  studio::Sitting sitting = studio::Sitting::unknown;
};

/// Who is painted: the bytes of a photo and its mask, either may be empty.
struct Sitter {
  std::string photo, mask;
  studio::Sitting sitting = studio::Sitting::unknown;
};

/// The face of a well-known avatar: a LoRA address that ends in "/demo-NAME.safetensors", or a finetune id "demo-NAME".
/// "anna" and "eileen" are the astronaut, "chelsea" is the cat; any other NAME is the astronaut.
std::optional<Face> demo_face(std::string_view avatar);

/// For prompts that name a cat.
Face demo_cat();

/// The masked version of a photo that is one of the demo's, by its bytes.
std::optional<Face> face_of_photo(std::string_view photo_bytes);

/// What stands behind "/fal-files/demo-NAME.safetensors": a header of that format which names the face, no tensors.
std::optional<std::string> demo_file(std::string_view id);

}  // namespace aisha::sandbox::fal
