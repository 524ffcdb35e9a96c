// SPDX-License-Identifier: Apache-2.0
#include "domain/avatar_photo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

namespace aisha::domain {
namespace {

/// Below (or, of brightness, above) the first a photo is refused, below the second it is weak.
struct Bounds {
  double refused;
  double weak;
};
constexpr Bounds kShortSide{512, 768};
constexpr Bounds kDark{25, 45};
constexpr Bounds kBright{235, 215};
constexpr Bounds kFaceSide{96, 160};
constexpr Bounds kFaceSharpness{4, 9};
constexpr Bounds kSharpness{20, 60};
/// Differing bits of two hashes: up to the first it is the same picture, up to the second nearly so.
constexpr int kSameBits = 3;
constexpr int kNearBits = 6;
/// A second face this large beside the first one is another person in the picture.
constexpr double kSecondFaceSide = 0.6;
constexpr double kSameFaceOverlap = 0.1;

/// Of the smaller one's area.
double overlap(const PhotoFace& a, const PhotoFace& b) {
  const double width = std::min(a.x + a.side, b.x + b.side) - std::max(a.x, b.x);
  const double height = std::min(a.y + a.side, b.y + b.side) - std::max(a.y, b.y);
  const double smaller = std::min(a.side, b.side);
  return width <= 0 || height <= 0 || smaller <= 0 ? 0 : width * height / (smaller * smaller);
}

bool has_second_person(const std::vector<PhotoFace>& faces) {
  return std::any_of(faces.begin() + 1, faces.end(), [&](const PhotoFace& other) {
    return other.score >= 0 && other.side >= kSecondFaceSide * faces[0].side &&
           overlap(faces[0], other) < kSameFaceOverlap;
  });
}

/// Keeps what was noted first: a photo is told one thing that is wrong with it.
class Notes {
 public:
  explicit Notes(PhotoVerdict& verdict) : verdict_(verdict) {}

  void low(double value, Bounds bounds, Errc code) { note(value < bounds.refused, value < bounds.weak, code); }
  void high(double value, Bounds bounds, Errc code) { note(value > bounds.refused, value > bounds.weak, code); }
  void note(bool is_refused, bool is_weak, Errc code) {
    if (is_refused && !verdict_.refused) {
      verdict_.refused = code;
    } else if (is_weak && !verdict_.weak) {
      verdict_.weak = code;
    }
  }

 private:
  PhotoVerdict& verdict_;
};

void judge_face(const PhotoLooks& looks, Notes& notes) {
  if (looks.faces.empty()) {
    notes.note(true, false, Errc::photo_no_face);
    return;
  }
  notes.note(has_second_person(looks.faces), false, Errc::photo_many_faces);
  notes.low(looks.faces[0].side, kFaceSide, Errc::photo_face_small);
  notes.low(looks.face_sharpness, kFaceSharpness, Errc::photo_blurred);
}

void compare(const PhotoLooks& looks, std::span<const KeptPhoto> kept, PhotoVerdict& verdict, Notes& notes) {
  int least = 64;
  for (const KeptPhoto& other : kept) {
    const int bits = std::popcount(looks.dhash ^ other.dhash);
    if (bits < least) {
      least = bits;
      verdict.same_as = other.id;
    }
  }
  notes.note(least <= kSameBits, least <= kNearBits, Errc::photo_duplicate);
  if (verdict.refused != Errc::photo_duplicate && verdict.weak != Errc::photo_duplicate) {
    verdict.same_as.reset();
  }
}

}  // namespace

PhotoVerdict judge_photo(const PhotoLooks& looks, AvatarKind kind, std::span<const KeptPhoto> kept) {
  PhotoVerdict verdict;
  Notes notes(verdict);
  notes.low(static_cast<double>(std::min(looks.width, looks.height)), kShortSide, Errc::photo_too_small);
  notes.low(looks.luma, kDark, Errc::photo_dark);
  notes.high(looks.luma, kBright, Errc::photo_bright);
  const bool by_face = looks.faces_known && kind == AvatarKind::portrait;
  if (by_face) {
    judge_face(looks, notes);
  } else {
    notes.low(looks.sharpness, kSharpness, Errc::photo_blurred);
  }
  compare(looks, kept, verdict, notes);
  const bool has_face = !looks.faces.empty();
  const double side = has_face ? looks.faces[0].side : 0;
  const double sharp = has_face ? looks.face_sharpness : looks.sharpness;
  verdict.faces = std::ssize(looks.faces);
  verdict.face_side = std::llround(side);
  verdict.sharpness = std::llround(sharp * 10);
  verdict.merit = std::llround((has_face ? side : 1.0) * sharp * 10);
  return verdict;
}

std::string avatar_object_prefix(const Uuid& avatar) {
  return fmt::format("avatars/{}/", avatar.to_string());
}

std::string photo_object_key(const Uuid& avatar, const Uuid& photo) {
  return fmt::format("{}{}.jpg", avatar_object_prefix(avatar), photo.to_string());
}

std::string dhash_text(std::uint64_t dhash) {
  return fmt::format("{:016x}", dhash);
}

std::optional<std::uint64_t> dhash_from(std::string_view text) {
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, 16);
  if (text.size() != 16 || error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return out;
}

}  // namespace aisha::domain
