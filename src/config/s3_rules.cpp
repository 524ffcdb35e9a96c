// SPDX-License-Identifier: Apache-2.0
#include "config/s3_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace aisha::config {
namespace {

/// "" when `address` is "host" or "host:port" with a port that is not the scheme's own: signatures cover it, and no
/// client sends that one.
std::string address_problem(std::string_view name, std::string_view address, bool tls) {
  if (address.empty() || address.find_first_of("/?#@ ") != std::string_view::npos) {
    return fmt::format("{}: expected a host and perhaps a port behind the scheme, nothing else", name);
  }
  const std::string_view own = tls ? ":443" : ":80";
  return address.ends_with(own) ? fmt::format("{}: leave out {}, it is the scheme's own", name, own) : "";
}

std::string public_url_problem(const Config& config) {
  constexpr std::string_view kName = "s3.public_url";
  const std::string_view url = config.s3.public_url;
  if (url.empty()) {
    return "";
  }
  const bool tls = url.starts_with("https://");
  if (!tls && !url.starts_with("http://")) {
    return fmt::format("{}: expected https://host[:port]", kName);
  }
  const std::string_view address = url.substr(url.find("://") + 3);
  const bool near = address.starts_with("127.") || address.starts_with("localhost") || address.starts_with("[::1]");
  if (!tls && !near && !config.allow_insecure) {
    return fmt::format("{}: plain http would show pictures on the way (set allow_insecure = true to accept that)",
                       kName);
  }
  return address_problem(kName, address, tls);
}

/// Amazon's rules for names, which every server shares.
bool is_bucket_name(std::string_view name) {
  const auto plain = [](char c) {
    return std::islower(static_cast<unsigned char>(c)) || std::isdigit(static_cast<unsigned char>(c));
  };
  return name.size() >= 3 && name.size() <= 63 && plain(name.front()) && plain(name.back()) &&
         std::ranges::all_of(name, [&](char c) { return plain(c) || c == '-' || c == '.'; });
}

std::string bucket_problem(const S3& s3) {
  const std::array names{s3.bucket_generated, s3.bucket_templates, s3.bucket_temp};
  for (const std::string& name : names) {
    if (!is_bucket_name(name)) {
      return fmt::format("s3: \"{}\" is no bucket name (3 to 63 of a-z, 0-9, '-', '.')", name);
    }
  }
  return names[0] == names[1] || names[1] == names[2] || names[0] == names[2] ? "s3: the three buckets need three names"
                                                                              : "";
}

}  // namespace

Result<void> check_s3(const Config& config) {
  const std::string_view url = config.blobs_url;
  if (url.starts_with("dir:")) {
    return {};
  }
  const bool tls = url.starts_with("s3://");
  if (!tls && !url.starts_with("s3+http://")) {
    return fail(Errc::config_invalid, "blobs.url: expected dir:PATH, s3://host[:port] or s3+http://host[:port]");
  }
  for (const std::string& problem : {address_problem("blobs.url", url.substr(url.find("://") + 3), tls),
                                     public_url_problem(config), bucket_problem(config.s3)}) {
    if (!problem.empty()) {
      return fail(Errc::config_invalid, problem);
    }
  }
  if (config.s3.access_key.empty() || config.s3.secret_key.empty()) {
    return fail(Errc::config_secret, "s3.access_key and s3.secret_key are needed for this [blobs] url");
  }
  return {};
}

}  // namespace aisha::config
