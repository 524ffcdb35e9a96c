// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// Everything that must hold, asked page by page so that a database of any size is walked through in statements of
/// moments. What belongs together lies in one page: give each page one moment of the database while others write.
namespace aisha::stores::audit {

struct Invariant {
  int number;  ///< of "I5"
  std::string_view says;
};
inline constexpr std::array kInvariants{
    Invariant{1, "every transfer moves more than nothing, between two accounts"},
    Invariant{2, "the cached balance of each account is the sum of its transfers"},
    Invariant{3, "all accounts together are zero"},
    Invariant{4, "nobody has less than nothing"},
    Invariant{5, "a request holds its price until it is captured by a picture or returned"},
    Invariant{6, "what is held is the price of the open requests"},
    Invariant{7, "a request has a picture if and only if it is ready"},
    Invariant{8, "every ended request has one message that says so"},
    Invariant{9, "nothing waits long after its time"},
    Invariant{10, "one request a press or message"},
    Invariant{11, "a request went only along legal steps, each of its tries written down"},
    Invariant{12, "every request at the provider belongs to a try"},
    Invariant{13, "a request is open as long as its job, and ends with the same word"},
    Invariant{14, "what is counted for a person is what the rows of their pictures say"},
    Invariant{15, "a mark is in the trash with its picture, and is that of a favourite or a saved one"},
    Invariant{16, "a link that is not closed is that of a finished picture of whoever shares it"},
    Invariant{17, "of an erased person nothing is left but what says nothing of them, and no erasure takes long"},
    Invariant{20, "a batch is open as long as one of its pictures, and its end is told once"},
    Invariant{21,
              "a result that was no good is made anew under the one hold there is; an avatar made of photos has those "
              "it counts, a trained one its model's copy"},
};

struct Rules {
  Millis kept_for{0};                     ///< messages told earlier are swept
  Millis patience{5 * 60'000};            ///< how long after its deadline a request may be open
  Millis longest_wait{25LL * 3'600'000};  ///< the oldest untold message
  Millis longest_erasure{3'600'000};      ///< of one that is under way
  Millis settled{10 * 60'000};            ///< no transfer with an id older than this is still on its way
  std::int64_t transfers = 50'000;        ///< of a page, ...
  std::int64_t accounts = 2'000;          ///< ... each
  std::int64_t requests = 5'000;          ///< ... likewise jobs, keys and what is counted
};

/// What is walked, in this order; `sums` and `waiting` are one page each.
enum class Part { transfers, accounts, requests, people, sums, waiting, none };

/// Where a walk stands. One that begins is as made here.
struct Mark {
  Part part = Part::transfers;
  Uuid after;    ///< up to this id the part has been looked at
  Uuid settled;  ///< transfers up to it are walked by page, younger ones summed up at the end; nil = not chosen
  std::int64_t system = 0;  ///< what the system's accounts have of those that were walked

  bool operator==(const Mark&) const = default;
};

struct Page {
  std::vector<std::string> found;  ///< one sentence per violation, each beginning with its invariant: "I5 job ..."
  std::int64_t rows = 0;           ///< of its part
  Mark next;                       ///< part none: that was the last page
};

/// Looks at the page after `mark`. Looking again at the same mark asks the same of a later moment.
Task<Page> look(UnitOfWork& unit, const Rules& rules, Mark mark);

/// All pages with one unit: for small databases.
Task<std::vector<std::string>> violations(UnitOfWork& unit, Rules rules);

struct StoredPicture {
  Uuid id;
  std::string object_key;
  std::string sha256;  ///< "" = nobody has looked at an imported one yet
  std::int64_t bytes = 0;

  bool operator==(const StoredPicture&) const = default;
};
/// The pictures whose objects must be there, by id, those after `last` first; nil begins.
Task<std::vector<StoredPicture>> pictures_after(UnitOfWork& unit, Uuid last, std::int64_t limit);

}  // namespace aisha::stores::audit
