// SPDX-License-Identifier: Apache-2.0
#include "app/check/check_state.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <numeric>

#include "base/json.hpp"
#include "blobs/disk/files.hpp"

namespace aisha::app {
namespace {

namespace audit = stores::audit;

constexpr std::size_t kShown = 10;

/// The file.
struct KeptState {
  std::string subject;
  std::int64_t part = 0;
  std::string after;
  std::string settled;
  std::int64_t system = 0;
  std::string pictures_after;
  std::string loras_after;
  std::int64_t rows = 0;
  std::int64_t pictures = 0;
  std::int64_t loras = 0;
  std::vector<std::int64_t> violations;
  std::vector<std::string> sentences;
  std::int64_t unread = 0;
  std::vector<std::string> unreads;
};
BOOST_DESCRIBE_STRUCT(KeptState, (),
                      (subject, part, after, settled, system, pictures_after, loras_after, rows, pictures, loras,
                       violations, sentences, unread, unreads))

Result<CheckState> state_of(KeptState kept) {
  CheckState out;
  const auto after = Uuid::parse(kept.after);
  const auto settled = Uuid::parse(kept.settled);
  const auto pictures_after = Uuid::parse(kept.pictures_after);
  const auto loras_after = Uuid::parse(kept.loras_after);
  const bool is_part = kept.part >= 0 && kept.part <= static_cast<std::int64_t>(audit::Part::none);
  if (!after || !settled || !pictures_after || !loras_after || !is_part ||
      kept.violations.size() != out.violations.size()) {
    return fail(Errc::start_failed, "not written by `aisha check`");
  }
  out.mark = {static_cast<audit::Part>(kept.part), *after, *settled, kept.system};
  out.pictures_after = *pictures_after;
  out.loras_after = *loras_after;
  out.rows = kept.rows;
  out.pictures = kept.pictures;
  out.loras = kept.loras;
  std::ranges::copy(kept.violations, out.violations.begin());
  out.sentences = std::move(kept.sentences);
  out.unread = kept.unread;
  out.unreads = std::move(kept.unreads);
  return out;
}

}  // namespace

void CheckState::add(std::string violation) {
  int number = 0;
  std::from_chars(violation.data() + 1, violation.data() + violation.size(), number);
  const auto& all = stores::audit::kInvariants;
  const auto* found = std::ranges::find(all, number, &stores::audit::Invariant::number);
  ++violations.at(static_cast<std::size_t>(found - all.begin()));
  if (sentences.size() < kShown) {
    sentences.push_back(std::move(violation));
  }
}

void CheckState::add_unread(std::string sentence) {
  ++unread;
  if (unreads.size() < kShown) {
    unreads.push_back(std::move(sentence));
  }
}

std::int64_t CheckState::total() const {
  return std::accumulate(violations.begin(), violations.end(), std::int64_t{0});
}

Result<void> save(const CheckState& state, const std::string& path, std::string_view subject) {
  KeptState kept;
  kept.subject = subject;
  kept.part = static_cast<std::int64_t>(state.mark.part);
  kept.after = state.mark.after.to_string();
  kept.settled = state.mark.settled.to_string();
  kept.system = state.mark.system;
  kept.pictures_after = state.pictures_after.to_string();
  kept.rows = state.rows;
  kept.pictures = state.pictures;
  kept.loras_after = state.loras_after.to_string();
  kept.loras = state.loras;
  kept.violations.assign(state.violations.begin(), state.violations.end());
  kept.sentences = state.sentences;
  kept.unread = state.unread;
  kept.unreads = state.unreads;
  return blobs::write_atomically(std::filesystem::absolute(path), json::encode_text(kept));
}

Result<CheckState> load_check_state(const std::string& path, std::string_view subject) {
  const auto text = blobs::read_file(path);
  if (!text) {
    return text.error().code == Errc::not_found ? Result<CheckState>(CheckState{})
                                                : std::unexpected(Error{Errc::start_failed, text.error().detail});
  }
  auto kept = json::decode<KeptState>(*text);
  if (!kept) {
    return fail(Errc::start_failed, path + ": " + kept.error().detail);
  }
  if (kept->subject != subject) {
    return fail(Errc::start_failed, path + " is of a check of something else; remove it to begin anew");
  }
  auto state = state_of(std::move(*kept));
  return state ? std::move(state) : fail(Errc::start_failed, path + ": " + state.error().detail);
}

}  // namespace aisha::app
