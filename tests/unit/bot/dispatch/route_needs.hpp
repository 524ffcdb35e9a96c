// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/dispatch/callback_data.hpp"

namespace aisha::bot::testing {

/// What a route names, and so whose it must be.
enum class Needs { nothing, picture, avatar, clear, batch };

/// THE table of who may press what: one line a route, which fills in what the route names. A route without a line does
/// not compile.
struct RouteNeeds {
  Uuid id;

  Needs operator()(frame::Home&) const { return Needs::nothing; }
  Needs operator()(frame::Nothing&) const { return Needs::nothing; }
  Needs operator()(create::Open&) const { return Needs::nothing; }
  Needs operator()(create::Shelves&) const { return Needs::nothing; }
  Needs operator()(create::Category& to) const { return named(to.category, "portrait"); }
  Needs operator()(create::Style& to) const { return named(to.style, "business"); }
  Needs operator()(create::StyleRatio& to) const { return (to.ratio = "3-4", named(to.style, "business")); }
  Needs operator()(create::Generate& to) const { return named(to.style, "business"); }
  Needs operator()(create::GenerateLater& to) const { return named(to.style, "business"); }
  Needs operator()(prompt::Ask&) const { return Needs::nothing; }
  Needs operator()(prompt::Ratio& to) const { return named(to.ratio, "3-4"); }
  Needs operator()(prompt::Generate& to) const { return named(to.mark, "abcdef"); }
  Needs operator()(prompt::GenerateLater& to) const { return named(to.mark, "abcdef"); }
  Needs operator()(prompt::Take& to) const { return named(to.mark, "abcdef"); }
  Needs operator()(prompt::Idea&) const { return Needs::nothing; }
  Needs operator()(prompt::Recent&) const { return Needs::nothing; }
  Needs operator()(prompt::Use& what) const { return picture(what.generation); }
  Needs operator()(prompt::Appeal&) const { return Needs::nothing; }
  Needs operator()(prompt::Enhance&) const { return Needs::nothing; }
  Needs operator()(job::Repeat& what) const { return picture(what.generation); }
  Needs operator()(job::Cancel& what) const { return picture(what.generation); }
  Needs operator()(batch::CancelAll& what) const { return (what.batch = id, Needs::batch); }
  Needs operator()(batch::Missing& what) const { return (what.batch = id, Needs::batch); }
  Needs operator()(variants::Open& to) const { return picture(to.picture); }
  Needs operator()(variants::Family& to) const { return picture(to.picture); }
  Needs operator()(variants::Again& what) const { return picture(what.picture); }
  Needs operator()(variants::Several& what) const { return picture(what.picture); }
  Needs operator()(variants::Better& what) const { return picture(what.picture); }
  Needs operator()(variants::Format& what) const { return (what.ratio = "1-1", picture(what.picture)); }
  Needs operator()(variants::Likeness& what) const { return picture(what.picture); }
  Needs operator()(variants::Repaint& what) const { return picture(what.picture); }
  Needs operator()(variants::AskWords& what) const { return picture(what.picture); }
  Needs operator()(variants::Change& what) const { return named(what.mark, "abcdef"); }
  Needs operator()(picture::Download& what) const { return picture(what.picture); }
  Needs operator()(picture::Remove& what) const { return picture(what.picture); }
  Needs operator()(picture::RemoveKept& what) const { return picture(what.picture); }
  Needs operator()(picture::Undo& what) const { return picture(what.picture); }
  Needs operator()(sharing::Share& what) const { return picture(what.picture); }
  Needs operator()(sharing::SendCopy& what) const { return picture(what.picture); }
  Needs operator()(sharing::Close& what) const { return picture(what.picture); }
  Needs operator()(gallery::Newest&) const { return Needs::nothing; }
  Needs operator()(gallery::Day& to) const { return place(to.page); }
  Needs operator()(gallery::Months&) const { return Needs::nothing; }
  Needs operator()(gallery::Picture& to) const { return picture(to.picture); }
  Needs operator()(gallery::AskName& what) const { return picture(what.picture); }
  Needs operator()(gallery::DropName& what) const { return picture(what.picture); }
  Needs operator()(favourites::Heart& what) const { return picture(what.picture); }
  Needs operator()(favourites::Pin& what) const { return picture(what.picture); }
  Needs operator()(favourites::KeepStyle& what) const { return named(what.style, "business"); }
  Needs operator()(favourites::KeepStyleOf& what) const { return picture(what.picture); }
  Needs operator()(favourites::Styles&) const { return Needs::nothing; }
  Needs operator()(favourites::Pictures& to) const { return place(to.page); }
  Needs operator()(favourites::Saved& to) const { return place(to.page); }
  Needs operator()(favourites::TakeOut& what) const { return picture(what.picture); }
  Needs operator()(bin::Open& to) const { return place(to.page); }
  Needs operator()(bin::Picture& to) const { return picture(to.picture); }
  Needs operator()(bin::AskForEver& what) const { return picture(what.picture); }
  Needs operator()(bin::ForEver& what) const { return picture(what.picture); }
  Needs operator()(bin::Clear&) const { return Needs::nothing; }
  Needs operator()(bin::AskClear&) const { return Needs::nothing; }
  Needs operator()(bin::DoClear&) const { return Needs::nothing; }
  Needs operator()(bin::UndoClear& what) const { return (what.clear = id, Needs::clear); }
  Needs operator()(statistics::Open&) const { return Needs::nothing; }
  Needs operator()(search::AskStyles&) const { return Needs::nothing; }
  Needs operator()(search::Suggestion&) const { return Needs::nothing; }
  Needs operator()(search::AskPictures&) const { return Needs::nothing; }
  Needs operator()(search::Results& to) const { return place(to.page); }
  Needs operator()(avatars::List&) const { return Needs::nothing; }
  Needs operator()(avatars::MakeMain& what) const { return avatar(what.avatar); }
  Needs operator()(avatars::Open& to) const { return avatar(to.avatar); }
  Needs operator()(avatars::AskName& what) const { return avatar(what.avatar); }
  Needs operator()(avatars::AskDelete& what) const { return avatar(what.avatar); }
  Needs operator()(avatars::Delete& what) const { return avatar(what.avatar); }
  Needs operator()(avatars::Undo& what) const { return avatar(what.avatar); }
  Needs operator()(photos::Ways&) const { return Needs::nothing; }
  Needs operator()(photos::Consent& to) const { return avatar(to.avatar); }
  Needs operator()(photos::Agree& what) const { return avatar(what.avatar); }
  Needs operator()(photos::Open& to) const { return avatar(to.avatar); }
  Needs operator()(photos::DropWeak& what) const { return avatar(what.avatar); }
  Needs operator()(photos::Discard& what) const { return avatar(what.avatar); }
  Needs operator()(settings::Open&) const { return Needs::nothing; }
  Needs operator()(settings::Set& what) const { return named(what.value, "3-4"); }
  Needs operator()(settings::Languages&) const { return Needs::nothing; }
  Needs operator()(settings::SetLanguage& what) const { return named(what.language, "ru"); }
  Needs operator()(settings::Zones&) const { return Needs::nothing; }
  Needs operator()(settings::SetZone&) const { return Needs::nothing; }
  Needs operator()(settings::AskZone&) const { return Needs::nothing; }
  Needs operator()(privacy::Open&) const { return Needs::nothing; }
  Needs operator()(privacy::Export&) const { return Needs::nothing; }
  Needs operator()(privacy::StopExport&) const { return Needs::nothing; }
  Needs operator()(privacy::AskErase&) const { return Needs::nothing; }
  Needs operator()(privacy::Erase&) const { return Needs::nothing; }
  Needs operator()(help::Open&) const { return Needs::nothing; }

 private:
  static Needs named(std::string& word, const char* value) {
    word = value;
    return Needs::nothing;
  }
  Needs picture(Uuid& of) const {
    of = id;
    return Needs::picture;
  }
  Needs avatar(Uuid& of) const {
    of = id;
    return Needs::avatar;
  }
  Needs place(PagePlace& page) const {
    page = {PagePlace::Side::older, id};
    return Needs::picture;
  }
};

}  // namespace aisha::bot::testing
