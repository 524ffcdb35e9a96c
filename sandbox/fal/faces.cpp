// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/faces.hpp"

#include <fmt/format.h>

#include "base/encoding.hpp"

// The pictures stand in the binary as they are on disk. `.incbin` and not an array of numbers: a megabyte of those
// takes the compiler seconds. AISHA_DEMO_DIR comes from sandbox/CMakeLists.txt.
// The names become text and symbols, which take no parentheses. NOLINTBEGIN(bugprone-macro-parentheses)
#define AISHA_EMBED(symbol, file)                                                                               \
  __asm__(".section .rodata\n.balign 16\n.global " #symbol "\n" #symbol ":\n.incbin \"" AISHA_DEMO_DIR "/" file \
          "\"\n.global " #symbol "_end\n" #symbol "_end:\n.byte 0\n.previous\n");                               \
  extern "C" const char symbol[];                                                                               \
  extern "C" const char symbol##_end[]
// NOLINTEND(bugprone-macro-parentheses)

AISHA_EMBED(aisha_demo_astronaut, "astronaut.png");
AISHA_EMBED(aisha_demo_astronaut_mask, "astronaut.mask.png");
AISHA_EMBED(aisha_demo_cat, "chelsea.png");
AISHA_EMBED(aisha_demo_cat_wide, "chelsea.wide.png");
AISHA_EMBED(aisha_demo_cat_wide_mask, "chelsea.wide.mask.png");

#undef AISHA_EMBED

namespace aisha::sandbox::fal {

namespace {

std::string_view between(const char* begin, const char* end) {
  return {begin, std::size_t(end - begin)};
}

Face astronaut() {
  return {between(aisha_demo_astronaut, aisha_demo_astronaut_end),
          between(aisha_demo_astronaut_mask, aisha_demo_astronaut_mask_end), studio::Sitting::eileen};
}

/// The wide version: in the original the ears leave the photo, so that nothing of a scene would show.
Face cat() {
  return {between(aisha_demo_cat_wide, aisha_demo_cat_wide_end),
          between(aisha_demo_cat_wide_mask, aisha_demo_cat_wide_mask_end), studio::Sitting::chelsea};
}

/// "NAME" of "…/demo-NAME.safetensors" or "demo-NAME".
std::optional<std::string_view> demo_name(std::string_view avatar) {
  avatar = avatar.substr(0, avatar.find('?'));
  if (const auto slash = avatar.rfind('/'); slash != std::string_view::npos) {
    avatar.remove_prefix(slash + 1);
  }
  if (!avatar.starts_with("demo-")) {
    return std::nullopt;
  }
  avatar.remove_prefix(5);
  return avatar.substr(0, avatar.find('.'));
}

}  // namespace

Face demo_cat() {
  return cat();
}

std::optional<Face> demo_face(std::string_view avatar) {
  const auto name = demo_name(avatar);
  if (!name) {
    return std::nullopt;
  }
  return name->starts_with("chelsea") ? cat() : astronaut();
}

std::vector<DemoPhoto> demo_photos() {
  const Face first = astronaut(), second = cat();
  return {{first.photo, first}, {second.photo, second}, {between(aisha_demo_cat, aisha_demo_cat_end), second}};
}

std::optional<std::string> demo_file(std::string_view id) {
  const auto name = demo_name(id);
  if (!name || !id.ends_with(".safetensors")) {
    return std::nullopt;
  }
  const std::string header = fmt::format(R"({{"__metadata__":{{"sandbox_face":"{}"}}}})", *name);
  std::string out(8, '\0');  // little-endian length of the header
  out[0] = char(header.size());
  return out + header;
}

}  // namespace aisha::sandbox::fal
