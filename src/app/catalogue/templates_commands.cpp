// SPDX-License-Identifier: Apache-2.0
#include "app/catalogue/templates_commands.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdio>
#include <optional>

#include "app/engines/blobs_engine.hpp"
#include "app/engines/blocking.hpp"
#include "app/engines/policy_settings.hpp"
#include "base/json.hpp"
#include "catalog/models/model_manager.hpp"
#include "catalog/templates/template_manager.hpp"
#include "http/client/client.hpp"
#include "services/previews/preview_shelf.hpp"
#include "services/previews/previews.hpp"

namespace aisha::app {
namespace {

using catalog::PreviewIndex;
using catalog::Template;
using domain::AvatarKind;

std::string season_of(const Template& style) {
  return style.season ? style.season->from + ".." + style.season->until : std::string();
}

constexpr std::array kKinds{std::pair{"portrait", AvatarKind::portrait}, std::pair{"style", AvatarKind::style}};

/// What people see of a style now: "own" of the store, "built-in", or "" when there is none for its prompt.
std::string_view preview_of(const Template& style, AvatarKind kind, const PreviewIndex& store) {
  const std::string mark = catalog::prompt_mark(style.prompt_for(kind));
  const PreviewIndex::Key key{style.id, kind};
  const auto* own = store.find(key);
  const auto* built_in = services::built_in_previews().find(key);
  const bool has_own = own != nullptr && own->prompt_mark == mark;
  const bool has_built_in = built_in != nullptr && built_in->prompt_mark == mark;
  if (has_own && !(has_built_in && *own == *built_in)) {
    return "own";
  }
  return has_built_in ? "built-in" : "";
}

std::string previews_of(const Template& style, const PreviewIndex& store) {
  std::string out;
  for (const auto& [name, kind] : kKinds) {
    if (style.suits(kind)) {
      const std::string_view state = preview_of(style, kind, store);
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", name, state.empty() ? "without a preview" : state);
    }
  }
  return out;
}

void print_line(const Template& style, const PreviewIndex& store) {
  const std::string price = style.price > 0 ? fmt::format("{} coins", style.price) : "usual price";
  fmt::print("   {:<20} {} / {} · {} · {} ", style.id, style.name.ru, style.name.en, price, previews_of(style, store));
  for (const std::string& note : {season_of(style), std::string(style.premium ? "premium" : ""),
                                  std::string(style.enabled ? "" : "switched off")}) {
    fmt::print("{}{}", note.empty() ? "" : "· ", note.empty() ? "" : note + " ");
  }
  fmt::print("\n");
}

json::Object object_of(const Template& style, const PreviewIndex& store) {
  json::Array kinds;
  json::Object previews;
  for (const auto& [name, kind] : kKinds) {
    if (style.suits(kind)) {
      kinds.emplace_back(name);
      const std::string_view state = preview_of(style, kind, store);
      previews.emplace(name, state.empty() ? json::Value() : json::Value(state));
    }
  }
  json::Value season;
  if (style.season) {
    season = json::Object{{"from", style.season->from}, {"until", style.season->until}};
  }
  return {{"shelf", style.category},
          {"id", style.id},
          {"name", json::Object{{"ru", style.name.ru}, {"en", style.name.en}}},
          {"price", style.price},
          {"for", std::move(kinds)},
          {"previews", std::move(previews)},
          {"season", std::move(season)},
          {"since", style.since},
          {"premium", style.premium},
          {"enabled", style.enabled}};
}

bool is_wanted(const Template& style, const TemplatesList& wanted) {
  // Any year has that day.
  const bool in_season = wanted.day.empty() || style.is_in_season("2000-" + wanted.day);
  return in_season && (wanted.kind.empty() || style.suits(domain::avatar_kind_from(wanted.kind)));
}

/// The index of the previews in the store of these settings.
Result<PreviewIndex> index_of_store(const config::Config& config) {
  boost::asio::io_context loop;
  boost::asio::thread_pool files(1);
  const auto http = http::make_client(loop.get_executor(), proxies_of(config));
  const auto blobs = open_blobs_briefly(loop.get_executor(), files, *http, config);
  if (!blobs) {
    return std::unexpected(blobs.error());
  }
  services::BucketShelf shelf(*blobs->store);
  return wait_for(loop, services::read_index(shelf));
}

}  // namespace

Result<void> check_templates_command(const std::string& dir) {
  const catalog::Source source{dir};
  const auto templates = catalog::TemplateManager::load(source);
  if (!templates) {
    return std::unexpected(templates.error());
  }
  const auto models = catalog::ModelManager::load(source);
  if (!models) {
    return std::unexpected(models.error());
  }
  const auto& all = (*templates)->all();
  for (const catalog::Category& category : all.categories) {
    fmt::print("{} {}\n", category.emoji, category.id);
    for (const catalog::TemplateRef& style : all.templates) {
      if (style->category == category.id) {
        fmt::print("   {:<24} {}{}{}\n", style->id, style->for_portrait ? "portrait " : "",
                   style->for_style ? "style " : "", style->enabled ? "" : "disabled");
      }
    }
  }
  for (const catalog::ModelRef& model : (*models)->all()) {
    fmt::print("{:<24} {}\n", model->id, model->endpoint);
  }
  fmt::print("{} styles, {} models: all good\n", all.templates.size(), (*models)->all().size());
  return {};
}

Result<void> list_templates_command(const TemplatesList& wanted, const config::Config& config) {
  if (!wanted.day.empty() && !catalog::is_date_of_year(wanted.day)) {
    return fail(Errc::config_invalid, fmt::format("--day: \"{}\" is no date like \"12-31\"", wanted.day));
  }
  const auto templates =
      catalog::TemplateManager::load(catalog::Source{wanted.dir.empty() ? config.catalog_dir : wanted.dir});
  if (!templates) {
    return std::unexpected(templates.error());
  }
  const auto store = wanted.config.empty() ? PreviewIndex() : index_of_store(config);
  if (!store) {
    return std::unexpected(store.error());
  }
  json::Array out;
  for (const catalog::Category& shelf : (*templates)->all().categories) {
    if (!wanted.as_json) {
      fmt::print("{} {} · {} / {}\n", shelf.emoji, shelf.id, shelf.name.ru, shelf.name.en);
    }
    for (const catalog::TemplateRef& style : (*templates)->all().templates) {
      if (style->category != shelf.id || !is_wanted(*style, wanted)) {
        continue;
      }
      if (wanted.as_json) {
        out.emplace_back(object_of(*style, *store));
      } else {
        print_line(*style, *store);
      }
    }
  }
  if (wanted.as_json) {
    fmt::print("{}\n", json::serialize(out));
  }
  return {};
}

}  // namespace aisha::app
