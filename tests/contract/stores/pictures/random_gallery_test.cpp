// SPDX-License-Identifier: Apache-2.0
// Everything that changes a picture, ten thousand times at random, against a model in memory.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <tuple>

#include "stores/bin/bin_pages.hpp"
#include "stores/bin/clears.hpp"
#include "stores/import/imports.hpp"
#include "stores/pictures/saved_images.hpp"
#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace clears = stores::clears;
namespace requests = stores::requests;
namespace saved_images = stores::saved_images;
using namespace testing;
using ::testing::IsEmpty;

constexpr int kOperations = 10'000;
constexpr int kLooks = 20;  ///< so often all is compared
constexpr std::int64_t kStep = 7;

struct Known {
  Uuid id;
  std::size_t owner = 0;
  std::string day;
  std::string style;
  std::int64_t spent = 0;
  TimePoint ready_at;
  bool is_deleted = false;
  std::optional<Uuid> clear;  ///< that deleted it
  TimePoint deleted_at;
  bool is_purged = false;
  bool is_favorite = false;
  bool is_saved = false;
  std::string name;

  bool is_live() const { return !is_deleted; }
  bool is_kept() const { return is_favorite || is_saved; }
};

struct KnownClear {
  clears::Clear row;
  std::size_t owner = 0;
};

/// Pictures, made, kept, dropped, spent.
using Counters = std::array<std::int64_t, 5>;
using Days = std::map<std::tuple<Uuid, std::string, std::string>, Counters>;

class RandomGallery : public StoreTest {
 protected:
  RandomGallery() {
    people_ = {user_, make_user(1002, 1'000'000), make_user(1003, 1'000'000)};
    grant(user_, 1'000'000);
  }

  void grant(const domain::User& user, std::int64_t coins) {
    EXPECT_TRUE(write([&](UnitOfWork& u) { stores::ledger::grant(u, user.id, "much:" + user.id.to_string(), coins); }));
  }

  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(dice_); }
  Known& any() { return pictures_[below(pictures_.size())]; }
  const Uuid& id_of(std::size_t owner) const { return people_[owner].id; }

  Picture fresh(std::size_t owner) {
    static constexpr const char* kStyles[] = {"", "business", "noir"};
    Picture p = draft(people_[owner]);
    p.template_id = kStyles[below(3)];
    p.custom_prompt = p.template_id.empty() ? "кот" : "";
    p.local_day = fmt::format("2026-01-1{}", below(4));
    return p;
  }
  void remember(const Picture& p, std::size_t owner) {
    Known known;
    known.id = p.id;
    known.owner = owner;
    known.day = p.local_day;
    known.style = p.template_id;
    known.spent = p.price;
    known.ready_at = db().now();
    pictures_.push_back(std::move(known));
  }

  void make() {
    const std::size_t owner = below(3);
    const Picture p = fresh(owner);
    const auto made = write([&](UnitOfWork& u) {
      ask_for(u, p, "app:" + p.id.to_string());
      requests::make_ready(u, p.id, object(job_for(p)), Millis(5));
      stores::ledger::capture(u, p.user_id, p.id, p.price);
      u.write(sql::Statement("DELETE FROM jobs WHERE id = $1", p.id));  // as the sweeper does a day later
    });
    ASSERT_TRUE(made) << made.error().detail;
    remember(p, owner);
  }

  void import() {
    const std::size_t owner = below(3);
    stores::imports::Imported old;
    old.picture = fresh(owner);
    old.picture.price = 0;
    old.picture.created_at = old.picture.id.time();
    old.picture.finished_at = db().now();
    old.place = "https://example.org/a/b.jpg";
    old.is_favorite = below(3) == 0;
    old.is_saved = below(3) == 0;
    ASSERT_TRUE(write([&](UnitOfWork& u) { stores::imports::add_picture(u, old); }));
    remember(old.picture, owner);
    pictures_.back().is_favorite = old.is_favorite;
    pictures_.back().is_saved = old.is_saved;
  }

  void remove() {
    Known& one = any();
    const bool stranger = below(10) == 0;
    const Uuid& asks = id_of(stranger ? (one.owner + 1) % 3 : one.owner);
    const bool done = write([&](UnitOfWork& u) { requests::soft_delete(u, one.id, asks); }).has_value();
    ASSERT_EQ(done, one.is_live() && !stranger);
    if (done) {
      one.is_deleted = true;
      one.clear = std::nullopt;
      one.deleted_at = db().now();
    }
  }

  void restore() {
    Known& one = any();
    const bool done = write([&](UnitOfWork& u) { requests::restore(u, one.id, id_of(one.owner)); }).has_value();
    ASSERT_EQ(done, one.is_deleted && !one.is_purged && one.deleted_at > domain::kForEver);
    if (done) {
      one.is_deleted = false;
      one.clear = std::nullopt;
    }
  }

  void for_ever() {
    Known& one = any();
    const auto verb = [&](UnitOfWork& u) { stores::bin_pages::remove_for_ever(u, id_of(one.owner), one.id); };
    if (write(verb)) {
      ASSERT_TRUE(one.is_deleted && !one.is_purged);
      one.deleted_at = request(one.id).deleted_at.value();
    }
  }

  void purge() {
    Known& one = any();
    const Picture row = request(one.id);
    const bool done = write([&](UnitOfWork& u) { requests::purge(u, row); }).has_value();
    ASSERT_EQ(done, one.is_deleted && !one.is_purged);
    if (done) {
      one.is_purged = true;
      one.is_favorite = one.is_saved = false;
    }
  }

  void mark() {
    Known& one = any();
    const bool stranger = below(10) == 0;
    const Uuid& asks = id_of(stranger ? (one.owner + 1) % 3 : one.owner);
    const bool on = below(2) == 0;
    const std::size_t what = below(3);
    const std::string name = below(3) == 0 ? "" : fmt::format("name {}", below(100));
    ASSERT_TRUE(write([&](UnitOfWork& u) {
      if (what == 0) {
        saved_images::set_favorite(u, asks, one.id, on);
      } else if (what == 1) {
        saved_images::set_saved(u, asks, one.id, on);
      } else {
        saved_images::set_name(u, asks, one.id, name);
      }
    }));
    if (stranger || !one.is_live()) {
      return;
    }
    if (what == 0) {
      one.is_favorite = on;
    } else if (what == 1) {
      one.is_saved = on;
    } else {
      one.is_saved = one.is_saved || !name.empty();
    }
  }

  /// A press and the steps that follow; others may come between two of them.
  void clear() {
    KnownClear one;
    one.owner = below(3);
    const bool keep = below(2) == 0;
    UnitOfWork u(db(), rng_);
    one.row = clears::begin(u, u.new_id(), id_of(one.owner), keep, fmt::format("clear:{}", clears_.size()));
    ASSERT_TRUE(run(u.commit()));
    clears_.push_back(one);
  }
  void step() {
    if (clears_.empty()) {
      return;
    }
    KnownClear& one = clears_[clears_.size() - 1 - below(std::min<std::size_t>(3, clears_.size()))];
    if (one.row.state == clears::State::cleared || one.row.state == clears::State::restored) {
      return;
    }
    const bool forth = one.row.state == clears::State::clearing;
    const clears::Clear before = one.row;
    UnitOfWork u(db(), rng_);
    const clears::Step next = run(clears::next(u, one.row, kStep));
    clears::take(u, one.row, next, Millis(0));
    ASSERT_TRUE(run(u.commit()));
    for (Known& picture : pictures_) {
      if (picture.owner == one.owner && is_in(picture, before, next)) {
        forth ? throw_away(picture, before) : bring_back(picture, before);
      }
    }
  }
  static bool is_in(const Known& picture, const clears::Clear& clear, const clears::Step& step) {
    const auto place = std::tie(picture.day, picture.id);
    return place < std::tie(clear.behind.local_day, clear.behind.id) &&
           place >= std::tie(step.last.local_day, step.last.id);
  }
  static void throw_away(Known& picture, const clears::Clear& clear) {
    if (picture.is_live() && picture.ready_at <= clear.upto && !(clear.keep && picture.is_kept())) {
      picture.is_deleted = true;
      picture.clear = clear.id;
      picture.deleted_at = clear.upto;
    }
  }
  static void bring_back(Known& picture, const clears::Clear& clear) {
    if (picture.clear == clear.id && picture.deleted_at == clear.upto && !picture.is_purged) {
      picture.is_deleted = false;
      picture.clear = std::nullopt;
    }
  }
  void undo() {
    if (clears_.empty()) {
      return;
    }
    KnownClear& one = clears_[clears_.size() - 1 - below(std::min<std::size_t>(3, clears_.size()))];
    if (one.row.state != clears::State::restoring && one.row.state != clears::State::restored) {
      ASSERT_TRUE(write([&](UnitOfWork& u) { clears::begin_undo(u, one.row); }));
    }
  }

  void something() {
    const std::size_t roll = below(100);
    if (pictures_.size() < 30 || roll < 20) {
      make();
    } else if (roll < 25) {
      import();
    } else if (roll < 42) {
      remove();
    } else if (roll < 60) {
      restore();
    } else if (roll < 78) {
      mark();
    } else if (roll < 80) {
      clear();
    } else if (roll < 92) {
      step();
    } else if (roll < 95) {
      undo();
    } else if (roll < 97) {
      for_ever();
    } else {
      purge();
    }
  }

  Days expected() const {
    Days days;
    for (const Known& one : pictures_) {
      Counters& c = days[{id_of(one.owner), one.day, one.style}];
      c[0] += one.is_live() ? 1 : 0;
      c[1] += 1;
      c[2] += one.is_kept() ? 1 : 0;
      c[3] += one.is_deleted && !one.clear ? 1 : 0;
      c[4] += one.spent;
    }
    return days;
  }
  Days counted() {
    const sql::Rows rows = run(db().read(
        sql::Statement("SELECT user_id, local_day, style, pictures, made, kept, dropped, spent FROM user_days")
            .scan()));
    Days days;
    for (const sql::Row row : rows) {
      Counters& c = days[{row.uuid(0), row.text(1), row.text(2)}];
      for (std::size_t i = 0; i < c.size(); ++i) {
        c[i] = row.i64(i + 3);
      }
    }
    return days;
  }

  std::vector<domain::User> people_;
  std::vector<Known> pictures_;
  std::vector<KnownClear> clears_;
  std::mt19937_64 dice_{20260115};
};
/// A server, and SQLite once: its other ways of reading change nothing here.
std::vector<EngineCase> two_engines() {
  std::vector<EngineCase> all = engines();
  std::erase_if(all, [](const EngineCase& one) {
    return std::string_view(one.name).starts_with("SqliteRe") || std::string_view(one.name) == "SqliteThreaded";
  });
  return all;
}
INSTANTIATE_TEST_SUITE_P(Engines, RandomGallery, ::testing::ValuesIn(two_engines()), case_name);

TEST_P(RandomGallery, TenThousandChangesLeaveEveryCounterEqualToItsRows) {
  for (int i = 1; i <= kOperations; ++i) {
    something();
    clock_.advance(Millis(static_cast<std::int64_t>(below(3))));
    ASSERT_FALSE(HasFatalFailure()) << "operation " << i;
    if (i % (kOperations / kLooks) == 0) {
      ASSERT_EQ(counted(), expected()) << "after " << i;
      ASSERT_THAT(broken_invariants(), IsEmpty()) << "after " << i;
    }
  }
  const auto undone = [](const KnownClear& one) { return one.row.state == clears::State::restored; };
  EXPECT_GT(std::ranges::count_if(clears_, undone), 30);
  const auto purged = [](const Known& one) { return one.is_purged; };
  EXPECT_GT(std::ranges::count_if(pictures_, purged), 50);
}

}  // namespace
}  // namespace aisha
