// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/actors.hpp"

#include <fmt/core.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "bot/dispatch/callback_data.hpp"
#include "domain/variation.hpp"
#include "services/privacy/erasing.hpp"
#include "stores/privacy/data_requests.hpp"
#include "stores/privacy/erasure_person.hpp"
#include "tests/fakes/loop.hpp"
#include "tests/sim/world/sim_imager.hpp"

namespace aisha::sim {
namespace {

struct Button {
  std::int64_t message = 0;
  std::string data;
  bot::Callback means;
};

std::vector<Button> buttons_of(const Universe& universe, std::int64_t person) {
  std::vector<Button> out;
  const auto& telegram = universe.telegram;
  const sandbox::telegram::Chat* chat = telegram.find_chat(telegram.state().demo_bot, person);
  if (chat == nullptr) {
    return out;
  }
  for (const auto& [id, message] : chat->messages) {
    if (!message.keyboard) {
      continue;
    }
    for (const json::Value& row : message.keyboard->get_object().at("inline_keyboard").get_array()) {
      for (const json::Value& item : row.get_array()) {
        const auto* data = item.get_object().if_contains("callback_data");
        const auto means = data != nullptr ? bot::decode(std::string_view(data->get_string())) : fail(Errc::not_found);
        if (means) {
          out.push_back({id, std::string(data->get_string()), *means});
        }
      }
    }
  }
  return out;
}

/// A tap under one nonce of one message makes one thing, whatever it is.
std::string variation_of(std::int64_t person, std::int64_t message, const bot::Callback& means) {
  std::int64_t nonce = -1;
  const auto note = [&]<class Route>(const Route& route) {
    if constexpr (Route::code.text.front() == 'v' && requires { route.nonce; }) {
      nonce = route.nonce;
    }
  };
  std::visit(note, means);
  return nonce < 0 ? std::string() : fmt::format("{}:{}:{}", person, message, nonce);
}

/// What the press would buy, however often it is pressed; "" for a press that costs nothing.
std::string purchase_of(std::int64_t person, const Button& button) {
  if (const auto* missing = std::get_if<bot::batch::Missing>(&button.means)) {
    return fmt::format("{}:{}", person, missing->batch.to_string());
  }
  if (std::string variation = variation_of(person, button.message, button.means); !variation.empty()) {
    return variation;
  }
  if (const auto* one = std::get_if<bot::create::Generate>(&button.means)) {
    return fmt::format("{}:{}:{}", person, button.message, one->nonce);
  }
  if (const auto* two = std::get_if<bot::prompt::Generate>(&button.means)) {
    return fmt::format("{}:{}:{}", person, button.message, two->nonce);
  }
  if (const auto* three = std::get_if<bot::job::Repeat>(&button.means)) {
    return fmt::format("{}:{}", person, three->generation.to_string());
  }
  return {};
}

void press(Universe& universe, std::int64_t person, const Button& button) {
  const std::string purchase = purchase_of(person, button);
  if (!purchase.empty()) {
    universe.paid_taps.insert(purchase);
    const bool is_several = std::holds_alternative<bot::variants::Several>(button.means) ||
                            std::holds_alternative<bot::batch::Missing>(button.means);
    for (std::int64_t n = 2; is_several && n <= domain::kBatchSize; ++n) {
      universe.paid_taps.insert(fmt::format("{}:{}", purchase, n));
    }
  }
  if (const auto* undo = std::get_if<bot::picture::Undo>(&button.means)) {
    ++universe.undone[undo->picture];
  }
  universe.trace(button.data, static_cast<std::uint64_t>(button.message));
  const json::Object body{{"chat", person}, {"message_id", button.message}, {"data", button.data}};
  universe.telegram.act("press", body);
}

void write(Universe& universe, std::int64_t person, std::string_view key, std::string_view text) {
  universe.trace(text, 0);
  universe.telegram.act("send", json::Object{{"chat", person}, {key, text}});
}

template <class... Routes>
std::vector<Button> only(const std::vector<Button>& buttons) {
  std::vector<Button> out;
  for (const Button& button : buttons) {
    if ((std::holds_alternative<Routes>(button.means) || ...)) {
      out.push_back(button);
    }
  }
  return out;
}

const Button& any_of(Universe& universe, const std::vector<Button>& buttons) {
  return buttons[universe.rng.below(buttons.size())];
}

/// Somebody opens a link that stands in a chat of anybody's, or looks for a picture of their own in another chat.
void meet_elsewhere(Universe& universe, std::int64_t person) {
  constexpr std::string_view kLink = "?start=";
  std::vector<std::string> links;
  for (const auto& [key, chat] : universe.telegram.state().chats) {
    for (const auto& [id, message] : chat.messages) {
      const std::string keyboard = message.keyboard ? json::serialize(*message.keyboard) : std::string();
      const auto at = keyboard.find(kLink);
      if (at != std::string::npos) {
        links.push_back(keyboard.substr(at + kLink.size(), keyboard.find('"', at) - at - kLink.size()));
      }
    }
  }
  if (!links.empty() && universe.rng.below(2) == 0) {
    write(universe, person, "start", links[universe.rng.below(links.size())]);
  } else {
    constexpr std::array kTyped = {"", "lighthouse", "i AAAAAAAAAAAAAAAAAAAAAA"};
    const json::Object typed{{"chat", person}, {"query", kTyped.at(universe.rng.below(kTyped.size()))}};
    universe.telegram.act("inline", typed);
  }
}

/// Looks after pictures: marks and names them, removes, clears, and takes that back. False = nothing of it is
/// on the screen.
bool tend(Universe& universe, std::int64_t person, const std::vector<Button>& buttons) {
  std::vector<std::vector<Button>> ways = {
      only<bot::picture::Remove, bot::picture::RemoveKept>(buttons),
      only<bot::picture::Undo>(buttons),
      only<bot::favourites::Heart, bot::favourites::Pin, bot::favourites::TakeOut>(buttons),
      only<bot::gallery::AskName, bot::gallery::DropName>(buttons),
      only<bot::bin::Open, bot::bin::Picture>(buttons),
      only<bot::gallery::Newest, bot::gallery::Picture>(buttons),
      only<bot::statistics::Open>(buttons),
  };
  // Questions on the way to what is rare are mostly answered.
  auto rare = only<bot::bin::Clear, bot::bin::AskClear, bot::bin::DoClear, bot::bin::UndoClear, bot::bin::AskForEver,
                   bot::bin::ForEver>(buttons);
  if (!rare.empty() && universe.rng.below(2) == 0) {
    ways = {std::move(rare)};
  }
  std::erase_if(ways, [](const std::vector<Button>& way) { return way.empty(); });
  if (ways.empty()) {
    return false;
  }
  const Button& chosen = any_of(universe, ways[universe.rng.below(ways.size())]);
  press(universe, person, chosen);
  if (std::holds_alternative<bot::gallery::AskName>(chosen.means)) {
    write(universe, person, "text", "the lighthouse of last summer");
  } else if (universe.rng.below(4) == 0) {
    press(universe, person, universe.rng.below(2) == 0 ? chosen : any_of(universe, ways.front()));
  }
  return true;
}

/// Shares a picture, or ends that; others come by the link. False = nothing of it is on the screen.
bool share(Universe& universe, std::int64_t person, const std::vector<Button>& buttons) {
  const auto ways = only<bot::sharing::Share, bot::sharing::SendCopy, bot::sharing::Close>(buttons);
  if (ways.empty()) {
    return false;
  }
  press(universe, person, any_of(universe, ways));
  meet_elsewhere(universe, person);
  return true;
}

/// Makes pictures of pictures, one or several at once, stops them and walks through families. False = nothing of it is
/// on the screen.
bool vary(Universe& universe, std::int64_t person, const std::vector<Button>& buttons) {
  std::vector<std::vector<Button>> ways = {
      only<bot::variants::Again>(buttons),
      only<bot::variants::Several>(buttons),
      only<bot::variants::Several, bot::batch::Missing>(buttons),
      only<bot::variants::Better, bot::variants::Format, bot::variants::Likeness, bot::variants::Repaint>(buttons),
      only<bot::variants::Open, bot::variants::Family>(buttons),
      only<bot::batch::CancelAll>(buttons),
  };
  std::erase_if(ways, [](const std::vector<Button>& way) { return way.empty(); });
  if (ways.empty()) {
    return false;
  }
  const Button chosen = any_of(universe, ways[universe.rng.below(ways.size())]);
  press(universe, person, chosen);
  if (universe.rng.below(4) == 0) {
    press(universe, person, universe.rng.below(2) == 0 ? chosen : any_of(universe, ways.front()));
  }
  return true;
}

/// Has everything of the person erased, as an operator does who was asked to: at any moment, whatever is going on.
void leave(Universe& universe, std::int64_t person) {
  namespace data_requests = stores::data_requests;
  fakes::Loop loop;
  stores::UnitOfWork unit(*universe.db, universe.rng);
  const auto id = loop.run(stores::erasure::find_by_telegram_id(unit, person));
  if (!id) {
    return;
  }
  const Uuid wished = unit.new_id();
  data_requests::Wish wish{wished, *id,  data_requests::Kind::erasing,
                           person, "ru", std::string(services::kFirstErasureStep)};
  const auto opened = loop.run(data_requests::open(unit, std::move(wish)));
  const auto written = loop.run(unit.commit());
  universe.trace("leaves", opened && written && opened->id == wished ? 1 : 0);
}

/// A step on the way to an archive of everything, or what ends one.
void ask_for_archive(Universe& universe, std::int64_t person, const std::vector<Button>& buttons) {
  const auto asks = only<bot::privacy::Export>(buttons);
  const auto stops = only<bot::privacy::StopExport>(buttons);
  const auto opens = only<bot::privacy::Open>(buttons);
  if (!asks.empty()) {
    press(universe, person, asks.back());
    if (universe.rng.below(3) == 0) {
      press(universe, person, asks.back());
    }
  } else if (!stops.empty() && universe.rng.below(3) == 0) {
    press(universe, person, stops.back());
  } else if (!opens.empty()) {
    press(universe, person, opens.back());
  } else {
    write(universe, person, "text", "/privacy");
  }
}

/// One thing a person does, by what is on the screen.
void act(Universe& universe, std::int64_t person) {
  if (universe.plan().leaving > 0 && universe.rng.below(1000) < universe.plan().leaving) {
    leave(universe, person);
    return;
  }
  std::vector<Button> buttons = buttons_of(universe, person);
  if (universe.plan().leaving == 0) {
    // Who starts anew has no coins: such people make no more pictures.
    std::erase_if(buttons, [](const Button& one) { return std::holds_alternative<bot::privacy::Erase>(one.means); });
  }
  const std::uint64_t curiosity = only<bot::privacy::Open, bot::privacy::Export>(buttons).empty() ? 4 : 40;
  if (universe.plan().curious && universe.rng.below(100) < curiosity) {
    ask_for_archive(universe, person, buttons);
    return;
  }
  if (universe.rng.below(100) < universe.plan().tidiness && tend(universe, person, buttons)) {
    return;
  }
  const std::uint64_t varies = universe.plan().varies;
  if (varies > 0 && universe.rng.below(100) < varies && vary(universe, person, buttons)) {
    return;
  }
  const std::uint64_t shares = universe.plan().shares;
  if (shares > 0 && universe.rng.below(100) < shares && share(universe, person, buttons)) {
    return;
  }
  const std::uint64_t mood = universe.rng.below(100);
  const auto styles = only<bot::create::Generate>(buttons);
  if (mood < 55 && !styles.empty()) {
    const Button first = any_of(universe, styles);
    press(universe, person, first);
    if (universe.rng.below(4) == 0) {
      press(universe, person, universe.rng.below(2) == 0 ? first : any_of(universe, styles));
    }
    return;
  }
  const auto creates = only<bot::create::Open>(buttons);
  if (mood < 55 && !creates.empty()) {
    press(universe, person, creates.back());
    return;
  }
  const auto cancels = only<bot::job::Cancel>(buttons);
  if (mood < 65 && !cancels.empty()) {
    press(universe, person, any_of(universe, cancels));
  } else if (mood < 75) {
    write(universe, person, "text", "a lighthouse in the rain");
  } else if (mood < 90 && !buttons.empty()) {
    const Button& any = any_of(universe, buttons);
    if (!std::holds_alternative<bot::privacy::Erase>(any.means)) {
      press(universe, person, any);
    }
  } else {
    write(universe, person, "text", "/create");
  }
}

}  // namespace

Task<void> live(Universe& universe, std::int64_t person) {
  const Millis first = universe.between(0, 3'000);
  co_await universe.clock.sleep(first);
  write(universe, person, "start", "");
  for (int i = 0; i < universe.plan().actions; ++i) {
    const Millis thinking = universe.between(100, 8'000);
    co_await universe.clock.sleep(thinking);
    act(universe, person);
    const auto& bots = universe.telegram.state().bots;
    const auto& updates = bots.at(universe.telegram.state().demo_bot).updates;
    if (universe.strikes(universe.plan().rates.duplicate) && !updates.empty()) {
      auto again = updates.begin();
      std::advance(again, static_cast<std::ptrdiff_t>(universe.rng.below(updates.size())));
      universe.telegram.act("repeat", json::Object{{"update_id", again->first}});
    }
  }
}

Task<void> wreak_havoc(Universe& universe, Fleet& fleet) {
  while (universe.faults_on) {
    const Millis quiet = universe.between(1'000, 15'000);
    co_await universe.clock.sleep(quiet);
    const auto owner = static_cast<Owner>(1 + universe.rng.below(2));
    const std::uint64_t kind = universe.rng.below(8);
    if (!universe.faults_on) {
      break;
    }
    if (kind < 4 && universe.plan().rates.crash_at_port > 0) {
      fleet.kill(owner);
    } else if (kind < 6 && universe.plan().zombies) {
      const Millis how_long = universe.between(5'000, 70'000);
      fleet.freeze(owner, how_long);
    } else if (kind == 6 && universe.plan().outages) {
      constexpr std::array kStatuses = {0, 401, 502};
      universe.outage.until = universe.timers.now() + universe.between(5'000, 120'000);
      universe.outage.status = kStatuses.at(universe.rng.below(kStatuses.size()));
      universe.outage.sends_alone = universe.rng.below(2) == 0;
    }
    const Millis down = universe.between(100, 3'000);
    co_await universe.clock.sleep(down);
    fleet.start_all();
  }
}

namespace {

http::ServerRequest call_of(const Universe& universe, const sandbox::fal::WebhookDue& due) {
  http::ServerRequest out;
  out.params["token"] = due.url.substr(kWebhookUrl.size() + 1);
  const std::int64_t seconds = universe.now_ms() / 1000;
  for (auto& [name, value] : universe.signer.headers(due.id, "sim-user", seconds, due.body)) {
    out.headers.push_back({std::move(name), std::move(value)});
  }
  out.body = due.body;
  return out;
}

Task<void> deliver(Universe& universe, Fleet& fleet, sandbox::fal::WebhookDue due) {
  for (;;) {
    // A process that died or sleeps answers nothing; fal comes again.
    if (Process* process = fleet.awake()) {
      const auto accepted = std::make_shared<bool>(false);
      process->hear(call_of(universe, due), accepted);
      for (int i = 0; i < 20 && !*accepted; ++i) {
        co_await universe.clock.sleep(Millis(100));
      }
      if (*accepted) {
        break;
      }
    }
    const Millis pause = universe.between(500, 2'000);
    co_await universe.clock.sleep(pause);
  }
  universe.fal.webhook_answered(due.id, 200, universe.now_ms());
}

}  // namespace

Task<void> run_fal(Universe& universe, Fleet& fleet) {
  for (;;) {
    const std::int64_t now = universe.now_ms();
    universe.fal.advance(now);
    for (const sandbox::fal::Work& work : universe.fal.take_work()) {
      sandbox::fal::Picture picture;
      picture.url = fmt::format("{}/{}/{}", kFilesUrl, work.id, file_of(work));
      picture.seed = work.seeds.empty() ? 0 : work.seeds.front();
      picture.size = work.size;
      universe.fal.painted(work.id, {picture}, now);
    }
    for (const sandbox::fal::WebhookDue& due : universe.fal.take_webhooks(now)) {
      boost::asio::co_spawn(universe.io, deliver(universe, fleet, due), boost::asio::detached);
    }
    co_await universe.clock.sleep(Millis(200));
  }
}

}  // namespace aisha::sim
