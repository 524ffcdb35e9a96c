// SPDX-License-Identifier: Apache-2.0
#include "bot/dispatch/deep_links.hpp"

#include <string_view>
#include <utility>

#include "bot/features/create/flow.hpp"
#include "bot/features/gallery/flow.hpp"
#include "bot/features/sharing/flow.hpp"
#include "bot/features/start/flow.hpp"

namespace aisha::bot::deep_links {
namespace {

Task<Reply> by_token(FlowContext& context, std::string token) {
  auto shown = co_await sharing::opened(context, std::move(token));
  if (!shown) {
    co_return std::move(shown.error());
  }
  const gallery::Picture own{*shown, gallery::Origin::day};
  co_return co_await gallery::picture(context, own);
}

/// Only a button can answer with a toast.
Task<Reply> no_such_style(FlowContext& context, Reply refused) {
  const Errc code = refused.refused->code;
  const bool is_away = code == Errc::template_season;
  if (!is_away && code != Errc::template_unknown && code != Errc::template_disabled) {
    co_return std::move(refused);
  }
  std::string note = context.texts().plain(is_away ? "toast.season" : "toast.template_unknown");
  co_return co_await start::start_with(context, std::move(note));
}

}  // namespace

Task<Reply> follow(FlowContext& context, std::string argument) {
  const std::string_view all = argument;
  Reply reply;
  if (all.starts_with(sharing::kByToken)) {
    std::string token(all.substr(sharing::kByToken.size()));
    reply = co_await by_token(context, std::move(token));
  } else if (all.starts_with(sharing::kByStyle)) {
    create::Style to{std::string(all.substr(sharing::kByStyle.size())), create::Origin::home};
    reply = co_await create::style(context, std::move(to));
    if (reply.refused) {
      co_return co_await no_such_style(context, std::move(reply));
    }
  } else {
    co_return co_await start::start(context);
  }
  if (context.actor.is_new() && reply.card) {
    reply.card = start::welcomed(context, std::move(*reply.card));
  }
  co_return reply;
}

}  // namespace aisha::bot::deep_links
