// SPDX-License-Identifier: Apache-2.0
#include "bot/features/avatars/flow.hpp"

#include <algorithm>

#include "bot/features/avatars/screen.hpp"
#include "bot/flow/input.hpp"
#include "bot/flow/refusal.hpp"

namespace aisha::bot::avatars {
namespace {

State state_of(const domain::Avatar& avatar) {
  const auto usable = domain::check_usable(avatar);
  if (usable) {
    return State::ready;
  }
  if (usable.error().code == Errc::avatar_photos_few) {
    return State::needs_photo;
  }
  if (usable.error().code == Errc::avatar_consent) {
    return State::needs_consent;
  }
  return avatar.status == domain::AvatarStatus::training ? State::training : State::unusable;
}

AvatarItem item_of(const FlowContext& context, const domain::Avatar& avatar) {
  const auto& main = context.actor.main_avatar();
  return {.id = avatar.id,
          .name = context.bot.people.name_of(avatar, context.actor.settings().language),
          .kind = avatar.kind,
          .state = state_of(avatar),
          .progress = avatar.progress,
          .photo = avatar.photo,
          .is_main = main && main->id == avatar.id,
          .is_of_photos = avatar.made_from == domain::MadeFrom::references,
          .photos = avatar.photos};
}

std::optional<Uuid> main_id(const FlowContext& context) {
  const auto& main = context.actor.main_avatar();
  return main ? std::optional(main->id) : std::nullopt;
}

/// Paid buttons rest on the main avatar.
void note_main(FlowContext& context, const std::optional<Uuid>& before) {
  if (main_id(context) != before) {
    context.chat.renew_card();
  }
}

void end_naming(FlowContext& context) {
  if (awaited(context) == domain::Awaits::avatar_name) {
    end_input(context);
  }
}

ListView view_of(FlowContext& context, const List& to, const services::OwnAvatars& all) {
  const std::int64_t pages = std::max<std::int64_t>((std::ssize(all.kept) + kPerPage - 1) / kPerPage, 1);
  ListView view;
  view.page = std::min(to.page, pages - 1);
  view.pages = pages;
  view.route = to;
  view.support = context.bot.options.support;
  view.takes_photos = context.bot.options.takes_photos;
  view.trash_days = context.bot.avatars.trash_days();
  if (const auto& main = context.actor.main_avatar()) {
    view.main = item_of(context, *main);
  }
  const auto first = all.kept.begin() + view.page * kPerPage;
  const auto last = first + std::min<std::int64_t>(kPerPage, all.kept.end() - first);
  for (auto avatar = first; avatar != last; ++avatar) {
    view.items.push_back(item_of(context, *avatar));
  }
  for (const domain::Avatar& avatar : all.binned) {
    view.binned.push_back(item_of(context, avatar));
  }
  return view;
}

/// Absent, somebody else's, thrown away: the list as it is.
Task<Reply> gone(FlowContext& context) {
  const List first_page;
  Reply reply = co_await list(context, first_page);
  if (context.chat.pressed) {
    reply.toast = context.texts().plain("toast.avatar_gone");
  }
  co_return reply;
}

Reply deleted(FlowContext& context, const domain::Avatar& avatar) {
  Reply reply;
  reply.card = deleted_card(context.texts(), item_of(context, avatar), context.bot.avatars.trash_days());
  return reply;
}

}  // namespace

Task<Reply> list(FlowContext& context, List to) {
  end_naming(context);
  const auto all = co_await context.bot.avatars.list(context.actor.user().id);
  Reply reply;
  reply.card = list_card(context.texts(), view_of(context, to, all));
  co_return reply;
}

Task<Reply> make_main(FlowContext& context, MakeMain what) {
  const auto before = main_id(context);
  const auto chosen = co_await context.bot.avatars.make_main(context.actor, what.avatar);
  if (!chosen && chosen.error().code == Errc::not_found) {
    co_return co_await gone(context);
  }
  if (!chosen) {
    // Nothing can be made with it: its card says why.
    const Open same{what.avatar};
    co_return co_await open(context, same);
  }
  note_main(context, before);
  const std::string name = context.bot.people.name_of(*chosen, context.actor.settings().language);
  Reply reply;
  reply.toast = context.texts().plain("toast.main_avatar", {{"name", name}});
  co_return reply;
}

Task<Reply> open(FlowContext& context, Open to) {
  end_naming(context);
  const auto found = co_await context.bot.avatars.avatar(context.actor.user().id, to.avatar);
  if (!found) {
    co_return co_await gone(context);
  }
  if (found->is_binned) {
    co_return deleted(context, found->avatar);
  }
  Reply reply;
  reply.card = avatar_card(context.texts(), {item_of(context, found->avatar), found->pictures});
  co_return reply;
}

Task<Reply> ask_name(FlowContext& context, AskName what) {
  const auto found = co_await context.bot.avatars.avatar(context.actor.user().id, what.avatar);
  if (!found || found->is_binned) {
    co_return co_await gone(context);
  }
  begin_input(context, domain::Awaits::avatar_name, what.avatar);
  Reply reply;
  reply.card = ask_name_card(context.texts(), item_of(context, found->avatar));
  co_return reply;
}

Task<Reply> named(FlowContext& context) {
  const Uuid id = context.chat.row.awaits_ref.value_or(Uuid{});
  auto renamed = co_await context.bot.avatars.rename(context.actor, id, context.text);
  if (!renamed && renamed.error().code == Errc::not_found) {
    co_return co_await gone(context);
  }
  if (!renamed) {
    co_return refuse(std::move(renamed.error()));
  }
  end_input(context);
  const auto found = co_await context.bot.avatars.avatar(context.actor.user().id, id);
  Reply reply;
  reply.card = avatar_card(context.texts(), {item_of(context, *renamed), found ? found->pictures : 0});
  co_return reply;
}

Task<Reply> ask_delete(FlowContext& context, AskDelete what) {
  const auto found = co_await context.bot.avatars.avatar(context.actor.user().id, what.avatar);
  if (!found) {
    co_return co_await gone(context);
  }
  if (found->is_binned) {
    co_return deleted(context, found->avatar);
  }
  Reply reply;
  reply.card = ask_delete_card(context.texts(), {item_of(context, found->avatar), found->pictures},
                               context.bot.avatars.trash_days());
  co_return reply;
}

Task<Reply> remove(FlowContext& context, Delete what) {
  const auto before = main_id(context);
  const auto left = co_await context.bot.avatars.remove(context.actor, what.avatar);
  if (!left) {
    co_return co_await gone(context);
  }
  note_main(context, before);
  const List managed{0, Origin::home, true};
  ListView view = view_of(context, managed, *left);
  const auto deleted = std::ranges::find(view.binned, what.avatar, &AvatarItem::id);
  view.deleted = *deleted;
  Reply reply;
  reply.card = list_card(context.texts(), view);
  co_return reply;
}

Task<Reply> undo(FlowContext& context, Undo what) {
  const auto before = main_id(context);
  const auto restored = co_await context.bot.avatars.restore(context.actor, what.avatar);
  if (!restored) {
    co_return co_await gone(context);
  }
  note_main(context, before);
  const auto found = co_await context.bot.avatars.avatar(context.actor.user().id, what.avatar);
  Reply reply;
  reply.card = avatar_card(context.texts(), {item_of(context, *restored), found ? found->pictures : 0});
  reply.toast = context.texts().plain("toast.avatar_back");
  co_return reply;
}

}  // namespace aisha::bot::avatars
