// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/own_picture.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `picture_texts`: the words of own prompts and given names, ready for comparing, one blank before and behind each;
/// and `unread_pictures`: those whose words are to be read (anew). The verbs that change words put a picture there and
/// let its mark grow: those of `requests`, `saved_images` and `imports`.
namespace aisha::stores::picture_texts {

struct Unread {
  Uuid id;
  std::string prompt;     ///< own words; "" = none
  std::string name;       ///< "" = none
  std::int64_t mark = 0;  ///< tells this change from a later one
};
/// The newest pictures first.
Task<std::vector<Unread>> unread(UnitOfWork& unit, std::int64_t limit);
/// Keeps the words of what was read ("" = it has none) and takes it off the list, unless it has changed since; of a
/// purged picture nothing is kept.
void put(UnitOfWork& unit, const Unread& read, std::string words);

inline constexpr std::size_t kMostStems = 8;
inline constexpr std::size_t kMostStyles = 5;

/// Pictures whose words begin with all of `stems` (letters and digits only; at most kMostStems count), and those of one
/// of the styles (the first kMostStyles count).
struct Wanted {
  std::vector<std::string> stems;
  std::vector<std::string> styles;
};
/// Found pictures; when there are none, the words of the person's newest pictures that have any, one text a picture.
struct Page {
  std::vector<domain::OwnPicture> pictures;
  std::vector<std::string> words;
};
/// At most so many of each. Each text costs a whole row.
struct Limits {
  std::int64_t pictures = 0;
  std::int64_t words = 0;
};
/// Live pictures of the person, made before their picture `than`, the newest first; for one that is not theirs, from
/// the newest of all.
Task<Page> older(UnitOfWork& unit, Uuid user_id, Wanted wanted, Uuid than, Limits limits);
/// Those made after `than`, the nearest to it first; none for one that is not theirs.
Task<Page> newer(UnitOfWork& unit, Uuid user_id, Wanted wanted, Uuid than, Limits limits);

struct OwnPrompt {
  Uuid id;
  std::string prompt;  ///< as it was written
};
/// The own prompts of the person's newest `limit` live pictures that have one.
Task<std::vector<OwnPrompt>> newest_prompts(UnitOfWork& unit, Uuid user_id, std::int64_t limit);

/// The words of the person's newest `limit` pictures that have any.
Task<std::vector<std::string>> newest_words(UnitOfWork& unit, Uuid user_id, std::int64_t limit);

}  // namespace aisha::stores::picture_texts
