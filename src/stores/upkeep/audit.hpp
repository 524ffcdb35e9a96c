// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// Everything that must hold, asked of one moment of the database: give it a snapshot while others write. Scans all.
namespace aisha::stores::audit {

/// What each invariant says, I1 to I13.
inline constexpr std::array<std::string_view, 13> kInvariants{
    "every transfer moves more than nothing, between two accounts",
    "the cached balance of each account is the sum of its transfers",
    "all accounts together are zero",
    "nobody has less than nothing",
    "a request holds its price until it is captured by a picture or returned",
    "what is held is the price of the open requests",
    "a request has a picture if and only if it is ready",
    "every ended request has one message that says so",
    "nothing waits long after its time",
    "one request a press or message",
    "a request went only along legal steps, each of its tries written down",
    "every request at the provider belongs to a try",
    "a request is open as long as its job, and ends with the same word",
};

struct Rules {
  Millis kept_for{0};                     ///< messages told earlier are swept
  Millis patience{5 * 60'000};            ///< how long after its deadline a request may be open
  Millis longest_wait{25LL * 3'600'000};  ///< the oldest untold message
};

/// One sentence per violation, each beginning with its invariant: "I5 job ...".
Task<std::vector<std::string>> violations(UnitOfWork& unit, Rules rules);

struct StoredPicture {
  Uuid id;
  std::string object_key;
  std::string sha256;  ///< "" = nobody has looked at an imported one yet
  std::int64_t bytes = 0;
};
/// The pictures whose objects must be there, by id, those after `last` first; nil begins.
Task<std::vector<StoredPicture>> pictures_after(UnitOfWork& unit, Uuid last, std::int64_t limit);

}  // namespace aisha::stores::audit
