// SPDX-License-Identifier: Apache-2.0
#include "bot/dispatch/routes.hpp"

#include <array>
#include <optional>
#include <string>

#include "bot/dispatch/callback_data.hpp"
#include "bot/dispatch/deep_links.hpp"
#include "bot/dispatch/series.hpp"
#include "bot/features/avatars/flow.hpp"
#include "bot/features/batch/flow.hpp"
#include "bot/features/bin/flow.hpp"
#include "bot/features/create/flow.hpp"
#include "bot/features/favourites/flow.hpp"
#include "bot/features/gallery/flow.hpp"
#include "bot/features/help/flow.hpp"
#include "bot/features/job/flow.hpp"
#include "bot/features/photos/flow.hpp"
#include "bot/features/picture/flow.hpp"
#include "bot/features/privacy/flow.hpp"
#include "bot/features/problem/flow.hpp"
#include "bot/features/prompt/flow.hpp"
#include "bot/features/search/flow.hpp"
#include "bot/features/settings/flow.hpp"
#include "bot/features/sharing/flow.hpp"
#include "bot/features/start/flow.hpp"
#include "bot/features/statistics/flow.hpp"
#include "bot/features/variants/flow.hpp"
#include "bot/flow/input.hpp"
#include "bot/flow/paid_order.hpp"
#include "bot/flow/refusal.hpp"

namespace aisha::bot::routes {
namespace {

constexpr std::array<Command, 8> kCommands{{
    {"start", "command.start", start::start},
    {"create", "command.create", create::open},
    {"images", "command.images", gallery::newest},
    {"favorites", "command.favorites", favourites::open},
    {"settings", "command.settings", settings::open},
    {"help", "command.help", help::open},
    {"privacy", "command.privacy", privacy::policy},
    {"cancel", "command.cancel", start::cancel},
}};

Task<Reply> ready(Reply reply = {}) {
  co_return reply;
}

/// Styles that were found stand on a shelf, which is the create feature's; `instead`: there are none.
Task<Reply> show_found(FlowContext& context, std::optional<Reply> instead) {
  if (instead) {
    co_return std::move(*instead);
  }
  create::Category shelf{std::string(create::kSearch), 0, false};
  co_return co_await create::category(context, std::move(shelf));
}

Task<Reply> written_styles(FlowContext& context) {
  auto instead = co_await search::written_styles(context);
  co_return co_await show_found(context, std::move(instead));
}

Task<Reply> suggested_styles(FlowContext& context, search::Suggestion what) {
  auto instead = co_await search::suggestion(context, what);
  co_return co_await show_found(context, std::move(instead));
}

// Where one feature sets what another one's card shows.

/// The card of a picture with what a button has set: S8, or the buttons of S5.
Task<Reply> changed_card(FlowContext& context, Uuid picture, favourites::Origin origin, domain::OwnChange change) {
  if (origin == favourites::Origin::result) {
    Reply reply = co_await picture::result(context, picture, std::move(change));
    reply.only_buttons = true;
    co_return reply;
  }
  const gallery::Picture card{picture, static_cast<gallery::Origin>(origin)};
  co_return co_await gallery::changed_picture(context, card, std::move(change));
}

Task<Reply> changed(FlowContext& context, Uuid picture, favourites::Origin origin, favourites::Change what) {
  Reply reply = co_await changed_card(context, picture, origin, std::move(what.change));
  if (reply.card && reply.toast.empty()) {
    reply.toast = std::move(what.toast);
  }
  co_return reply;
}

Task<Reply> restored(FlowContext& context, picture::Undo what) {
  auto place = co_await picture::undo(context, what);
  if (!place) {
    co_return std::move(place.error());
  }
  co_return context.is_on_menu_card() ? gallery::picture_in(context, std::move(*place))
                                      : picture::result_in(context, *place);
}

/// Under a result the message stays the picture's, and its buttons are good for one more from then on.
Task<Reply> varied(FlowContext& context, variants::Again what) {
  const bool is_under_result = is_of_picture(what.nonce) && !context.is_on_menu_card();
  Reply reply = co_await variants::again(context, what);
  if (!is_under_result || reply.refused) {
    co_return reply;
  }
  domain::OwnChange nothing;
  Reply anew = co_await picture::result(context, what.picture, std::move(nothing));
  if (!anew.refused) {
    reply.card = std::move(anew.card);
    reply.in_place = true;
    reply.only_buttons = true;
  }
  co_return reply;
}

/// On a style's card, which is shown again, or out of the list of kept ones.
Task<Reply> style_kept(FlowContext& context, favourites::KeepStyle what) {
  if (what.origin == create::Origin::kept && !what.on) {
    co_return co_await favourites::take_out_style(context, what);
  }
  auto change = favourites::keep_style(context, what);
  if (!change) {
    co_return refuse(std::move(change.error()));
  }
  create::Style card{what.style, what.origin};
  Reply reply = co_await create::style(context, std::move(card), what.on);
  if (reply.card) {
    reply.toast = std::move(change->toast);
  }
  co_return reply;
}

/// The screen from which another avatar was chosen: with its own styles, prices and names.
Task<Reply> came_from(FlowContext& context, const avatars::MakeMain& what) {
  switch (what.origin) {
    case avatars::Origin::create: return create::open(context);
    case avatars::Origin::settings: return settings::open(context);
    case avatars::Origin::card: return avatars::open(context, {what.avatar});
    case avatars::Origin::home: break;
  }
  return start::home(context);
}

Task<Reply> choose_avatar(FlowContext& context, avatars::MakeMain what) {
  Reply chosen = co_await avatars::make_main(context, what);
  if (chosen.card) {
    co_return chosen;
  }
  Reply reply = co_await came_from(context, what);
  reply.toast = std::move(chosen.toast);
  co_return reply;
}

/// A consent is withdrawn where it was asked about; under an older card that question comes first.
Task<Reply> discarded(FlowContext& context, photos::Discard what) {
  Reply reply = co_await photos::discard(context, what);
  if (reply.refused && reply.refused->code == Errc::card_changed) {
    const avatars::AskDelete question{what.avatar};
    co_return co_await avatars::ask_delete(context, question);
  }
  co_return reply;
}

/// One line a button. A route without a line does not compile.
struct Presses {
  FlowContext& context;

  Task<Reply> operator()(const frame::Home&) const { return start::home(context); }
  Task<Reply> operator()(const frame::Nothing&) const { return ready(); }
  Task<Reply> operator()(const create::Open&) const { return create::open(context); }
  Task<Reply> operator()(const create::Shelves& to) const { return create::shelves(context, to); }
  Task<Reply> operator()(const create::Category& to) const { return create::category(context, to); }
  Task<Reply> operator()(const create::Style& to) const { return create::style(context, to); }
  Task<Reply> operator()(const create::StyleRatio& what) const { return create::style_ratio(context, what); }
  Task<Reply> operator()(const create::Generate& what) const { return create::generate(context, what); }
  Task<Reply> operator()(const create::GenerateLater& what) const { return create::generate_later(context, what); }
  Task<Reply> operator()(const prompt::Ask&) const { return prompt::ask(context); }
  Task<Reply> operator()(const prompt::Ratio& what) const { return prompt::ratio(context, what); }
  Task<Reply> operator()(const prompt::Take& what) const { return prompt::take(context, what); }
  Task<Reply> operator()(const prompt::Idea&) const { return prompt::idea(context); }
  Task<Reply> operator()(const prompt::Recent&) const { return prompt::recent(context); }
  Task<Reply> operator()(const prompt::Use& what) const { return prompt::use(context, what); }
  Task<Reply> operator()(const prompt::Enhance& what) const { return prompt::enhance(context, what); }
  Task<Reply> operator()(const prompt::Appeal& what) const { return prompt::appeal(context, what); }
  Task<Reply> operator()(const prompt::Generate& what) const { return prompt::generate(context, what); }
  Task<Reply> operator()(const prompt::GenerateLater& what) const { return prompt::generate_later(context, what); }
  Task<Reply> operator()(const job::Repeat& what) const { return job::repeat(context, what); }
  Task<Reply> operator()(const job::Cancel& what) const { return job::cancel(context, what); }
  Task<Reply> operator()(const batch::CancelAll& what) const { return batch::cancel_all(context, what); }
  Task<Reply> operator()(const batch::Missing& what) const { return batch::missing(context, what); }
  Task<Reply> operator()(const variants::Open& to) const { return variants::open(context, to); }
  Task<Reply> operator()(const variants::Family& to) const { return variants::family(context, to); }
  Task<Reply> operator()(const variants::Again& what) const { return varied(context, what); }
  Task<Reply> operator()(const variants::Several& what) const { return variants::several(context, what); }
  Task<Reply> operator()(const variants::Better& what) const { return variants::better(context, what); }
  Task<Reply> operator()(const variants::Format& what) const { return variants::format(context, what); }
  Task<Reply> operator()(const variants::Likeness& what) const { return variants::likeness(context, what); }
  Task<Reply> operator()(const variants::Repaint& what) const { return variants::repaint(context, what); }
  Task<Reply> operator()(const variants::AskWords& what) const { return variants::ask_words(context, what); }
  Task<Reply> operator()(const variants::Change& what) const { return variants::change(context, what); }
  Task<Reply> operator()(const picture::Download& what) const { return picture::download(context, what); }
  Task<Reply> operator()(const picture::Remove& what) const { return picture::remove(context, what); }
  Task<Reply> operator()(const picture::RemoveKept& what) const { return picture::remove_kept(context, what); }
  Task<Reply> operator()(const picture::Undo& what) const { return restored(context, what); }
  Task<Reply> operator()(const settings::Open&) const { return settings::open(context); }
  Task<Reply> operator()(const settings::Set& what) const { return settings::set(context, what); }
  Task<Reply> operator()(const settings::Languages&) const { return settings::languages(context); }
  Task<Reply> operator()(const settings::SetLanguage& what) const { return settings::set_language(context, what); }
  Task<Reply> operator()(const settings::Zones&) const { return settings::zones(context); }
  Task<Reply> operator()(const settings::SetZone& what) const { return settings::set_zone(context, what); }
  Task<Reply> operator()(const settings::AskZone&) const { return settings::ask_zone(context); }
  Task<Reply> operator()(const statistics::Open& to) const { return statistics::open(context, to); }
  Task<Reply> operator()(const avatars::List& to) const { return avatars::list(context, to); }
  Task<Reply> operator()(const avatars::MakeMain& what) const { return choose_avatar(context, what); }
  Task<Reply> operator()(const avatars::Open& to) const { return avatars::open(context, to); }
  Task<Reply> operator()(const avatars::AskName& what) const { return avatars::ask_name(context, what); }
  Task<Reply> operator()(const avatars::AskDelete& what) const { return avatars::ask_delete(context, what); }
  Task<Reply> operator()(const avatars::Delete& what) const { return avatars::remove(context, what); }
  Task<Reply> operator()(const avatars::Undo& what) const { return avatars::undo(context, what); }
  Task<Reply> operator()(const photos::Ways&) const { return photos::ways(context); }
  Task<Reply> operator()(const photos::Consent& what) const { return photos::consent(context, what); }
  Task<Reply> operator()(const photos::Agree& what) const { return photos::agree(context, what); }
  Task<Reply> operator()(const photos::Open& what) const { return photos::open(context, what); }
  Task<Reply> operator()(const photos::DropWeak& what) const { return photos::drop_weak(context, what); }
  Task<Reply> operator()(const photos::Discard& what) const { return discarded(context, what); }
  Task<Reply> operator()(const privacy::Open&) const { return privacy::open(context); }
  Task<Reply> operator()(const privacy::Export&) const { return privacy::start_export(context); }
  Task<Reply> operator()(const privacy::StopExport&) const { return privacy::stop_export(context); }
  Task<Reply> operator()(const privacy::AskErase&) const { return privacy::ask_erase(context); }
  Task<Reply> operator()(const privacy::Erase& what) const { return privacy::erase(context, what); }
  Task<Reply> operator()(const help::Open&) const { return help::open(context); }
  Task<Reply> operator()(const gallery::Newest&) const { return gallery::newest(context); }
  Task<Reply> operator()(const gallery::Day& to) const { return gallery::day(context, to); }
  Task<Reply> operator()(const gallery::Months& to) const { return gallery::months(context, to); }
  Task<Reply> operator()(const gallery::Picture& to) const { return gallery::picture(context, to); }
  Task<Reply> operator()(const gallery::AskName& what) const { return gallery::ask_name(context, what); }
  Task<Reply> operator()(const gallery::DropName& what) const { return gallery::drop_name(context, what); }
  Task<Reply> operator()(const search::AskStyles&) const { return search::ask_styles(context); }
  Task<Reply> operator()(const search::Suggestion& what) const { return suggested_styles(context, what); }
  Task<Reply> operator()(const search::AskPictures&) const { return search::ask_pictures(context); }
  Task<Reply> operator()(const search::Results& to) const { return search::results(context, to); }
  Task<Reply> operator()(const favourites::Heart& what) const {
    return changed(context, what.picture, what.origin, favourites::heart(context, what));
  }
  Task<Reply> operator()(const favourites::Pin& what) const {
    return changed(context, what.picture, what.origin, favourites::pin(context, what));
  }
  Task<Reply> operator()(const favourites::KeepStyleOf& what) const {
    return changed(context, what.picture, what.origin, favourites::keep_style_of(context, what));
  }
  Task<Reply> operator()(const favourites::KeepStyle& what) const { return style_kept(context, what); }
  Task<Reply> operator()(const favourites::Styles& to) const { return favourites::styles(context, to); }
  Task<Reply> operator()(const favourites::Pictures& to) const { return favourites::pictures(context, to); }
  Task<Reply> operator()(const favourites::Saved& to) const { return favourites::saved(context, to); }
  Task<Reply> operator()(const favourites::TakeOut& what) const { return favourites::take_out(context, what); }
  Task<Reply> operator()(const bin::Open& to) const { return bin::open(context, to); }
  Task<Reply> operator()(const bin::Picture& to) const { return bin::picture(context, to); }
  Task<Reply> operator()(const bin::AskForEver& what) const { return bin::ask_for_ever(context, what); }
  Task<Reply> operator()(const bin::ForEver& what) const { return bin::for_ever(context, what); }
  Task<Reply> operator()(const bin::Clear&) const { return bin::clear(context); }
  Task<Reply> operator()(const bin::AskClear& what) const { return bin::ask_clear(context, what); }
  Task<Reply> operator()(const bin::DoClear& what) const { return bin::do_clear(context, what); }
  Task<Reply> operator()(const sharing::Share& what) const { return sharing::share(context, what); }
  Task<Reply> operator()(const sharing::SendCopy& what) const { return sharing::send_copy(context, what); }
  Task<Reply> operator()(const sharing::Close& what) const { return sharing::close(context, what); }
  Task<Reply> operator()(const bin::UndoClear& what) const { return bin::undo_clear(context, what); }
};

Task<Reply> press(FlowContext& context, const Event& event) {
  const auto callback = decode(event.data);
  if (!callback) {
    return ready(stale());
  }
  return std::visit(Presses{context}, *callback);
}

Task<Reply> command(FlowContext& context, const Event& event) {
  if (event.command == "start" && !event.argument.empty()) {
    return deep_links::follow(context, event.argument);
  }
  for (const Command& known : kCommands) {
    if (known.name == event.command) {
      return known.flow(context);
    }
  }
  return help::unknown_command(context);
}

/// A text goes to the flow that asked for it; one that nobody asked for is talked about.
Task<Reply> written(FlowContext& context) {
  switch (awaited(context)) {
    case domain::Awaits::prompt: return prompt::written(context);
    case domain::Awaits::name: return gallery::named(context);
    case domain::Awaits::styles: return written_styles(context);
    case domain::Awaits::pictures: return search::written_pictures(context);
    case domain::Awaits::avatar_name: return avatars::named(context);
    case domain::Awaits::zone: return settings::zone_written(context);
    case domain::Awaits::words: return variants::worded(context);
    default: return start::spoken(context);
  }
}

Task<Reply> sent_photo(FlowContext& context, const Event& event) {
  services::SentPhoto photo = event.sent.value();
  return photos::sent(context, std::move(photo));
}

Task<Reply> answer(FlowContext& context, const Event& event) {
  switch (event.kind) {
    case Event::Kind::press: return press(context, event);
    case Event::Kind::command: return command(context, event);
    case Event::Kind::text: return written(context);
    case Event::Kind::photo: return sent_photo(context, event);
    case Event::Kind::other: return prompt::not_text(context);
    default: return ready();
  }
}

/// E11: the menu anew, and a toast that says so.
Task<Reply> menu_anew(FlowContext& context) {
  Reply reply = co_await start::home(context);
  reply.toast = context.texts().plain("toast.stale");
  co_return reply;
}

}  // namespace

Task<Reply> handle(FlowContext& context, const Event& event) {
  if (context.actor.is_being_erased()) {
    co_return problem::tell(context, refuse({Errc::person_erasing, {}}));
  }
  const bool is_more = goes_on(event, context.chat.row);
  if (is_more && event.kind != Event::Kind::photo) {
    co_return Reply{};
  }
  Reply reply = co_await answer(context, event);
  if (is_more && reply.refused) {
    // Of an album it was said once.
    co_return Reply{};
  }
  if (!reply.refused) {
    co_return reply;
  }
  if (reply.refused->code == Errc::callback_unknown) {
    co_return co_await menu_anew(context);
  }
  co_return problem::tell(context, std::move(reply));
}

std::span<const Command> commands() {
  return kCommands;
}

}  // namespace aisha::bot::routes
