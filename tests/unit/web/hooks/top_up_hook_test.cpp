// SPDX-License-Identifier: Apache-2.0
#include "web/hooks/top_up_hook.hpp"

#include <fmt/format.h>

#include "tests/unit/web/web_test.hpp"

namespace aisha::web {
namespace {

class TopUpHookTest : public WebTest {
 protected:
  void SetUp() override {
    Handlers handlers;
    handlers.top_up = &hook_;
    serve(handlers);
    world_.meet();
  }

  http::Response ask(std::int64_t person, const std::string& key, const std::string& token = "1:bot") {
    return send("POST", "/sandbox/top_up", fmt::format(R"({{"telegram_id":{},"key":"{}"}})", person, key),
                {{"Authorization", "Bearer " + token}});
  }

  TopUpHook hook_{world_.context, Secret("1:bot"), 100, refusals_};
};

TEST_F(TopUpHookTest, GivesAPersonCoinsOnceForEachKey) {
  const auto first = ask(fakes::ServiceWorld::kChat, "a");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.body, R"({"coins":100,"balance":125})");
  EXPECT_EQ(ask(fakes::ServiceWorld::kChat, "a").status, 200) << "the same order again";
  EXPECT_EQ(world_.free_coins(), 125);
  EXPECT_EQ(ask(fakes::ServiceWorld::kChat, "b").status, 200);
  EXPECT_EQ(world_.free_coins(), 225);
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(TopUpHookTest, GivesNothingToStrangersOrToWhoeverDoesNotKnowTheToken) {
  EXPECT_EQ(ask(fakes::ServiceWorld::kChat + 1, "a").status, 404);
  EXPECT_EQ(ask(fakes::ServiceWorld::kChat, "a", "1:other").status, 401);
  EXPECT_EQ(ask(fakes::ServiceWorld::kChat, "").status, 400);
  EXPECT_EQ(send("POST", "/sandbox/top_up", "no json", {{"Authorization", "Bearer 1:bot"}}).status, 400);
  EXPECT_EQ(world_.free_coins(), 25);
}

}  // namespace
}  // namespace aisha::web
