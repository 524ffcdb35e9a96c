// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/fal/request.hpp"
#include "sandbox/studio/figure/fit.hpp"
#include "sandbox/studio/figure/matte.hpp"

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
  std::optional<studio::FaceSpot> face;  ///< on a photo without a mask
  PaintedOf of;                          ///< for the record
  std::string root;                      ///< the address that leads to this photo; not that of a picture painted of it
};

/// The face of a well-known avatar: a LoRA address that ends in "/demo-NAME.safetensors", or a finetune id "demo-NAME".
/// "anna" and "eileen" are the astronaut, "chelsea" is the cat; any other NAME is the astronaut.
std::optional<Face> demo_face(std::string_view avatar);

/// For prompts that name a cat.
Face demo_cat();

/// The photos of the demo as a person may send them, each with what is painted for it.
struct DemoPhoto {
  std::string_view sent;
  Face face;
};
std::vector<DemoPhoto> demo_photos();

/// What stands behind "/fal-files/demo-NAME.safetensors": a header of that format which names the face, no tensors.
std::optional<std::string> demo_file(std::string_view id);

}  // namespace aisha::sandbox::fal
