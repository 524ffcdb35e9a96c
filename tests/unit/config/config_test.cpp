// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdio>
#include <fstream>
#include <map>

#include "config/config.hpp"
#include "config/listen.hpp"
#include "domain/defect.hpp"

namespace aisha::config {
namespace {

class ConfigFile : public testing::Test {
 protected:
  std::string write(const std::string& text, mode_t mode = 0600) {
    const std::string path = testing::TempDir() + "aisha_config_test.toml";
    std::ofstream(path) << text;
    ::chmod(path.c_str(), mode);
    return path;
  }
  Result<Config> load_text(const std::string& text) { return load(write(text), environment()); }
  Environment environment() {
    return [this](std::string_view name) -> std::optional<std::string> {
      const auto found = variables.find(std::string(name));
      return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
  }
  std::map<std::string, std::string> variables;
  const std::string token = "123456:AAEabcdefghijklmnopqrstuvwxyz012345";
};

TEST_F(ConfigFile, DefaultsNeedNoFile) {
  const auto config = load("", environment());
  ASSERT_TRUE(config);
  EXPECT_EQ(config->database_url, "sqlite:aisha.db");
  EXPECT_EQ(config->money.starting_grant, 25);
  EXPECT_EQ(config->timing.trash_days, 30);
}

TEST_F(ConfigFile, Row64_MisspeltKeyIsNamedWithLineAndSuggestion) {
  const auto config = load_text("[telegram]\n\ntokn = \"x\"\n");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, Errc::config_invalid);
  EXPECT_NE(
      config.error().detail.find("aisha_config_test.toml:3: telegram.tokn: unknown key (did you mean \"token\"?)"),
      std::string::npos)
      << config.error().detail;
}

TEST_F(ConfigFile, Row64_EveryProblemIsReportedAtOnce) {
  const auto config =
      load_text("[telegram]\npoll_timeout_s = 900\n[limits]\nactive_jobs = \"two\"\n[databse]\nurl = \"x\"\n");
  ASSERT_FALSE(config);
  EXPECT_NE(config.error().detail.find(":2: telegram.poll_timeout_s: 900 is outside 0..50"), std::string::npos);
  EXPECT_NE(config.error().detail.find(":4: limits.active_jobs: expected an integer"), std::string::npos);
  EXPECT_NE(config.error().detail.find("databse: unknown table (did you mean \"database\"?)"), std::string::npos);
}

TEST_F(ConfigFile, Row64_ACapIsAnyNumberOfDollars) {
  const auto usual = load("", environment());
  ASSERT_TRUE(usual);
  EXPECT_EQ(usual->limits.usd_per_day, 0);
  const auto chosen = load_text("[limits]\nusd_per_day = 20\nusd_per_person_day = 0.35\n");
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->limits.usd_per_day, 20);
  EXPECT_EQ(chosen->limits.usd_per_person_day, 0.35);
  const auto odd = load_text("[limits]\nusd_per_day = -1\nusd_per_person_day = \"little\"\n");
  ASSERT_FALSE(odd);
  EXPECT_NE(odd.error().detail.find(":2: limits.usd_per_day: -1 is outside 0..1000000"), std::string::npos);
  EXPECT_NE(odd.error().detail.find(":3: limits.usd_per_person_day: expected a number"), std::string::npos);
}

TEST_F(ConfigFile, Row64_OnlyKnownDefectsEarnAReroll) {
  const auto usual = load("", environment());
  ASSERT_TRUE(usual);
  EXPECT_EQ(usual->limits.free_rerolls, 1);
  EXPECT_EQ(usual->limits.reroll_on.size(), domain::usual_defects().size());
  for (const std::string& word : usual->limits.reroll_on) {
    EXPECT_TRUE(domain::defect_from(word)) << word;
  }
  const auto chosen = load_text("[limits]\nfree_rerolls = 0\nreroll_on = [\"black\", \"flagged\"]\n");
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->limits.reroll_on, (std::vector<std::string>{"black", "flagged"}));
  EXPECT_TRUE(load_text("[limits]\nreroll_on = []\n")->limits.reroll_on.empty());
  const auto odd = load_text("[limits]\nfree_rerolls = 11\nreroll_on = [\"black\", \"ugly\"]\n");
  ASSERT_FALSE(odd);
  EXPECT_NE(odd.error().detail.find(":2: limits.free_rerolls: 11 is outside 0..10"), std::string::npos);
  EXPECT_NE(odd.error().detail.find(":3: limits.reroll_on: \"ugly\" is not one of blank|black|"), std::string::npos);
  EXPECT_FALSE(load_text("[limits]\nreroll_on = [\"blank|black\"]\n"));
}

TEST_F(ConfigFile, Row64_DuplicateTableIsRefusedWithItsLine) {
  const auto config = load_text("[log]\nlevel=\"info\"\n[log]\nformat=\"json\"\n");
  ASSERT_FALSE(config);
  EXPECT_NE(config.error().detail.find(":3:"), std::string::npos) << config.error().detail;
}

TEST_F(ConfigFile, Row65_TokenOfWrongShapeIsRefusedWithoutShowingIt) {
  const auto config = load_text("[telegram]\ntoken = \"hunter2-not-a-token\"\n");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, Errc::config_secret);
  EXPECT_EQ(config.error().detail.find("hunter2"), std::string::npos);
}

TEST_F(ConfigFile, Row65_WorldReadableSecretFileIsRefusedWithItsMode) {
  const auto config = load(write("[telegram]\ntoken = \"" + token + "\"\n", 0644), environment());
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, Errc::config_secret);
  EXPECT_NE(config.error().detail.find("0644"), std::string::npos);
  EXPECT_EQ(config.error().detail.find(token), std::string::npos);
}

TEST_F(ConfigFile, Row66_PlainHttpToAPublicHostNeedsAllowInsecure) {
  EXPECT_FALSE(load_text("[telegram]\napi_root = \"http://api.example.org\"\n"));
  EXPECT_TRUE(load_text("allow_insecure = true\n[telegram]\napi_root = \"http://api.example.org\"\n"));
  EXPECT_TRUE(load_text("[telegram]\napi_root = \"http://127.0.0.1:8081\"\n"));
  EXPECT_FALSE(load_text("[telegram]\napi_root = \"ftp://127.0.0.1\"\n"));
}

TEST_F(ConfigFile, k11_AProxyIsAUrlAndASecret) {
  const auto config = load_text("[network]\nproxy = \"http://me:pw@proxy.example:3128\"\nno_proxy = \"a.example\"\n");
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->network.proxy.reveal(), "http://me:pw@proxy.example:3128");
  EXPECT_EQ(config->network.no_proxy, "a.example");
  const auto wrong = load_text("[network]\nproxy = \"me:pw@proxy.example\"\n");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().detail.find("network.proxy"), std::string::npos);
  EXPECT_EQ(wrong.error().detail.find("pw"), std::string::npos);
}

TEST_F(ConfigFile, k11_FileOriginsMayBePatterns) {
  const auto rule = [this](const std::string& origin) {
    return load_text("[fal]\nfile_origins = [\"" + origin + "\"]\n").has_value();
  };
  for (const char* good :
       {"https://files.example.org", "*.example.org", "https://*.example.org:8443", "http://127.0.0.1:*"}) {
    EXPECT_TRUE(rule(good)) << good;
  }
  for (const char* bad : {"*", "*.org", "files.example.org", "https://*", "https://a.*.org", "ftp://*.example.org"}) {
    EXPECT_FALSE(rule(bad)) << bad;
  }
}

TEST_F(ConfigFile, EnvironmentWinsOverTheFile) {
  variables["AISHA_MONEY_PRICE"] = "7";
  variables["AISHA_FAL_FILE_ORIGINS"] = "http://127.0.0.1:1,http://127.0.0.1:2";
  const auto config = load_text("[money]\nprice = 6\n");
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->money.price, 7);
  EXPECT_EQ(config->fal.file_origins.size(), 2U);
}

TEST_F(ConfigFile, SecretComesFromAFileNamedInTheEnvironment) {
  variables["AISHA_TELEGRAM_TOKEN_FILE"] = write(token + "\n");
  const auto config = load("", environment());
  ASSERT_TRUE(config);
  EXPECT_EQ(config->telegram.token.reveal(), token);
}

TEST_F(ConfigFile, Row65_FileWithoutSecretsMayBeReadByAllWhenTheyComeFromElsewhere) {
  variables["AISHA_TELEGRAM_TOKEN"] = token;
  EXPECT_TRUE(load(write("[money]\nprice = 6\n", 0644), environment()));
}

TEST_F(ConfigFile, Row65_OnlyInTheCredentialsDirectoryMayASecretLookReadableByItsGroup) {
  variables["AISHA_TELEGRAM_TOKEN_FILE"] = write(token + "\n", 0440);
  EXPECT_FALSE(load("", environment()));
  const std::string folder = testing::TempDir().substr(0, testing::TempDir().size() - 1);
  variables["CREDENTIALS_DIRECTORY"] = folder;
  EXPECT_TRUE(load("", environment()));
  variables["CREDENTIALS_DIRECTORY"] = folder + "/below";
  EXPECT_FALSE(load("", environment()));
  variables["AISHA_TELEGRAM_TOKEN_FILE"] = folder + "/below/../aisha_config_test.toml";
  EXPECT_FALSE(load("", environment()));
}

TEST_F(ConfigFile, AWebhookNeedsItsAddressWhichEndsAtTheHook) {
  const auto problem = [this](const std::string& text) {
    const auto config = load_text(text);
    return config ? std::string("none") : config.error().detail;
  };
  EXPECT_NE(problem("[telegram]\nupdates = \"webhook\"\n").find("telegram.webhook_url: missing"), std::string::npos);
  EXPECT_NE(problem("[telegram]\nwebhook_url = \"https://a.org/hook\"\n").find("must end with /telegram"),
            std::string::npos);
  EXPECT_NE(problem("[telegram]\nwebhook_url = \"http://a.org/telegram\"\n").find("plain http"), std::string::npos);
  EXPECT_NE(problem("[fal]\nwebhook_url = \"https://a.org/\"\n").find("must end with /fal"), std::string::npos);
  EXPECT_NE(problem("[telegram]\nwebhook_certificate = \"/nowhere.pem\"\n").find("cannot be read"), std::string::npos);
  EXPECT_EQ(problem("[telegram]\nupdates = \"webhook\"\nwebhook_url = \"https://a.org/x/telegram\"\n"), "none");
}

TEST_F(ConfigFile, AListenAddressIsAnAddressAndAPort) {
  for (const char* good : {"127.0.0.1:8080", "0.0.0.0:1", "[::1]:65535", "localhost:0"}) {
    EXPECT_TRUE(parse_listen(good)) << good;
  }
  EXPECT_EQ(parse_listen("[::1]:80")->host, "::1");
  for (const char* bad : {"8080", ":8080", "example.org:80", "::1:80", "[127.0.0.1]:80",
                          "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:80x", "127.0.0.1:-1"}) {
    EXPECT_FALSE(parse_listen(bad)) << bad;
  }
  const auto config = load_text("[server]\nlisten = \"example.org:80\"\n");
  ASSERT_FALSE(config);
  EXPECT_NE(config.error().detail.find("server.listen"), std::string::npos);
}

TEST_F(ConfigFile, Row65_AWeakWebhookSecretIsRefusedWithoutShowingIt) {
  const auto config = load_text("[telegram]\nwebhook_secret = \"hunter2 hunter2 hunter2\"\n");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, Errc::config_secret);
  EXPECT_EQ(config.error().detail.find("hunter2"), std::string::npos);
}

TEST_F(ConfigFile, WithoutAWebhookSecretAllProcessesDeriveTheSameFromTheToken) {
  Telegram telegram;
  telegram.token = Secret(token);
  const std::string derived = webhook_secret_of(telegram).reveal();
  EXPECT_EQ(derived, webhook_secret_of(telegram).reveal());
  telegram.webhook_secret = Secret(derived);
  EXPECT_EQ(webhook_secret_problem(telegram), "");
  telegram.webhook_secret = Secret();
  telegram.token = Secret(token + "x");
  EXPECT_NE(webhook_secret_of(telegram).reveal(), derived);
}

TEST_F(ConfigFile, DemoAvatarNeedsATriggerAndOneWayToRun) {
  EXPECT_TRUE(load_text("[[demo_avatar]]\nname=\"Anna\"\nlora_url=\"http://x\"\ntrigger=\"TOK\"\n"));
  EXPECT_FALSE(load_text("[[demo_avatar]]\nname=\"Anna\"\nlora_url=\"http://x\"\n"));
  EXPECT_FALSE(load_text("[[demo_avatar]]\nname=\"Anna\"\ntrigger=\"TOK\"\n"));
  EXPECT_FALSE(load_text("[[demo_avatar]]\nname=\"Anna\"\nlora=\"http://x\"\ntrigger=\"TOK\"\n"));
}

TEST_F(ConfigFile, PreviewAvatarsNeedAnAddressAndATrigger) {
  const auto good = load_text(
      "[preview_avatar.portrait]\nlora_url=\"http://x\"\ntrigger=\"TOK\"\n"
      "[preview_avatar.style]\nfinetune_id=\"f\"\ntrigger=\"CAT\"\n");
  ASSERT_TRUE(good) << good.error().detail;
  EXPECT_EQ(good->preview_portrait->trigger, "TOK");
  EXPECT_EQ(good->preview_style->finetune_id, "f");
  EXPECT_FALSE(load_text("")->preview_style);
  for (const char* bad :
       {"[preview_avatar.cat]\nlora_url=\"http://x\"\ntrigger=\"TOK\"\n", "[preview_avatar]\ntrigger=\"TOK\"\n",
        "[preview_avatar.style]\nlora_url=\"http://x\"\n", "[preview_avatar.style]\ntrigger=\"TOK\"\n",
        "[preview_avatar.style]\nlora_url=\"http://x\"\nfinetune_id=\"f\"\ntrigger=\"TOK\"\n"}) {
    const auto refused = load_text(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_NE(refused.error().detail.find("preview_avatar"), std::string::npos) << refused.error().detail;
  }
  const auto misspelt = load_text("[preview_avatar.style]\nlora_ulr=\"http://x\"\ntrigger=\"TOK\"\n");
  EXPECT_NE(misspelt.error().detail.find("preview_avatar.style.lora_ulr: unknown key (did you mean \"lora_url\"?)"),
            std::string::npos)
      << misspelt.error().detail;
}

}  // namespace
}  // namespace aisha::config
