// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

/// The demo's two faces, embedded in the binary (data/demo/README.md tells where they come from).
namespace aisha::sandbox::fal {

/// Views of static data.
struct Face {
  std::string_view photo;
  std::string_view mask;
};

/// The face of a well-known avatar: a LoRA address that ends in "/demo-NAME.safetensors", or a finetune id "demo-NAME".
/// "anna" and "eileen" are the astronaut, "chelsea" is the cat; any other NAME is the astronaut.
std::optional<Face> demo_face(std::string_view avatar);

/// The masked version of a photo that is one of the demo's, by its bytes.
std::optional<Face> face_of_photo(std::string_view photo_bytes);

/// What stands behind "/fal-files/demo-NAME.safetensors": a header of that format which names the face, no tensors.
std::optional<std::string> demo_file(std::string_view id);

}  // namespace aisha::sandbox::fal
