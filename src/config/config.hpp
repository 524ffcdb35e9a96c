// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

/// aisha.toml and the environment as typed settings. docs/guides/configuration.md explains each key.
namespace aisha::config {

/// The one HTTP listener: webhooks, /healthz, /readyz, /metrics.
struct Server {
  std::string listen;  ///< "127.0.0.1:8080"; "" = none
};

struct Telegram {
  Secret token;
  std::string api_root = "https://api.telegram.org";
  std::string updates = "polling";
  std::string inline_mode = "auto";  ///< "off": not answered even where @BotFather has switched it on
  std::string webhook_url;           ///< what Telegram calls; ends with /telegram
  Secret webhook_secret;             ///< "" = derived from the token (listen.hpp)
  std::string webhook_certificate;   ///< PEM of a certificate of one's own, uploaded to Telegram; "" = a public one
  std::int64_t webhook_connections = 40;
  std::int64_t poll_timeout_s = 25;  ///< so long a dead road to Telegram may go unnoticed
};

struct Fal {
  Secret key;
  Secret admin_key;  ///< removes what fal keeps of requests; "" = nothing is removed there
  std::string api_url = "https://api.fal.ai";
  std::int64_t payload_days = 90;  ///< how long fal keeps a request's input and result at most
  std::string queue_url = "https://queue.fal.run";
  std::string rest_url = "https://rest.fal.ai";
  std::string webhook_url;  ///< what fal calls; ends with /fal; "" = polling only
  std::string jwks_url;     ///< keys that sign its calls; "" = /.well-known/jwks.json under rest_url
  /// Further origins of result files. An exact one ("https://files.example.org") or a pattern of plain http
  /// ("http://127.0.0.1:*") is exempt from the scheme, port and private-address rules; another pattern
  /// ("*.example.org", "https://*.example.org:8443") only names hosts.
  std::vector<std::string> file_origins;
};

/// The way out to Telegram, fal and an S3 server; databases and local addresses never go through a proxy.
struct Network {
  Secret proxy;          ///< "http://[user:password@]host:port", "socks5h://..."; "" = the environment's
  std::string no_proxy;  ///< hosts that are reached without; "" = the environment's
};

/// Used when `blobs_url` names an S3 server.
struct S3 {
  std::string access_key;
  Secret secret_key;
  std::string region = "us-east-1";
  std::string public_url;  ///< "" = the address of `blobs_url`
  bool path_style = true;
  std::string bucket_generated = "aisha-v2-generated";
  std::string bucket_templates = "aisha-v2-templates";
  std::string bucket_temp = "aisha-v2-temp";
};

struct Money {
  std::int64_t starting_grant = 25;
  std::int64_t price = 5;           ///< of a picture whose style names no price of its own
  std::int64_t sandbox_top_up = 0;  ///< coins that a sandbox may give for nothing, each time; 0 = it may not
};

struct Limits {
  std::int64_t active_jobs = 2;
  std::int64_t requests_per_minute = 20;
  std::int64_t updates_per_minute = 300;
  double usd_per_day = 0;         ///< at most for all pictures of a UTC day; 0 = no cap
  double usd_per_person_day = 0;  ///< ... for those of one person
  std::int64_t free_rerolls = 1;  ///< attempts for nothing after a result that is no good
  /// Defects that earn one.
  std::vector<std::string> reroll_on{"blank", "black", "blurred_out", "wrong_ratio", "too_small", "truncated"};
};

/// Everything timed, so that tests can shorten it.
struct Timing {
  Millis prepare_lease{120'000};
  Millis lease{30'000};
  Millis job_deadline{600'000};
  Millis unconfirmed_wait{0};  ///< 0 = 120 s with a webhook of fal, none without
  Millis poll_first{1'000};
  Millis poll_slowest{5'000};
  Millis status_edit_gap{3'000};
  Millis late_notice_after{20'000};
  Millis retry_first{500};
  Millis retry_slowest{8'000};
  Millis shutdown_grace{8'000};
  Millis telegram_timeout{15'000};   ///< of a call's answer; a long poll adds its own waiting
  Millis upload_timeout{60'000};     ///< of a call that carries a picture
  Millis submit_timeout{25'000};     ///< after which a submit's outcome is unknown
  Millis fal_timeout{10'000};        ///< of fal's other answers
  Millis download_timeout{60'000};   ///< of a whole picture
  Millis storage_timeout{20'000};    ///< of one try to keep or read a picture in an S3 server
  Millis sweep{60'000};              ///< between two looks for what has had its time
  std::int64_t awaits_minutes = 15;  ///< how long an asked-for text is waited for
  std::int64_t trash_days = 30;
  std::int64_t retention_hours = 48;  ///< of inbox and outbox rows
};

struct Sharing {
  std::int64_t link_days = 30;  ///< then a link ends by itself
};

struct Prompts {
  std::string moderation_dir;  ///< "" = the rules built into the program
};

struct Log {
  std::string level = "info";
  std::string format = "text";
};

/// A ready avatar that every new person gets.
struct DemoAvatar {
  std::string name;     ///< in Russian
  std::string name_en;  ///< in English; "" = `name`
  std::string kind = "portrait";
  std::string lora_url;
  std::string finetune_id;
  std::string trigger;
  std::string gender = "female";
  std::string photo;
};

/// Who stands in front of the styles in their previews; without one, the first demo avatar of the kind.
struct PreviewAvatar {
  std::string lora_url;
  std::string finetune_id;
  std::string trigger;
};

struct Config {
  std::string database_url = "sqlite:aisha.db";
  Secret database_password;  ///< instead of one in the URL
  std::string database_schema = "aisha";
  std::int64_t database_pool = 10;
  std::string cache_url = "memory:";
  std::string cache_prefix;  ///< before every key
  Secret cache_password;     ///< instead of one in the URL
  std::string blobs_url = "dir:./blobs";
  std::string catalog_dir;       ///< "" = the catalogue built into the program
  std::string imager_program;    ///< "" = aisha-imager beside this program
  std::string operator_contact;  ///< shown by /help, e.g. "@support"
  bool allow_insecure = false;   ///< plain http to public hosts
  Server server;
  Telegram telegram;
  Fal fal;
  Network network;
  S3 s3;
  Money money;
  Limits limits;
  Timing timing;
  Sharing sharing;
  Prompts prompts;
  Log log;
  std::vector<DemoAvatar> demo_avatars;
  std::optional<PreviewAvatar> preview_portrait;
  std::optional<PreviewAvatar> preview_style;
};

/// Reads an environment variable; injected for tests.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;
Environment process_environment();

/// File, then environment over it ("[telegram] token" = AISHA_TELEGRAM_TOKEN; secrets also as AISHA_..._FILE).
/// `path` may be empty: environment and defaults only. Every problem of the file is in the one error, a line each:
/// Errc::config_invalid "aisha.toml:12: telegram.tokn: unknown key (did you mean \"token\"?)", Errc::config_secret.
Result<Config> load(const std::string& path, const Environment& environment);

}  // namespace aisha::config
