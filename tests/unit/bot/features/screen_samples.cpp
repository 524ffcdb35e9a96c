// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/screen_samples.hpp"

#include <fmt/core.h>

#include "bot/features/bin/screen.hpp"
#include "bot/features/favourites/screen.hpp"
#include "bot/features/gallery/screen.hpp"
#include "bot/features/help/screen.hpp"
#include "bot/features/privacy/screen.hpp"
#include "bot/features/problem/screen.hpp"
#include "bot/features/prompt/screen.hpp"
#include "bot/features/search/screen.hpp"
#include "bot/features/settings/screen.hpp"
#include "bot/features/start/screen.hpp"
#include "domain/moderation.hpp"
#include "tests/unit/bot/features/create/samples.hpp"
#include "tests/unit/bot/features/figure_samples.hpp"
#include "tests/unit/bot/features/job_samples.hpp"
#include "tests/unit/bot/features/photos/samples.hpp"
#include "tests/unit/bot/features/sharing/samples.hpp"
#include "tests/unit/bot/features/variation_samples.hpp"

namespace aisha::bot::testing {
namespace {

std::vector<OwnItem> own_items_of(const Values& v, std::size_t n) {
  std::vector<OwnItem> out;
  for (std::size_t i = 0; i < n; ++i) {
    Uuid id = v.id;
    id.bytes[15] = static_cast<std::uint8_t>(i);
    const bool is_shown = i != 2;
    const std::string marks = std::string(i == 0 ? " ❤️ 📌" : "") + (is_shown ? "" : " ⚠️");
    out.push_back({id, texts::cut_utf16(std::string_view(v.title), 40), marks, "2026-01-15", is_shown});
  }
  return out;
}

gallery::PictureView own_picture_of(const Values& v, gallery::Origin origin, bool own) {
  gallery::PictureView view;
  view.item = own_items_of(v, 1).front();
  view.origin = origin;
  view.style = own ? "" : "business";
  view.time = "14:05";
  view.avatar = v.name;
  view.ratio = "3:4";
  view.model = "FLUX LoRA";
  view.size = "1536×2048";
  view.seconds = 9;
  view.price = 5;
  view.seed = v.nonce;
  view.words = v.prompt;
  view.newer = v.id;
  view.older = v.id;
  view.ahead = 18;
  view.ahead_on_day = 4;
  view.all = 128;
  view.ties = {v.id, true, 3};
  view.again_price = 5;
  view.nonce = v.nonce;
  return view;
}

void add_favourites(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v) {
  favourites::StylesView kept;
  kept.samples = kSamples;
  out["kept_styles_none"] = favourites::styles_card(t, kept);
  kept.styles = styles(v);
  kept.styles.back().is_available = false;
  kept.coins = v.coins;
  kept.nonce = v.nonce;
  out["kept_styles"] = favourites::styles_card(t, kept);
  kept.page = 1;
  kept.pages = 3;
  out["kept_styles_pages"] = favourites::styles_card(t, kept);
  kept.takes_out = true;
  out["kept_styles_take_out"] = favourites::styles_card(t, kept);
  for (const auto list : {favourites::List::favourites, favourites::List::saved}) {
    const std::string name = list == favourites::List::saved ? "saved" : "favorites";
    favourites::PicturesView view;
    view.list = list;
    view.samples = kSamples;
    out[name + "_none"] = favourites::pictures_card(t, view);
    view.items = own_items_of(v, 3);
    view.total = 3;
    out[name] = favourites::pictures_card(t, view);
    view.items = own_items_of(v, 9);
    view.total = v.coins + 20;
    view.before = 9;
    view.place = {PagePlace::Side::older, v.id};
    out[name + "_middle"] = favourites::pictures_card(t, view);
    view.takes_out = true;
    out[name + "_take_out"] = favourites::pictures_card(t, view);
  }
}

void add_privacy(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v) {
  privacy::DataView view{.pictures = v.coins + 128, .bytes = 812'000'001, .avatars = 3};
  out["data"] = privacy::data_card(t, view);
  out["data_nothing"] = privacy::data_card(t, {});
  view.is_exporting = true;
  out["data_packing"] = privacy::data_card(t, view);
  view.files = 19;
  out["data_packing_files"] = privacy::data_card(t, view);
  view.part = 2;
  view.parts = 14;
  out["data_sending"] = privacy::data_card(t, view);
  privacy::EraseView erase{.pictures = 128, .binned = 7, .avatars = 2, .coins = v.coins, .nonce = v.nonce};
  out["erase"] = privacy::erase_card(t, erase);
  erase.is_shared = true;
  out["erase_shared"] = privacy::erase_card(t, erase);
  erase.binned = 0;
  out["erase_bin_empty"] = privacy::erase_card(t, erase);
  erase.is_exporting = true;
  out["erase_exporting"] = privacy::erase_card(t, erase);
  out["erase_going_on"] = privacy::erasing_card(t);
  out["privacy"] = privacy::policy_card(t, {30, "@support"});
  out["privacy_no_support"] = privacy::policy_card(t, {30, ""});
}

void add_bin(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v) {
  out["bin"] = bin::bin_card(t, {own_items_of(v, 2), 2, 0, 30});
  out["bin_middle"] = bin::bin_card(t, {own_items_of(v, 9), v.coins + 20, 9, 1});
  out["bin_empty"] = bin::bin_card(t, {});
  out["bin_picture"] = bin::removed_card(t, own_items_of(v, 1).front());
  out["bin_for_ever"] = bin::for_ever_card(t, own_items_of(v, 1).front());
  const bin::ClearView view{.pictures = v.coins + 128, .kept = 12, .trash_days = 30, .nonce = v.nonce};
  out["clear"] = bin::clear_card(t, view);
  out["clear_none_kept"] = bin::clear_card(t, {.pictures = 128, .kept = 0, .trash_days = 30, .nonce = v.nonce});
  out["clear_all_kept"] = bin::clear_card(t, {.pictures = 12, .kept = 12, .trash_days = 30, .nonce = v.nonce});
  out["clear_nothing"] = bin::clear_card(t, {});
  out["clear_ask_unkept"] = bin::clear_question_card(t, bin::Scope::unkept, view);
  out["clear_ask_all"] = bin::clear_question_card(t, bin::Scope::all, view);
  out["clear_done"] = bin::cleared_card(t, {v.id, 116, false});
  out["clear_going_on"] = bin::cleared_card(t, {v.id, v.coins + 2'500, true});
  out["clear_restored"] = bin::restored_card(t, 116, 116);
  out["clear_restored_some"] = bin::restored_card(t, 100, v.coins + 116);
}

void add_gallery(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v) {
  const domain::OwnDay alone{"2026-01-15", 2, 2, "", "", 2, 1};
  const domain::OwnDay among{"2026-01-15", 22, 25, "2026-01-14", "2026-09-16", v.coins, 31};
  out["gallery_day"] = gallery::day_card(t, {alone, own_items_of(v, 2), 0});
  out["gallery_day_first"] = gallery::day_card(t, {among, own_items_of(v, 9), 0});
  out["gallery_day_middle"] = gallery::day_card(t, {among, own_items_of(v, 9), 9});
  out["gallery_day_last"] = gallery::day_card(t, {among, own_items_of(v, 4), 18});
  out["gallery_empty"] = gallery::empty_card(t, {kSamples, 0});
  out["gallery_empty_bin"] = gallery::empty_card(t, {kSamples, 3});
  domain::OwnMonth month{"2026-01", {}, "2025-12", "2026-09"};
  for (int day = 31; day > 0; --day) {
    month.days.push_back({fmt::format("2026-01-{:02}", day), day == 31 ? 10'000 : 12});
  }
  out["gallery_month"] = gallery::month_card(t, {month, 0});
  out["gallery_month_last"] = gallery::month_card(t, {month, 9});
  out["gallery_month_alone"] = gallery::month_card(t, {{"2026-01", {{"2026-01-15", 1}}, "", ""}, 0});
  for (const auto origin :
       {gallery::Origin::day, gallery::Origin::favourites, gallery::Origin::saved, gallery::Origin::search,
        gallery::Origin::home, gallery::Origin::family, gallery::Origin::batch}) {
    out[fmt::format("picture_from_{}", static_cast<char>(origin))] =
        gallery::picture_card(t, own_picture_of(v, origin, false));
  }
  gallery::PictureView kept = own_picture_of(v, gallery::Origin::day, true);
  kept.marks = {true, true, true};
  kept.newer.reset();
  out["picture_kept_prompt"] = gallery::picture_card(t, kept);
  gallery::PictureView bare;
  bare.item = own_items_of(v, 3).back();
  out["picture_missing"] = gallery::picture_card(t, bare);
  out["name"] = gallery::name_card(t, {v.id, ""});
  out["name_now"] = gallery::name_card(t, {v.id, texts::cut_utf16(std::string_view(v.name), 100)});
}

void add_prompts(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v) {
  out["ask_prompt"] = prompt::ask_card(t, {5, 15});
  out["ask_prompt_again"] = prompt::ask_card(t, {5, 15, true});
  out["confirm_prompt"] = prompt::confirm_card(t, {v.prompt, v.name, "3:4", kRatios, 5, v.nonce, "0a1b2c"});
  out["confirm_idea"] = prompt::confirm_card(t, {v.prompt, v.name, "3:4", kRatios, 5, v.nonce, "0a1b2c", true, true});
  out["recent_prompts"] = prompt::recent_card(t, std::vector<prompt::RecentItem>(8, {v.id, v.prompt}));
  out["recent_prompts_none"] = prompt::recent_card(t, {});
  for (std::size_t i = 0; i < domain::moderation::kCategories; ++i) {
    const std::string category(domain::moderation::text_of(static_cast<domain::moderation::Category>(i)));
    problem::ProblemView view{Errc::prompt_blocked, about::Field{category}, v.name, 2, v.name};
    view.appeal = v.nonce;
    out["blocked_" + category] = problem::problem_card(t, view);
  }
}

void add_problems(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v) {
  for (const Errc code :
       {Errc::avatar_none, Errc::provider_gone, Errc::avatar_training, Errc::avatar_failed, Errc::credits_insufficient,
        Errc::prompt_empty, Errc::prompt_too_long, Errc::prompt_bad_text, Errc::prompt_blocked, Errc::name_bad,
        Errc::zone_unknown, Errc::avatar_limit, Errc::avatar_photos_few, Errc::avatar_consent, Errc::provider_auth,
        Errc::person_erasing, Errc::conflict, Errc::limit_spend}) {
    const About figures = code == Errc::prompt_too_long ? About(about::Count{2345})
                          : code == Errc::limit_spend   ? About(about::Wait{7'000})
                          : code == Errc::avatar_limit  ? About(about::Count{10})
                          : code == Errc::zone_unknown  ? About(about::Words{v.name})
                                                        : About(about::Need{10, 9});
    const problem::ProblemView view{code, figures, v.name, 2, v.name};
    out[fmt::format("problem_{}", code_of(code))] = problem::problem_card(t, view);
  }
  problem::ProblemView later;
  later.code = Errc::provider_auth;
  later.later = OnceItWorks{create::GenerateLater{"business", 3, 5}, 5};
  out["problem_provider.auth_later"] = problem::problem_card(t, later);
}

void add_search(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v) {
  const std::string words = texts::cut_utf16(std::string_view(v.prompt), 64);
  out["search_styles"] = search::ask_styles_card(t, {});
  out["search_styles_short"] = search::ask_styles_card(t, {.is_too_short = true});
  out["search_pictures"] = search::ask_pictures_card(t, {});
  out["search_no_styles"] = search::no_styles_card(t, {words, "0a1b2c"});
  out["search_no_styles_no_prompt"] = search::no_styles_card(t, {words, ""});
  search::FoundView found{.words = words, .items = {}};
  out["search_nothing"] = search::found_card(t, found);
  for (std::size_t i = 0; i < kOwnPerPage; ++i) {
    found.items.push_back(
        {v.id, texts::cut_utf16(std::string_view(v.title), 40), i == 1 ? " ❤️ 📌 ⚠️" : "", "2026-01-15"});
  }
  found.has_older = true;
  out["search_found"] = search::found_card(t, found);
  found.has_newer = true;
  out["search_found_between"] = search::found_card(t, found);
}

std::map<std::string, Card> render(const texts::Texts& t, const Values& v) {
  std::map<std::string, Card> out;
  out["welcome"] = start::welcome_card(t, {v.name, 25, 5, 10, v.name, v.name, kSamples});
  out["welcome_nameless"] = start::welcome_card(t, {"", 25, 5, 10, "", "", kSamples});
  out["welcome_invited"] = start::welcome_card(t, {v.name, 25, 5, 10, v.name, v.name, kSamples, true});
  out["welcome_back"] = start::welcome_card(t, {v.name, 0, 0, 10, v.name, v.name, kSamples, false, true});
  out["home"] = start::home_card(t, {v.name, v.coins, "", v.id, kSamples});
  out["home_note"] = start::home_card(t, {v.name, v.coins, t.plain("cancel.nothing"), v.id, kSamples});
  out["home_words"] = start::home_card(t, {v.name, v.coins, "", v.id, kSamples, v.prompt, "0a1b2c"});
  out["home_empty"] = start::home_card(t, {"", 0, "", std::nullopt, kSamples});
  out["help"] = help::help_card(t, {5, 8, v.coins, 30, false, v.name});
  out["help_unknown_command"] = help::help_card(t, {5, 8, v.coins, 30, true, v.name});
  out["help_nobody"] = help::help_card(t, {5, 5, v.coins, 30, false, ""});
  add_create_samples(out, t, v);
  add_job_screens(out, t, v);
  add_gallery(out, t, v);
  add_variation_screens(out, t, v, generation_sample(v, false), own_items_of(v, 9));
  add_favourites(out, t, v);
  add_bin(out, t, v);
  add_sharing_samples(out, t, v);
  add_privacy(out, t, v);
  add_prompts(out, t, v);
  out["settings"] =
      settings::settings_card(t, {{domain::Language::ru, "3:4", "ultra", false}, kRatios, {"ultra", "balanced"}});
  out["settings_asking"] =
      settings::settings_card(t, {{domain::Language::ru, "9:9", "gone", true}, kRatios, {"ultra", "balanced"}});
  out["languages"] = settings::languages_card(t, domain::Language::ru);
  add_problems(out, t, v);
  add_search(out, t, v);
  add_figure_screens(out, t, {v.name, v.title, v.coins, v.id});
  add_photo_screens(out, t, v.name, v.coins, v.id, v.nonce);
  return out;
}

std::string repeat(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) {
    out += piece;
  }
  return out;
}

}  // namespace

std::map<std::string, Card> everyday_screens(const texts::Texts& texts) {
  Values v{.name = "Анна",
           .title = "Деловой",
           .description = "строгий портрет для резюме",
           .prompt = "aisha_anna, professional headshot, business attire, studio lighting",
           .slug = "",
           .coins = 25,
           .nonce = 3,
           .styles = 4,
           .id = *Uuid::parse("01890a5d-ac96-774b-bcce-b302099a8057")};
  return render(texts, v);
}

std::map<std::string, Card> worst_screens(const texts::Texts& texts) {
  Values v{.name = repeat("<b>{n}🎨</b>%s", 20),
           .title = repeat("Щ", 64),
           .description = repeat("Ж🎨", 300),
           .prompt = repeat("🎨</blockquote>{prompt}", 60),
           .slug = std::string(24, 'z'),
           .coins = 9'000'000'000'000'000'000,
           .nonce = 9'000'000'000'000'000'000,
           .styles = 9,
           .id = {}};
  v.id.bytes.fill(0xFF);
  return render(texts, v);
}

std::string describe(const Card& card) {
  std::string out = "photo: " + key_of(card.photo) + "\n" + card.caption.text + "\n";
  for (const texts::Span& span : card.caption.spans) {
    constexpr const char* kNames[] = {"bold", "italic", "code", "expandable_blockquote"};
    out += fmt::format("  {} {}+{}\n", kNames[static_cast<int>(span.look)], span.offset, span.length);
  }
  for (const Row& row : card.keyboard) {
    for (const Button& button : row) {
      constexpr const char* kLooks[] = {"", "!", "!!"};
      out += fmt::format("[{}{} -> {}] ", kLooks[static_cast<int>(button.look)], button.text,
                         !button.data.empty()          ? button.data
                         : !button.chosen_chat.empty() ? "chat " + button.chosen_chat
                                                       : "copy " + button.copy);
    }
    out.back() = '\n';
  }
  return out;
}

}  // namespace aisha::bot::testing
