// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/avatar.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `avatar_details`: what an avatar was made from, and our own copy of its LoRA. An avatar of an older Aisha has no
/// row; what making pictures needs of a row comes with the avatar (stores/people/avatars.hpp).
namespace aisha::stores::avatar_details {

/// The copy in our store, bucket of the pictures.
struct LoraCopy {
  std::string key;
  std::int64_t bytes = 0;
  std::string sha256;  ///< lower-case hex

  friend bool operator==(const LoraCopy&, const LoraCopy&) = default;
};

struct Details {
  Uuid avatar_id;
  domain::MadeFrom made_from = domain::MadeFrom::imported;
  /// "f", "m", "n" (not said); it wins over `avatars.gender`, which knows two words. "" = as the avatar has it.
  std::string gender;
  std::string family;  ///< of the LoRA: "flux-1", "flux-2"; "" of an avatar without one
  std::optional<LoraCopy> lora;
  std::optional<TimePoint> url_seen_at;  ///< when the avatar's address last led to its LoRA
};

/// Errc::conflict at commit when the avatar has some.
void add(UnitOfWork& unit, const Details& details);
/// Nothing for an avatar of an older Aisha.
Task<std::optional<Details>> find(UnitOfWork& unit, Uuid avatar_id);

/// A copy and whose avatar it belongs to.
struct KeptLora {
  Uuid avatar_id;
  LoraCopy lora;
};
/// Every copy behind `after` (nil = from the first), by avatar; at most `limit`.
Task<std::vector<KeptLora>> loras_after(UnitOfWork& unit, Uuid after, std::int64_t limit);

/// Of avatars from `first` to `last`: the keys of the objects that their rows name, copies and faces.
Task<std::vector<std::string>> named_objects(UnitOfWork& unit, Uuid first, Uuid last);

}  // namespace aisha::stores::avatar_details
