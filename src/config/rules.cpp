// SPDX-License-Identifier: Apache-2.0
#include "config/rules.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>

#include "config/listen.hpp"
#include "config/s3_rules.hpp"

namespace aisha::config {
namespace {

/// Bot API tokens: digits, a colon, then at least 30 of [A-Za-z0-9_-].
bool has_token_shape(std::string_view token) {
  const auto colon = token.find(':');
  if (colon == std::string_view::npos || colon == 0 || token.size() - colon - 1 < 30) {
    return false;
  }
  const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  const auto allowed = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; };
  return std::ranges::all_of(token.substr(0, colon), digit) && std::ranges::all_of(token.substr(colon + 1), allowed);
}

std::string_view host_of(std::string_view url) {
  const auto scheme = url.find("://");
  std::string_view rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (rest.starts_with('[')) {
    return rest.substr(0, rest.find(']') + 1);
  }
  return rest.substr(0, rest.find(':'));
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

std::string url_problem(std::string_view name, std::string_view url, bool allow_insecure) {
  if (url.starts_with("https://") && !host_of(url).empty()) {
    return "";
  }
  if (!url.starts_with("http://") || host_of(url).empty()) {
    return fmt::format("{}: expected a URL that starts with https://", name);
  }
  if (is_loopback(host_of(url)) || allow_insecure) {
    return "";
  }
  return fmt::format("{}: plain http to {} would show secrets on the way (set allow_insecure = true to accept that)",
                     name, host_of(url));
}

std::string optional_url_problem(std::string_view name, std::string_view url, bool allow_insecure) {
  return url.empty() ? "" : url_problem(name, url, allow_insecure);
}

std::string cache_problem(std::string_view url) {
  const bool known = url.starts_with("memory:") || url.starts_with("redis://");
  return known ? "" : "cache.url: expected memory: or redis://host:port/0";
}

/// systemd 254 and later lets a service read its credentials through an ACL, which looks like mode 0440
/// (systemd issue 29435); the folder is the service's alone.
bool is_credential(const std::string& path, const Environment& environment) {
  const auto folder = environment("CREDENTIALS_DIRECTORY");
  return folder && !folder->empty() && path.starts_with(*folder + "/") && path.find("/../") == std::string::npos;
}

/// What does not fit its column of `avatars`; bytes, which is stricter than the column's characters.
std::string too_long(const DemoAvatar& avatar) {
  return avatar.name.size() > 100          ? "name"
         : avatar.name_en.size() > 100     ? "name_en"
         : avatar.lora_url.size() > 500    ? "lora_url"
         : avatar.finetune_id.size() > 255 ? "finetune_id"
         : avatar.trigger.size() > 100     ? "trigger"
                                           : "";
}

bool is_postgres(std::string_view url) {
  return url.starts_with("postgres://") || url.starts_with("postgresql://");
}

/// The schema's name stands in statements as it is.
bool is_plain_name(std::string_view name) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.size() <= 63 && std::ranges::all_of(name, plain) && !(name[0] >= '0' && name[0] <= '9');
}

std::string database_problem(const Config& config) {
  if (!config.database_url.starts_with("sqlite:") && !is_postgres(config.database_url)) {
    return "database.url: expected sqlite:PATH or postgres://USER@HOST/DATABASE";
  }
  if (!is_plain_name(config.database_schema) || config.database_schema == "public") {
    return "database.schema: expected a name of a-z, 0-9 and _ that is not public";
  }
  return "";
}

/// The same that http::ProxyRules takes; never shows what is written there, which may hold a password.
std::string proxy_problem(std::string_view url) {
  constexpr std::array kSchemes = {"http://", "https://", "socks4://", "socks4a://", "socks5://", "socks5h://"};
  const bool known = std::ranges::any_of(kSchemes, [url](const char* scheme) { return url.starts_with(scheme); });
  return url.empty() || (known && !host_of(url).empty())
             ? ""
             : "network.proxy: expected http://host:port, https://, socks4a:// or socks5h://";
}

std::string origin_problem(const std::vector<std::string>& origins) {
  for (const std::string& origin : origins) {
    std::string_view host = origin.contains("://") ? host_of(origin) : std::string_view(origin);
    const bool has_scheme = origin.starts_with("https://") || origin.starts_with("http://");
    const bool is_pattern = host.starts_with("*.");
    host.remove_prefix(is_pattern ? 2 : 0);
    // "*.org" would be everybody's.
    const bool plain = !host.empty() && !host.contains('*') && (!is_pattern || host.contains('.'));
    if (!plain || !(has_scheme || (is_pattern && !origin.contains("://")))) {
      return fmt::format(
          "fal.file_origins: \"{}\" is no origin (https://files.example.org) and no pattern "
          "(*.example.org)",
          origin);
    }
  }
  return "";
}

std::string avatar_problem(const DemoAvatar& avatar) {
  if (avatar.name.empty()) {
    return "demo_avatar: name is missing";
  }
  if (avatar.kind != "portrait" && avatar.kind != "style") {
    return fmt::format("demo_avatar \"{}\": kind is portrait or style", avatar.name);
  }
  if (avatar.gender != "male" && avatar.gender != "female") {
    return fmt::format("demo_avatar \"{}\": gender is male or female", avatar.name);
  }
  if (const std::string column = too_long(avatar); !column.empty()) {
    return fmt::format("demo_avatar \"{}\": {} is too long", avatar.name, column);
  }
  if (avatar.lora_url.empty() == avatar.finetune_id.empty()) {
    return fmt::format("demo_avatar \"{}\": needs either lora_url or finetune_id", avatar.name);
  }
  return avatar.trigger.empty() ? fmt::format("demo_avatar \"{}\": trigger is missing", avatar.name) : "";
}

std::string preview_avatar_problem(std::string_view kind, const std::optional<PreviewAvatar>& avatar) {
  if (!avatar) {
    return "";
  }
  if (avatar->lora_url.empty() == avatar->finetune_id.empty()) {
    return fmt::format("preview_avatar.{}: needs either lora_url or finetune_id", kind);
  }
  return avatar->trigger.empty() ? fmt::format("preview_avatar.{}: trigger is missing", kind) : "";
}

}  // namespace

Result<void> check_file_is_private(const std::string& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) {
    return fail(Errc::config_secret, fmt::format("{}: cannot be read", path));
  }
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(Errc::config_secret, fmt::format("{}: mode {:04o} lets others read a secret (chmod 600 {})", path,
                                                 info.st_mode & 07777U, path));
  }
  return {};
}

Result<Secret> read_secret_file(const std::string& path, const Environment& environment) {
  if (auto kept = check_file_is_private(path); !kept && !is_credential(path, environment)) {
    return std::unexpected(kept.error());
  }
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line) || line.empty()) {
    return fail(Errc::config_secret, fmt::format("{}: empty", path));
  }
  return Secret(std::move(line));
}

Result<Config> check_rules(Config config) {
  if (!config.telegram.token.empty() && !has_token_shape(config.telegram.token.reveal())) {
    return fail(Errc::config_secret, "telegram.token: not the shape of a bot token (123456:AAE...)");
  }
  if (const std::string problem = webhook_secret_problem(config.telegram); !problem.empty()) {
    return fail(Errc::config_secret, problem);
  }
  const std::array problems{
      url_problem("telegram.api_root", config.telegram.api_root, config.allow_insecure),
      url_problem("fal.queue_url", config.fal.queue_url, config.allow_insecure),
      url_problem("fal.api_url", config.fal.api_url, config.allow_insecure),
      url_problem("fal.rest_url", config.fal.rest_url, config.allow_insecure),
      url_problem("fal.run_url", config.fal.run_url, config.allow_insecure),
      optional_url_problem("telegram.webhook_url", config.telegram.webhook_url, config.allow_insecure),
      optional_url_problem("fal.webhook_url", config.fal.webhook_url, config.allow_insecure),
      optional_url_problem("fal.jwks_url", config.fal.jwks_url, config.allow_insecure),
      webhook_problem(config),
      database_problem(config),
      cache_problem(config.cache_url),
      proxy_problem(config.network.proxy.reveal()),
      origin_problem(config.fal.file_origins),
      preview_avatar_problem("portrait", config.preview_portrait),
      preview_avatar_problem("style", config.preview_style),
  };
  for (const std::string& problem : problems) {
    if (!problem.empty()) {
      return fail(Errc::config_invalid, problem);
    }
  }
  for (const DemoAvatar& avatar : config.demo_avatars) {
    if (const std::string problem = avatar_problem(avatar); !problem.empty()) {
      return fail(Errc::config_invalid, problem);
    }
  }
  if (auto s3 = check_s3(config); !s3) {
    return std::unexpected(s3.error());
  }
  return config;
}

}  // namespace aisha::config
