// SPDX-License-Identifier: Apache-2.0
#include "app/metrics/metered_clients.hpp"

#include <gtest/gtest.h>

#include "app/metrics/process_metrics.hpp"
#include "cache/keys.hpp"
#include "cache/memory/memory_cache.hpp"
#include "tests/fakes/loop.hpp"
#include "tests/fakes/manual_clock.hpp"
#include "tests/fakes/scripted_http.hpp"
#include "tests/fakes/scripted_provider.hpp"

namespace aisha::app {
namespace {

class Meters : public testing::Test {
 protected:
  bool shows(std::string_view line) { return registry_.text().contains(std::string(line) + "\n"); }

  fakes::Loop loop_;
  metrics::Registry registry_;
};

TEST_F(Meters, CountTelegramsAnswersByMethodAndNeverTheToken) {
  fakes::ScriptedHttp http;
  MeteredTelegram metered(http, registry_);
  const auto call = [&](std::string method) {
    http::Request request;
    request.url = "https://api.telegram.org/bot123:CANARY/" + method;
    return loop_.run(metered.send(std::move(request)));
  };
  http.answer(200, "{}");
  http.answer(429, R"({"ok":false,"error_code":429,"parameters":{"retry_after":17}})");
  http.break_with(Errc::net_unknown);
  http.answer(502);
  EXPECT_EQ(call("sendMessage")->status, 200);
  call("sendMessage");
  call("sendMessage");
  call("photos/file_1.jpg");
  EXPECT_TRUE(shows(R"(aisha_telegram_calls_total{method="sendMessage",outcome="ok"} 1)"));
  EXPECT_TRUE(shows(R"(aisha_telegram_calls_total{method="sendMessage",outcome="flood"} 1)"));
  EXPECT_TRUE(shows(R"(aisha_telegram_calls_total{method="sendMessage",outcome="no_answer"} 1)"));
  EXPECT_TRUE(shows(R"(aisha_telegram_calls_total{method="file",outcome="failed"} 1)"));
  EXPECT_TRUE(shows("aisha_telegram_flood_wait_seconds_total 17"));
  EXPECT_TRUE(shows(R"(aisha_telegram_call_seconds_count{method="sendMessage"} 3)"));
  EXPECT_FALSE(registry_.text().contains("CANARY"));
}

TEST_F(Meters, CountTheProvidersAnswersByCode) {
  fakes::ScriptedProvider provider;
  provider.submits.push_back(fail(Errc::provider_balance, "locked"));
  MeteredProvider metered(provider, registry_);
  EXPECT_FALSE(loop_.run(metered.submit({})));
  EXPECT_TRUE(loop_.run(metered.submit({})));
  EXPECT_TRUE(shows(R"(aisha_provider_calls_total{call="submit",code="ok"} 1)"));
  EXPECT_TRUE(shows(R"(aisha_provider_calls_total{call="submit",code="provider.balance"} 1)"));
  EXPECT_TRUE(shows(R"(aisha_provider_call_seconds_count{call="submit"} 2)"));
}

TEST_F(Meters, CountHitsAndMissesByTheKindOfEntryAndNeverThePerson) {
  fakes::ManualClock clock;
  const auto memory = cache::make_memory_cache(clock);
  MeteredCache metered(*memory, registry_);
  const auto entry = cache::keys::stats(*Uuid::parse("01890a5d-ac96-774b-bcce-b302099a8057"));
  EXPECT_FALSE(loop_.run(metered.get(entry.key)));
  loop_.run(metered.put(entry.key, "known", entry.ttl));
  EXPECT_TRUE(loop_.run(metered.get(entry.key)));
  EXPECT_TRUE(shows(R"(aisha_cache_reads_total{entry="stats",outcome="miss"} 1)"));
  EXPECT_TRUE(shows(R"(aisha_cache_reads_total{entry="stats",outcome="hit"} 1)"));
  EXPECT_FALSE(registry_.text().contains("01890a5d"));
}

TEST_F(Meters, WatchTheProcess) {
  watch_process(registry_);
  const std::string text = registry_.text();
  for (const char* name : {"process_cpu_seconds_total ", "process_resident_memory_bytes ", "process_open_fds ",
                           "aisha_build_info{version=", "aisha_log_lines_total{level=\"warn\"}"}) {
    EXPECT_TRUE(text.contains(name)) << name;
  }
}

}  // namespace
}  // namespace aisha::app
