// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/inspect.hpp"

#include <fmt/format.h>

#include "sql/postgres/session.hpp"

namespace aisha::sql::postgres {
namespace {

/// Before the first migration only a schema can be asked for, afterwards every table of it.
std::string missing_right(Session& session, const std::string& schema) {
  const std::string name = session.quoted(schema);
  if (session.value(fmt::format("SELECT to_regnamespace({}) IS NULL", name)) == "t") {
    const bool may = session.value("SELECT has_database_privilege(current_database(), 'CREATE')") == "t";
    return may ? "" : "make the schema " + schema;
  }
  if (session.value(fmt::format("SELECT has_schema_privilege({}, 'USAGE')", name)) != "t") {
    return "use the schema " + schema;
  }
  // The ledger only grows: nobody needs more than INSERT there.
  return session.value(fmt::format(
      "SELECT 'change rows of ' || c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
      " WHERE n.nspname = {} AND c.relkind IN ('r', 'p') AND c.relname IN ('inbox', 'outbox', 'chats',"
      " 'generation_requests', 'jobs', 'provider_attempt', 'provider_event', 'request_keys', 'ledger_account', "
      "'user_settings', 'file_ids', 'data_requests')"
      " AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')"
      " AND has_table_privilege(c.oid, 'UPDATE')) ORDER BY 1 LIMIT 1",
      name));
}

}  // namespace

Result<Sight> inspect(const Options& options) {
  try {
    Session session(options);
    Sight sight;
    sight.version = session.value("SHOW server_version");
    sight.version = sight.version.substr(0, sight.version.find(' '));
    sight.major = std::stoi(session.value("SHOW server_version_num")) / 10'000;
    const std::string ms = session.value("SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint");
    sight.now = std::chrono::system_clock::time_point(Millis(std::stoll(ms)));
    sight.missing_right = missing_right(session, options.schema);
    sight.unsafe = session.value(
        "SELECT string_agg(name, ', ' ORDER BY name) FROM pg_settings"
        " WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'");
    return sight;
  } catch (const Outage& outage) {
    return fail(outage.code(), outage.what());
  }
}

}  // namespace aisha::sql::postgres
