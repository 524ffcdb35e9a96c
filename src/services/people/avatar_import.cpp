// SPDX-License-Identifier: Apache-2.0
#include "services/people/avatar_import.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "domain/name_text.hpp"
#include "services/people/lora_file.hpp"
#include "stores/people/actor_row.hpp"
#include "stores/people/avatar_details.hpp"
#include "stores/people/avatars.hpp"

namespace aisha::services {
namespace {

namespace fs = std::filesystem;

// A leading dot: no object's name.
constexpr std::string_view kSpoolBegin = ".aisha-";
constexpr std::string_view kSpoolEnd = ".safetensors";
constexpr std::chrono::hours kSpooledFor{24};
constexpr std::array<std::string_view, 2> kFamilies = {"flux-1", "flux-2"};
constexpr int kFaceSide = 1024;
// The columns of `avatars`, in bytes, which is stricter than their characters.
constexpr std::size_t kLongestAddress = 500;
constexpr std::size_t kLongestFinetune = 255;
constexpr std::size_t kLongestTrigger = 100;

std::unexpected<Error> refuse(std::string sentence) {
  return fail(Errc::option_out_of_range, std::move(sentence));
}

/// What stands in a prompt and in a column: one line that can be read.
bool is_plain(std::string_view text, std::size_t most) {
  return text.size() <= most && std::ranges::all_of(text, [](unsigned char c) { return c > ' ' || c == ' '; });
}

Result<void> check_lora(const AvatarImport& wish) {
  if (!is_plain(wish.lora_url, kLongestAddress)) {
    return refuse("the address of the LoRA is longer than 500 bytes");
  }
  if (std::ranges::find(kFamilies, wish.family) == kFamilies.end()) {
    return refuse("a LoRA needs its family, flux-1 or flux-2: one made for the other is noise");
  }
  return {};
}

Result<void> check_model(const AvatarImport& wish) {
  if (wish.finetune_id.empty() == wish.lora_url.empty()) {
    return refuse(wish.lora_url.empty()
                      ? "neither a finetune id nor the address of a LoRA: one of them is needed"
                      : "both a finetune id and the address of a LoRA: only one of them is an avatar");
  }
  if (!wish.lora_url.empty()) {
    return check_lora(wish);
  }
  if (!wish.family.empty()) {
    return refuse("a finetune id has no family");
  }
  return is_plain(wish.finetune_id, kLongestFinetune) ? Result<void>() : refuse("a finetune id has at most 255 bytes");
}

Result<void> check(const AvatarImport& wish) {
  if (auto model = check_model(wish); !model) {
    return model;
  }
  if (wish.gender != "f" && wish.gender != "m" && wish.gender != "n") {
    return refuse("the gender is f, m or n (not said)");
  }
  if (wish.trigger.empty() || !is_plain(wish.trigger, kLongestTrigger)) {
    return refuse(
        "the trigger is one line of 1 to 100 bytes: the words by which the model was taught to know whom to draw");
  }
  if (!domain::check_name(wish.name)) {
    return refuse("the name is one line of 1 to 100 characters that can be seen");
  }
  return {};
}

/// What a fetch could not do, in words about the LoRA.
Error told(const Error& error, std::uint64_t most) {
  switch (error.code) {
    case Errc::result_url_refused:
      return {Errc::option_out_of_range,
              "the address of the LoRA is not https with a name and nothing secret in it: " + error.detail};
    case Errc::result_address_refused:
      return {Errc::option_out_of_range, "the address of the LoRA is not public: " + error.detail};
    case Errc::result_redirect_refused:
      return {Errc::option_out_of_range,
              fmt::format("the address of the LoRA leads elsewhere ({}): give the one behind it", error.detail)};
    case Errc::result_gone:
      return {Errc::option_out_of_range, fmt::format("there is nothing at the address of the LoRA ({})", error.detail)};
    case Errc::net_too_large:
      return {Errc::option_out_of_range,
              fmt::format("the LoRA is larger than {} MB ([avatars] lora_max_mb)", most >> 20U)};
    default: return {error.code, fmt::format("the LoRA cannot be fetched: {}", error.detail)};
  }
}

std::string gender_word(std::string_view letter) {
  return letter == "f" ? "FEMALE" : letter == "m" ? "MALE" : "";
}

std::string spool_path(const std::string& folder, const Uuid& id) {
  return fmt::format("{}/{}{}{}", folder, kSpoolBegin, id.to_string(), kSpoolEnd);
}

/// What imports that were killed left there.
void sweep_spool(const std::string& folder) {
  std::error_code problem;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, problem)) {
    const std::string name = entry.path().filename().string();
    std::error_code gone;
    const auto age = fs::file_time_type::clock::now() - entry.last_write_time(gone);
    if (!gone && name.starts_with(kSpoolBegin) && name.ends_with(kSpoolEnd) && age > kSpooledFor) {
      fs::remove(entry.path(), gone);
    }
  }
}

/// A file that lies there no longer than this object.
class Spooled {
 public:
  explicit Spooled(std::string path) : path_(std::move(path)) {}
  Spooled(const Spooled&) = delete;
  Spooled& operator=(const Spooled&) = delete;
  ~Spooled() { ::unlink(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

struct AvatarImporting::Work {
  AvatarImport wish;
  domain::Avatar avatar;
  stores::avatar_details::Details details;
  std::vector<std::string> objects;  ///< that were put so far
};

Task<Result<ImportedAvatar>> AvatarImporting::import(AvatarImport wish) {
  if (auto checked = check(wish); !checked) {
    co_return std::unexpected(checked.error());
  }
  Work work;
  work.wish = std::move(wish);
  auto done = co_await do_all(work);
  if (!done) {
    const auto left = co_await tools_.blobs.remove_all(blobs::Bucket::generated, std::move(work.objects));
    for (const std::string& key : left) {
      log::warn("{} is not needed and could not be removed: the round of orphans will", key);
    }
    co_return std::unexpected(std::move(done.error()));
  }
  ImportedAvatar out;
  out.lora_bytes = work.details.lora ? work.details.lora->bytes : 0;
  out.avatar = std::move(work.avatar);
  co_return out;
}

Task<Result<void>> AvatarImporting::do_all(Work& work) {
  for (const auto step :
       {&AvatarImporting::meet, &AvatarImporting::keep_face, &AvatarImporting::keep_lora, &AvatarImporting::write}) {
    auto done = co_await std::invoke(step, this, work);
    if (!done) {
      co_return done;
    }
  }
  co_return Result<void>{};
}

/// Whose it will be, and whether it becomes the one with which they make pictures.
Task<Result<void>> AvatarImporting::meet(Work& work) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const std::int64_t number = work.wish.telegram_id;
  const auto person = co_await stores::actor_row::find(unit, number, number);
  if (!person) {
    co_return fail(Errc::not_found,
                   fmt::format("nobody here has the number {} at Telegram: they have to press Start first", number));
  }
  if (person->is_being_erased) {
    co_return fail(Errc::person_erasing, "everything of this person is being deleted");
  }
  const auto own = co_await stores::avatars::list(unit, person->user.id);
  const auto kept = std::ranges::count_if(own, [](const auto& one) { return !one.binned_at; });
  if (std::cmp_greater_equal(kept, kMostAvatars)) {
    co_return refuse(fmt::format("this person has {} avatars, which is as many as one may have", kept));
  }
  const auto& main = person->main_avatar;
  domain::Avatar& avatar = work.avatar;
  avatar.id = unit.new_id();
  avatar.user_id = person->user.id;
  avatar.name = domain::check_name(work.wish.name).value();
  avatar.gender = gender_word(work.wish.gender);
  avatar.kind = work.wish.kind;
  avatar.status = domain::AvatarStatus::completed;
  avatar.finetune_id = work.wish.finetune_id;
  avatar.lora_url = work.wish.lora_url;
  avatar.trigger_phrase = work.wish.trigger;
  avatar.made_from = domain::MadeFrom::imported;
  avatar.is_main = !main || !domain::check_usable(*main) || tools_.people.is_demo(*main);
  avatar.created_at = unit.now();
  if (!work.wish.family.empty()) {
    avatar.family = work.wish.family;
  }
  work.details.avatar_id = avatar.id;
  work.details.made_from = domain::MadeFrom::imported;
  work.details.gender = work.wish.gender;
  work.details.family = work.wish.family;
  co_return Result<void>{};
}

Task<Result<void>> AvatarImporting::keep_face(Work& work) {
  if (work.wish.photo.empty()) {
    co_return Result<void>{};
  }
  imaging::ResizeSpec spec;
  spec.width = kFaceSide;
  spec.height = kFaceSide;
  auto face = co_await tools_.imager.resize(std::move(work.wish.photo), spec);
  if (!face) {
    const bool is_away = face.error().code == Errc::unavailable;
    co_return is_away
        ? Result<void>(std::unexpected(std::move(face.error())))
        : refuse(fmt::format("the photo is no picture that can be shown [{}]", code_of(face.error().code)));
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  std::string key = domain::face_object_key(work.avatar.id, unit.new_id());
  work.objects.push_back(key);
  work.avatar.photo = key;
  auto kept = co_await tools_.blobs.put(blobs::Bucket::generated, std::move(key), std::move(*face), "image/jpeg");
  co_return kept;
}

Task<Result<void>> AvatarImporting::keep_lora(Work& work) {
  if (work.wish.lora_url.empty()) {
    co_return Result<void>{};
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const Uuid id = unit.new_id();
  sweep_spool(tools_.spool);
  const Spooled spooled(spool_path(tools_.spool, id));
  auto fetched = co_await tools_.files.fetch(work.wish.lora_url, spooled.path(), tools_.lora_most);
  if (!fetched) {
    co_return std::unexpected(told(fetched.error(), tools_.lora_most));
  }
  if (auto checked = check_lora_file(spooled.path()); !checked) {
    co_return checked;
  }
  stores::avatar_details::LoraCopy copy;
  copy.key = domain::lora_object_key(work.avatar.id, id);
  copy.bytes = static_cast<std::int64_t>(fetched->bytes);
  copy.sha256 = fetched->sha256;
  work.objects.push_back(copy.key);
  blobs::BlobFile file{spooled.path(), std::move(*fetched)};
  std::string key = copy.key;
  work.details.lora = std::move(copy);
  work.details.url_seen_at = unit.now();
  auto kept = co_await tools_.blobs.put_file(blobs::Bucket::generated, std::move(key), std::move(file),
                                             "application/octet-stream");
  co_return kept;
}

Task<Result<void>> AvatarImporting::write(Work& work) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  // A fetch may take an hour.
  const std::int64_t number = work.wish.telegram_id;
  const auto person = co_await stores::actor_row::find(unit, number, number);
  if (!person || person->is_being_erased || person->user.id != work.avatar.user_id) {
    co_return fail(Errc::person_erasing, "everything of this person is being deleted");
  }
  const auto columns = co_await stores::avatars::columns(unit);
  stores::avatars::add(unit, work.avatar, columns);
  stores::avatar_details::add(unit, work.details);
  if (work.avatar.is_main) {
    stores::avatars::set_main(unit, work.avatar.user_id, work.avatar.id);
  }
  auto written = co_await unit.commit();
  if (!written) {
    co_return fail(written.error().code, "somebody else changed this person's avatars just now: try again");
  }
  co_return Result<void>{};
}

}  // namespace aisha::services
