// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/rng.hpp"
#include "sandbox/sim_routes.hpp"

namespace aisha::sandbox {
namespace {

constexpr Millis kTopUpLimit{5'000};

/// Play money for a person: asked of the product, whose purse it is. Bot token as the shared secret: whoever has it is
/// the bot already.
Task<http::ServerResponse> top_up(Hub& hub, http::Client& client, std::string url, http::ServerRequest request) {
  const std::int64_t person = sim_number(request.params, "id");
  const std::int64_t bot = sim_bot(hub, request);
  if (url.empty()) {
    co_return sim_error(409, "nobody here gives coins: `aisha demo` does", "top_up.absent");
  }
  if (!hub.world.state().users.contains(person) || !hub.world.state().bots.contains(bot)) {
    co_return sim_error(404, fmt::format("there is no user {} or no bot {}", person, bot));
  }
  SystemRng rng;
  const json::Object order{{"telegram_id", person}, {"key", rng.hex(16)}};
  http::Request call;
  call.method = "POST";
  call.url = std::move(url);
  call.headers.push_back({"Authorization", "Bearer " + hub.world.state().bots.at(bot).token});
  call.headers.push_back({"Content-Type", "application/json"});
  call.body = json::serialize(order);
  call.timeout = kTopUpLimit;
  const auto answer = co_await client.send(std::move(call));
  if (!answer || answer->status != 200) {
    const int status = answer ? answer->status : 0;
    // 404: the product has not met this person yet.
    co_return status == 404 ? sim_error(409, "the bot does not know this person: press Start first", "top_up.stranger")
                            : sim_error(502, fmt::format("the bot gave no coins: {}", status), "top_up.failed");
  }
  const auto given = json::parse(answer->body);
  co_return given ? sim_answer(*given) : sim_error(502, "the bot's answer is no JSON", "top_up.failed");
}

}  // namespace

void add_coin_routes(http::Router& router, Hub& hub, http::Client& client, const std::string& url) {
  hub.gives_coins = !url.empty();
  router.add("POST", "/sim/chats/:id/top_up",
             [&hub, &client, url](http::ServerRequest r) { return top_up(hub, client, url, std::move(r)); });
}

}  // namespace aisha::sandbox
