// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/uuid.hpp"
#include "blobs/blob_store.hpp"
#include "domain/avatar.hpp"
#include "imaging/imager.hpp"
#include "providers/file_fetcher.hpp"
#include "services/context/context.hpp"
#include "services/people/people.hpp"

namespace aisha::services {

/// Avatars that a person may have, without those in the bin.
inline constexpr std::size_t kMostAvatars = 10;

/// A model that was trained elsewhere and is to be somebody's avatar here: a finetune id, or the address of a LoRA with
/// its family.
struct AvatarImport {
  std::int64_t telegram_id = 0;  ///< whose
  std::string name;
  std::string gender;  ///< "f", "m", "n": not said
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  std::string finetune_id;
  std::string lora_url;
  std::string family;   ///< "flux-1", "flux-2"
  std::string trigger;  ///< the words by which its prompts name it
  std::string photo;    ///< the bytes of a picture for its cards, "" = none
};

struct ImportedAvatar {
  domain::Avatar avatar;
  std::int64_t lora_bytes = 0;  ///< of the copy in our store, 0 = a finetune
};

struct ImportTools {
  blobs::BlobStore& blobs;
  providers::FileFetcher& files;
  imaging::Imager& imager;
  const People& people;
  std::string spool;            ///< folder in which a LoRA lies until it is in the store
  std::uint64_t lora_most = 0;  ///< bytes
};

/// Gives a person an avatar whose model is there already. A LoRA is copied into our store first: its address may end,
/// the copy is ours. Errors, each with a sentence for whoever called, nothing being written then: option_out_of_range
/// (what was asked for), not_found (no such person), person_erasing, disk_full, unavailable, conflict.
class AvatarImporting {
 public:
  AvatarImporting(Context context, ImportTools tools) : context_(context), tools_(std::move(tools)) {}

  Task<Result<ImportedAvatar>> import(AvatarImport wish);

 private:
  struct Work;

  Task<Result<void>> meet(Work& work);
  Task<Result<void>> keep_lora(Work& work);
  Task<Result<void>> keep_face(Work& work);
  Task<Result<void>> write(Work& work);
  Task<Result<void>> do_all(Work& work);

  Context context_;
  ImportTools tools_;
};

}  // namespace aisha::services
