// SPDX-License-Identifier: Apache-2.0
#include "app/commands/commands.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <cstdio>

#include "app/engines/blocking.hpp"
#include "app/engines/bucket_setup.hpp"
#include "app/engines/database_engine.hpp"
#include "app/engines/store_claim.hpp"
#include "app/metrics/version.hpp"
#include "base/json.hpp"
#include "catalog/model_registry.hpp"
#include "catalog/template_manager.hpp"

namespace aisha::app {
namespace {

using catalog::Template;

std::string season_of(const Template& style) {
  return style.season ? style.season->from + ".." + style.season->until : std::string();
}

void print_line(const Template& style) {
  const std::string price = style.price > 0 ? fmt::format("{} coins", style.price) : "usual price";
  fmt::print("   {:<20} {} / {} · {} · {}{}", style.id, style.name.ru, style.name.en, price,
             style.for_portrait ? "portrait " : "", style.for_style ? "style " : "");
  for (const std::string& note : {season_of(style), std::string(style.premium ? "premium" : ""),
                                  std::string(style.enabled ? "" : "switched off")}) {
    fmt::print("{}{}", note.empty() ? "" : "· ", note.empty() ? "" : note + " ");
  }
  fmt::print("\n");
}

json::Object object_of(const Template& style) {
  json::Array kinds;
  for (const auto& [name, suits] : {std::pair{"portrait", style.for_portrait}, std::pair{"style", style.for_style}}) {
    if (suits) {
      kinds.emplace_back(name);
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

}  // namespace

Result<void> migrate_command(const config::Config& config, const MigrateOptions& options) {
  if (options.plan) {
    const auto pending = pending_migrations(config);
    if (!pending) {
      return std::unexpected(pending.error());
    }
    for (const std::string& migration : *pending) {
      fmt::print("would apply {}\n", migration);
    }
    const auto missing = print_bucket_plan(config);
    if (!missing) {
      return std::unexpected(missing.error());
    }
    const std::size_t steps = pending->size() + *missing;
    fmt::print("{}\n", steps == 0 ? "nothing to do" : fmt::format("{} to do", steps));
    return {};
  }
  boost::asio::io_context loop;
  metrics::Registry registry;
  const auto opened = open_database(loop.get_executor(), config, registry);
  if (!opened) {
    return std::unexpected(opened.error());
  }
  for (const std::string& migration : opened->migrations.applied) {
    fmt::print("applied {}\n", migration);
  }
  fmt::print("schema {}\n", opened->migrations.version);
  if (auto made = set_up_buckets_now(config); !made) {
    return made;
  }
  const KnownDatabase known = wait_for(loop, known_of(*opened->database));
  auto claimed = claim_store_now(config, known.id, options.take_over ? Taking::by_force : Taking::if_free);
  if (claimed && options.take_over) {
    fmt::print("the pictures are this database's\n");
  }
  return claimed;
}

Result<void> check_templates_command(const std::string& dir) {
  const catalog::Source source{dir};
  const auto templates = catalog::TemplateManager::load(source);
  if (!templates) {
    return std::unexpected(templates.error());
  }
  const auto models = catalog::ModelRegistry::load(source);
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
  for (const catalog::Model& model : models->all()) {
    fmt::print("{:<24} {}\n", model.id, model.endpoint);
  }
  fmt::print("{} styles, {} models: all good\n", all.templates.size(), models->all().size());
  return {};
}

Result<void> list_templates_command(const TemplatesList& wanted) {
  if (!wanted.day.empty() && !catalog::is_date_of_year(wanted.day)) {
    return fail(Errc::config_invalid, fmt::format("--day: \"{}\" is no date like \"12-31\"", wanted.day));
  }
  const auto templates = catalog::TemplateManager::load(catalog::Source{wanted.dir});
  if (!templates) {
    return std::unexpected(templates.error());
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
        out.emplace_back(object_of(*style));
      } else {
        print_line(*style);
      }
    }
  }
  if (wanted.as_json) {
    fmt::print("{}\n", json::serialize(out));
  }
  return {};
}

void print_version() {
  fmt::print("aisha {} (clang {}.{}.{}, libstdc++ {})\n", kVersion, __clang_major__, __clang_minor__,
             __clang_patchlevel__, _GLIBCXX_RELEASE);
}

}  // namespace aisha::app
