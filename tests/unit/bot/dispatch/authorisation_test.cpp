// SPDX-License-Identifier: Apache-2.0
// Who may press what: every route, pressed by four people, about an object in five states. To whoever an object is not
// theirs it is as if it were not there: the same words, the same calls, the same rows afterwards.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include "stores/people/actor_row.hpp"
#include "tests/fakes/bot_world.hpp"
#include "tests/unit/bot/dispatch/route_needs.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using testing::Needs;
using testing::RouteNeeds;

enum class Who { owner, other, unknown, group };
enum class State { live, removed, purged, absent, of_another };
constexpr std::array kPeople{Who::owner, Who::other, Who::unknown, Who::group};
constexpr std::array kStates{State::live, State::removed, State::purged, State::absent, State::of_another};
constexpr std::int64_t kOther = 2002;
constexpr std::int64_t kThird = 3003;
constexpr std::int64_t kUnknown = 4004;
constexpr std::int64_t kGroup = -5005;

/// A world in which the owner has a picture, a removed avatar or a cleared gallery in that state, a third person the
/// same alive, and the other one nothing.
class Scene {
 public:
  Scene(Needs needs, State state, bool is_shared = false) : is_shared_(is_shared) {
    world_.world.policy.starting_grant = 100;
    begin(BotWorld::kChat);
    begin(kThird);
    begin(kOther);
    const Uuid of_third = make(needs, kThird, State::live);
    object_ = make(needs, BotWorld::kChat, state);
    if (state == State::of_another) {
      object_ = of_third;
    }
  }

  const Uuid& object() const { return object_; }
  static Uuid absent() {
    Uuid id;
    id.bytes.fill(0x5A);
    return id;
  }

  /// What a press brings: the toast, the calls, how many rows more or less. The same data from the same person is the
  /// same text.
  std::string press(Who who, const std::string& data) {
    return told([&] { world_.update(body_of(who, data), who == Who::group ? kGroup : id_of(who)); });
  }
  std::string start(Who who, const std::string& argument) {
    return told([&] { world_.write("/start " + argument, id_of(who)); });
  }
  std::string type(Who who, const std::string& query) {
    return told([&] { world_.inline_query(query, {}, id_of(who)); });
  }
  /// Opened while the picture was there.
  const std::string& token() const { return token_; }

 private:
  template <class Act>
  std::string told(Act act) {
    const std::size_t calls = world_.telegram.calls.size();
    const std::size_t toasts = world_.telegram.toasts.size();
    const std::vector<std::int64_t> before = rows();
    act();
    world_.settle();
    std::string out;
    for (std::size_t i = toasts; i < world_.telegram.toasts.size(); ++i) {
      out += "toast " + world_.telegram.toasts[i] + "\n";
    }
    for (std::size_t i = calls; i < world_.telegram.calls.size(); ++i) {
      const fakes::Call& call = world_.telegram.calls[i];
      out += call.method + " " + json::serialize(without_pictures(call.parameters)) + "\n";
    }
    const std::vector<std::int64_t> after = rows();
    for (std::size_t i = 0; i < after.size(); ++i) {
      out += std::to_string(after[i] - before[i]) + " ";
    }
    return out;
  }

  /// Whether a drawing that all share was uploaded before is no news of anybody.
  static json::Object without_pictures(json::Object parameters) {
    parameters.erase("photo");
    parameters.erase("filename");
    if (auto* media = parameters.if_contains("media"); media != nullptr && media->is_object()) {
      media->as_object().erase("media");
    }
    return parameters;
  }
  static std::int64_t id_of(Who who) {
    return who == Who::owner || who == Who::group ? BotWorld::kChat : who == Who::other ? kOther : kUnknown;
  }
  static json::Object body_of(Who who, const std::string& data) {
    const bool group = who == Who::group;
    const json::Object chat{{"id", group ? kGroup : id_of(who)}, {"type", group ? "group" : "private"}};
    const json::Object from{{"id", id_of(who)}, {"is_bot", false}, {"first_name", "Анна"}, {"language_code", "ru"}};
    const json::Object message{{"message_id", 7}, {"date", 1}, {"chat", chat}};
    return {{"callback_query", json::Object{{"id", "77"}, {"from", from}, {"message", message}, {"data", data}}}};
  }

  void begin(std::int64_t person) { world_.write("/start", person); }

  void press_as(std::int64_t person, const std::string& data) {
    const json::Object chat{{"id", person}, {"type", "private"}};
    const json::Object from{{"id", person}, {"is_bot", false}, {"first_name", "Анна"}, {"language_code", "ru"}};
    const json::Object message{{"message_id", 7}, {"date", 1}, {"chat", chat}};
    world_.update(
        {{"callback_query",
          json::Object{{"id", std::to_string(++pressed_)}, {"from", from}, {"message", message}, {"data", data}}}},
        person);
    world_.settle();
  }

  Uuid make(Needs needs, std::int64_t person, State state) {
    switch (needs) {
      case Needs::picture: return make_picture(person, state);
      case Needs::avatar: return make_avatar(person, state);
      case Needs::clear: return make_clear(person, state);
      case Needs::batch: return make_batch(person);
      case Needs::nothing: break;
    }
    return {};
  }

  Uuid make_picture(std::int64_t person, State state) {
    const Uuid id = world_.world.tap(person).id;
    world_.settle();
    if (is_shared_) {
      press_as(person, encode(sharing::Share{id}));
      const auto rows = world_.world.run(
          world_.world.db->read(sql::Statement("SELECT token FROM share_links WHERE generation_id = $1", id)));
      token_ = rows[0].text(0);
    }
    if (state == State::removed || state == State::purged) {
      press_as(person, encode(picture::Remove{id}));
    }
    purge_if(state);
    return id;
  }

  Uuid make_avatar(std::int64_t person, State state) {
    stores::UnitOfWork unit(*world_.world.db, world_.world.rng);
    const Uuid id = world_.world.run(stores::actor_row::find(unit, person, person)).value().main_avatar.value().id;
    if (state == State::removed || state == State::purged) {
      press_as(person, encode(avatars::Delete{id}));
    }
    purge_if(state);
    return id;
  }

  Uuid make_clear(std::int64_t person, State state) {
    make_picture(person, State::live);
    press_as(person, encode(bin::DoClear{bin::Scope::all, 1}));
    const auto rows = world_.world.run(world_.world.db->read(
        sql::Statement("SELECT c.id FROM gallery_clears c JOIN users u ON u.id = c.user_id WHERE u.telegram_id = $1",
                       std::to_string(person))));
    const Uuid id = rows[0].uuid(0);
    if (state == State::removed) {
      press_as(person, encode(bin::UndoClear{id}));
    }
    purge_if(state);
    return id;
  }

  /// One that has ended; nothing takes a batch away.
  Uuid make_batch(std::int64_t person) {
    const Uuid picture = make_picture(person, State::live);
    press_as(person, encode(variants::Several{picture, 1, 20}));
    const auto rows = world_.world.run(world_.world.db->read(
        sql::Statement("SELECT b.id FROM batches b JOIN users u ON u.id = b.user_id WHERE u.telegram_id = $1",
                       std::to_string(person))));
    return rows[0].uuid(0);
  }

  void purge_if(State state) {
    if (state == State::purged) {
      world_.world.clock.advance(std::chrono::days(world_.world.policy.trash_days + 1));
      world_.world.run(world_.world.sweeper.run());
    }
  }

  /// What a press could change.
  std::vector<std::int64_t> rows() {
    std::vector<std::int64_t> out;
    for (const sql::Text query :
         {sql::Text("SELECT count(*) FROM generation_requests WHERE deleted_at IS NULL"),
          sql::Text("SELECT count(*) FROM user_saved_images"), sql::Text("SELECT count(*) FROM avatar_bin"),
          sql::Text("SELECT count(*) FROM user_favorite_templates"), sql::Text("SELECT count(*) FROM data_requests"),
          sql::Text("SELECT count(*) FROM gallery_clears WHERE state = 'restored'"),
          sql::Text("SELECT count(*) FROM share_links WHERE revoked_at IS NULL"),
          sql::Text("SELECT coalesce(sum(opened), 0) FROM share_links"),
          sql::Text("SELECT coalesce(sum(balance), 0) FROM ledger_account")}) {
      out.push_back(world_.count(query));
    }
    return out;
  }

  BotWorld world_;
  Uuid object_;
  bool is_shared_ = false;
  std::string token_;
  int pressed_ = 1'000;
};

template <Route R>
Needs needs_of() {
  R route{};
  return RouteNeeds{}(route);
}

/// The answer to one route where an object is in that state: about it, or about one that never was.
template <Route R>
std::string answer(Who who, State state, bool about_it) {
  Scene scene(needs_of<R>(), state);
  R route{};
  RouteNeeds{about_it ? scene.object() : Scene::absent()}(route);
  return scene.press(who, encode(route));
}

struct Size {
  int cases = 0;
  int differences = 0;
};

/// What an owner may be told of: what is there, what is in their bin, that a clear cannot be taken back any more, and
/// every batch of theirs.
bool may_be_told(Needs needs, Who who, State state) {
  const bool is_there = state == State::live || state == State::removed;
  return who == Who::owner && (is_there || (needs == Needs::clear && state == State::purged) ||
                               (needs == Needs::batch && state != State::of_another));
}

template <Route R>
void compare(Size& size) {
  for (const Who who : kPeople) {
    for (const State state : kStates) {
      ++size.cases;
      if (state == State::absent || may_be_told(needs_of<R>(), who, state)) {
        continue;
      }
      const std::string told = answer<R>(who, state, true);
      const std::string absent = answer<R>(who, state, false);
      size.differences += told == absent ? 0 : 1;
      EXPECT_EQ(told, absent) << R::code.text << ", person " << static_cast<int>(who) << ", state "
                              << static_cast<int>(state);
    }
  }
}

template <Route R>
void look_at(Size& size, int& free_routes) {
  if (needs_of<R>() == Needs::nothing) {
    ++free_routes;
    size.cases += static_cast<int>(kPeople.size() * kStates.size());
    return;
  }
  compare<R>(size);
}

template <std::size_t... I>
void look_at_all(Size& size, int& free_routes, std::index_sequence<I...>) {
  (look_at<std::variant_alternative_t<I, Callback>>(size, free_routes), ...);
}

TEST(Authorisation, WhatIsNotYoursIsAsIfItWereNotThere) {
  Size size;
  int free_routes = 0;
  look_at_all(size, free_routes, std::make_index_sequence<std::variant_size_v<Callback>>{});
  std::printf(
      "authorisation: %zu routes of the chat x %zu people x %zu states = %d cases (%d routes name nothing), "
      "%d differences between \"not yours\" and \"not there\"\n",
      std::variant_size_v<Callback>, kPeople.size(), kStates.size(), size.cases, free_routes, size.differences);
  EXPECT_EQ(size.differences, 0);
}

/// Links of pictures: whoever opens one that shows nothing is told the same, whatever became of the picture.
TEST(Authorisation, ALinkThatShowsNothingIsLikeOneThatNeverWas) {
  for (const Who who : {Who::owner, Who::other, Who::unknown}) {
    for (const State state : {State::removed, State::purged}) {
      Scene scene(Needs::picture, state, true);
      const std::string told = scene.start(who, "i-" + scene.token());
      Scene other(Needs::picture, state, true);
      EXPECT_EQ(told, other.start(who, "i-AAAAAAAAAAAAAAAAAAAAAA")) << static_cast<int>(who);
      EXPECT_TRUE(told.contains("Ссылка больше не действует")) << told;
    }
  }
}

/// Inline queries: the picture of an id is its owner's alone.
TEST(Authorisation, AnInlineQueryOffersNothingOfOthers) {
  for (const Who who : {Who::owner, Who::other, Who::unknown}) {
    for (const State state : {State::live, State::removed, State::purged, State::of_another}) {
      if (who == Who::owner && state == State::live) {
        continue;
      }
      Scene scene(Needs::picture, state, true);
      const std::string told = scene.type(who, "i " + scene.object().to_base64url());
      Scene other(Needs::picture, state, true);
      EXPECT_EQ(told, other.type(who, "i " + Scene::absent().to_base64url()))
          << static_cast<int>(who) << " " << static_cast<int>(state);
    }
  }
}

/// Deep links: arguments of /start.
TEST(Authorisation, AnArgumentOfStartThatIsNoLinkNamesNothing) {
  for (const char* argument : {"", " inline", " pay", " r-abc", " <b>", " ../../etc/passwd", " two words"}) {
    BotWorld plain;
    BotWorld with;
    plain.write("/start");
    with.write(std::string("/start") + argument);
    EXPECT_EQ(plain.newest().caption, with.newest().caption) << argument;
  }
}

}  // namespace
}  // namespace aisha::bot
