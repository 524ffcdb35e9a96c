// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/conninfo.hpp"

#include <fmt/format.h>

#include <map>
#include <stdexcept>

#include "sql/postgres/pg.hpp"

namespace aisha::sql::postgres {
namespace {

std::map<std::string, std::string> settings_of(const std::string& url) {
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed(PQconninfoParse(url.c_str(), &message),
                                                                            PQconninfoFree);
  const std::unique_ptr<char, decltype(&PQfreemem)> text(message, PQfreemem);
  if (!parsed) {
    throw std::logic_error("database.url: not a PostgreSQL URL");
  }
  std::map<std::string, std::string> settings;
  for (const PQconninfoOption* option = parsed.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) {
      settings.emplace(option->keyword, option->val);
    }
  }
  return settings;
}

std::string quoted(const std::string& value) {
  std::string out = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') {
      out += '\\';
    }
    out += c;
  }
  return out + "'";
}

std::string session_options(const Options& options, Access access) {
  std::string out = fmt::format("-c search_path={},public -c timezone=UTC -c datestyle=ISO", options.schema);
  if (access == Access::migrate) {
    // A large table takes its time; whoever else migrates is waited for.
    return out + " -c statement_timeout=0 -c lock_timeout=0";
  }
  if (access == Access::snapshot) {
    return out + " -c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on";
  }
  out += " -c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000";
  return access == Access::read_only ? out + " -c default_transaction_read_only=on" : out;
}

}  // namespace

std::string conninfo_of(const Options& options, Access access) {
  std::map<std::string, std::string> settings = settings_of(options.url);
  if (options.pooled) {
    settings.erase("options");  // a pooler refuses the connection for them
  } else {
    const std::string own = settings["options"];
    settings["options"] = (own.empty() ? "" : own + " ") + session_options(options, access);
  }
  if (!options.password.empty()) {
    settings["password"] = options.password.reveal();
  }
  // What the URL says itself stays.
  settings.emplace("target_session_attrs", "read-write");
  if (access != Access::read_write && access != Access::migrate && settings["target_session_attrs"] == "read-write") {
    settings["target_session_attrs"] = "primary";  // a session that only reads would not pass for read-write itself
  }
  settings.emplace("application_name", "aisha");
  settings.emplace("client_encoding", "UTF8");
  settings.emplace("connect_timeout", "5");
  settings.emplace("keepalives_idle", "10");
  settings.emplace("keepalives_interval", "3");
  settings.emplace("keepalives_count", "3");
  settings.emplace("tcp_user_timeout", "10000");
  std::string out;
  for (const auto& [keyword, value] : settings) {
    out += keyword + "=" + quoted(value) + " ";
  }
  return out;
}

Pooled pooled_of(const Options& options, Access access) {
  Pooled out;
  if (!options.pooled) {
    return out;
  }
  // The schema is a plain name (config/rules.cpp).
  out.prelude = fmt::format("SELECT set_config('search_path', '{}, public', true)", options.schema);
  if (access == Access::snapshot) {
    out.begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  } else if (access != Access::migrate) {
    out.prelude += ", set_config('statement_timeout', '5000', true), set_config('lock_timeout', '2000', true)";
  }
  return out;
}

}  // namespace aisha::sql::postgres
