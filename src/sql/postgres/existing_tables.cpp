// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/existing_tables.hpp"

#include <fmt/format.h>

#include <map>
#include <string_view>

namespace aisha::sql::postgres {
namespace {

struct Column {
  std::string_view name;
  std::string_view type;  ///< as information_schema says it; "enum" = text or a native enum
};

constexpr Column kUsers[] = {
    {"id", "uuid"},
    {"telegram_id", "character varying"},
    {"first_name", "character varying"},
    {"last_name", "character varying"},
    {"username", "character varying"},
    {"language_code", "character varying"},
    {"timezone", "character varying"},
    {"is_premium", "boolean"},
    {"is_bot", "boolean"},
    {"is_blocked", "boolean"},
    {"created_at", "timestamp with time zone"},
    {"updated_at", "timestamp with time zone"},
};

constexpr Column kAvatars[] = {
    {"id", "uuid"},
    {"user_id", "uuid"},
    {"name", "character varying"},
    {"gender", "enum"},
    {"avatar_type", "enum"},
    {"training_type", "enum"},
    {"status", "enum"},
    {"finetune_id", "character varying"},
    {"trigger_word", "character varying"},
    {"trigger_phrase", "character varying"},
    {"diffusers_lora_file_url", "character varying"},
    {"is_main", "boolean"},
    {"created_at", "timestamp with time zone"},
    {"updated_at", "timestamp with time zone"},
};

using Types = std::map<std::string, std::string>;

Types types_of(Session& session, std::string_view table) {
  Types types;
  for (auto& row : session.rows(fmt::format("SELECT column_name, data_type FROM information_schema.columns"
                                            " WHERE table_schema = 'public' AND table_name = '{}'",
                                            table))) {
    types.emplace(row[0], row[1]);
  }
  return types;
}

bool fits(std::string_view found, std::string_view wanted) {
  const bool text = found == "character varying" || found == "text";
  if (wanted == "enum") {
    return text || found == "USER-DEFINED";
  }
  return found == wanted || (wanted == "character varying" && text);
}

template <std::size_t N>
std::optional<std::string> difference(const Types& types, std::string_view table, const Column (&columns)[N]) {
  for (const Column& column : columns) {
    const auto found = types.find(std::string(column.name));
    if (found == types.end()) {
      return fmt::format("public.{} is not Aisha's table: it has no column {}", table, column.name);
    }
    if (!fits(found->second, column.type)) {
      return fmt::format("public.{} is not Aisha's table: its column {} is {}, not {}", table, column.name,
                         found->second, column.type == "enum" ? "text" : column.type);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> difference_of_existing_tables(Session& session) {
  const Types users = types_of(session, "users");
  const Types avatars = types_of(session, "avatars");
  if (users.empty() && avatars.empty()) {
    return std::nullopt;
  }
  // Somebody else's table of users is named by its columns, whatever stands beside it.
  if (auto problem = users.empty() ? std::nullopt : difference(users, "users", kUsers)) {
    return problem;
  }
  if (users.empty() || avatars.empty()) {
    return fmt::format("public.{} is there without public.{}: this is not the database of an Aisha bot",
                       users.empty() ? "avatars" : "users", users.empty() ? "users" : "avatars");
  }
  return difference(avatars, "avatars", kAvatars);
}

}  // namespace aisha::sql::postgres
