// SPDX-License-Identifier: Apache-2.0
#include "services/search/word_index.hpp"

#include <limits>
#include <set>

#include "base/words.hpp"
#include "stores/pictures/picture_texts.hpp"
#include "stores/upkeep/chores.hpp"

namespace aisha::services {
namespace {

namespace chores = stores::chores;
namespace picture_texts = stores::picture_texts;

constexpr std::string_view kName = "words";
constexpr Millis kLease{60'000};
/// So few that even the longest prompts take the loop thread a moment only.
constexpr std::int64_t kBatch = 20;
/// There is always more to come.
constexpr std::int64_t kGoal = std::numeric_limits<std::int64_t>::max();

}  // namespace

std::string index_words(std::string_view name, std::string_view prompt) {
  std::set<std::string> seen;
  std::string out;
  for (const std::string_view text : {name, prompt}) {
    for (const std::string& word : words::split(text)) {
      std::string stem = words::stem(word);
      if (!seen.contains(stem)) {
        out += (out.empty() ? " " : "") + stem + " ";
        seen.insert(std::move(stem));
      }
    }
  }
  return out;
}

Task<void> WordIndex::run() {
  stores::UnitOfWork looking(context_.db, context_.rng);
  const auto waiting = co_await picture_texts::unread(looking, 1);
  if (waiting.empty()) {
    co_return;
  }
  auto claim = co_await chores::claim(looking, kName, kGoal, kLease);
  if (!claim) {
    co_return;
  }
  for (bool more = true; more;) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    const auto batch = co_await picture_texts::unread(unit, kBatch);
    for (const auto& one : batch) {
      picture_texts::put(unit, one, index_words(one.name, one.prompt));
    }
    more = std::ssize(batch) == kBatch;
    claim->mark += std::ssize(batch);
    if (more) {
      chores::renew(unit, kName, *claim, kLease);
    } else {
      chores::finish(unit, kName, *claim, claim->mark);
    }
    const auto kept = co_await unit.commit();
    if (!kept) {
      co_return;  // another process has taken over
    }
  }
}

}  // namespace aisha::services
