// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/urls.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cctype>
#include <optional>

#include "base/encoding.hpp"

namespace aisha::providers::fal {
namespace {

struct Origin {
  std::string scheme;
  std::string host;
  std::string port;
  bool userinfo = false;
  bool is_address = false;
  bool operator==(const Origin&) const = default;
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// 2130706433, 0x7f.1 and 0177.0.0.1 are names to a URL parser and addresses to a resolver: a host whose last label is a
// number is one of them.
bool looks_like_address(std::string_view host) {
  if (host.ends_with('.')) {
    host.remove_suffix(1);
  }
  const auto dot = host.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
  if (last.starts_with("0x") || last.starts_with("0X")) {
    return true;
  }
  return !last.empty() && std::ranges::all_of(last, [](unsigned char c) { return std::isdigit(c) != 0; });
}

// What a resolver takes; RFC 3986 allows a registered name more than that.
bool is_host_name(std::string_view host) {
  return std::ranges::all_of(host,
                             [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_'; });
}

std::optional<Origin> origin_of(std::string_view text) {
  const auto parsed = boost::urls::parse_uri(text);
  if (!parsed || !parsed->has_authority() || parsed->host().empty()) {
    return std::nullopt;
  }
  Origin out;
  out.scheme = lower(std::string(parsed->scheme()));
  out.host = lower(std::string(parsed->host()));
  out.port = std::string(parsed->port());
  if (out.port.empty()) {
    out.port = out.scheme == "https" ? "443" : out.scheme == "http" ? "80" : "";
  }
  out.userinfo = parsed->has_userinfo();
  const auto kind = parsed->host_type();
  out.is_address = kind == boost::urls::host_type::ipv4 || kind == boost::urls::host_type::ipv6 ||
                   kind == boost::urls::host_type::ipvfuture || looks_like_address(out.host);
  // Boost 1.81 reads "https://host:A42/x" as a host and a path "A42/x", "https://127.0.0.1./x" as an address and a path
  // "./x": what follows an origin is a path, a query or a fragment.
  const std::string_view rest = text.substr(std::min(text.size(), parsed->encoded_origin().size()));
  const bool torn = !rest.empty() && rest.find_first_of("/?#") != 0;
  if (!out.is_address && (torn || !is_host_name(out.host))) {
    return std::nullopt;
  }
  if (torn) {
    out.port.clear();  // equal to no listed origin
  }
  return out;
}

bool covers(std::string_view rule, std::string_view host) {
  if (rule.starts_with("*.")) {
    return host.size() > rule.size() - 1 && host.ends_with(rule.substr(1));
  }
  return host == rule;
}

bool host_listed(const std::vector<std::string>& hosts, std::string_view host) {
  return std::ranges::any_of(hosts, [&](const std::string& rule) { return covers(rule, host); });
}

struct Pattern {
  std::string scheme = "https";
  std::string host;
  std::string port;  ///< "*" = any
};

/// "*.example.org", "https://*.example.org:8443", "http://127.0.0.1:*"; nothing: an exact origin.
std::optional<Pattern> pattern_of(std::string_view text) {
  if (!text.contains('*')) {
    return std::nullopt;
  }
  Pattern out;
  if (const auto end = text.find("://"); end != std::string_view::npos) {
    out.scheme = lower(text.substr(0, end));
    text.remove_prefix(end + 3);
  }
  const auto colon = text.find(':');
  out.host = lower(text.substr(0, colon));
  out.port = colon != std::string_view::npos ? std::string(text.substr(colon + 1))
             : out.scheme == "http"          ? "80"
                                             : "443";
  return out;
}

bool matches(const Pattern& pattern, const Origin& origin) {
  const bool same_port = pattern.port == "*" ? !origin.port.empty() : pattern.port == origin.port;
  return pattern.scheme == origin.scheme && same_port && covers(pattern.host, origin.host);
}

/// What the settings say of an origin.
enum class Listed {
  no,
  beside,  ///< another port of a listed one: of the same party, and may be listed too
  named,
  exempt,
};

Listed listed(const std::vector<std::string>& rules, const Origin& origin) {
  Listed best = Listed::no;
  for (const std::string& rule : rules) {
    if (const auto pattern = pattern_of(rule)) {
      if (matches(*pattern, origin)) {
        // Plain http is for this machine and its neighbours.
        best = std::max(best, pattern->scheme == "http" ? Listed::exempt : Listed::named);
      }
    } else if (const auto exact = origin_of(rule)) {
      const bool beside = exact->scheme == origin.scheme && exact->host == origin.host;
      best = std::max(best, *exact == origin ? Listed::exempt : beside ? Listed::beside : Listed::no);
    }
  }
  return best;
}

std::string text_of(const Origin& origin) {
  const bool usual = origin.port == (origin.scheme == "https" ? "443" : "80");
  return origin.scheme + "://" + origin.host + (usual ? "" : ":" + origin.port);
}

std::unexpected<Error> unknown(const Origin& origin) {
  return fail(Errc::result_origin_unknown, text_of(origin));
}

}  // namespace

std::string app_id(std::string_view endpoint) {
  const bool three = endpoint.starts_with("workflows/") || endpoint.starts_with("comfy/");
  std::size_t end = 0;
  for (int segments = three ? 3 : 2; segments > 0; --segments) {
    const auto slash = endpoint.find('/', end);
    if (slash == std::string_view::npos) {
      return std::string(endpoint);
    }
    end = slash + 1;
  }
  return std::string(endpoint.substr(0, end - 1));
}

std::string request_url(std::string_view queue_url, std::string_view endpoint, std::string_view request_id) {
  return std::string(queue_url) + "/" + app_id(endpoint) + "/requests/" + encoding::percent_encode(request_id);
}

std::string trusted_url(std::string_view queue_url, std::string_view returned) {
  const auto ours = origin_of(queue_url);
  const auto theirs = origin_of(returned);
  if (!ours || !theirs || theirs->userinfo || *ours != *theirs) {
    return {};
  }
  return std::string(returned);
}

Result<DownloadRule> check_download(const Options& options, std::string_view url) {
  const auto origin = origin_of(url);
  if (!origin || origin->userinfo) {
    return fail(Errc::result_url_refused, "not a plain address of a file");
  }
  const Listed rule = listed(options.file_origins, *origin);
  if (rule == Listed::exempt) {
    return DownloadRule{.exempt = true};
  }
  const bool is_torn = origin->port.empty();
  if (rule == Listed::beside && !is_torn) {
    return unknown(*origin);
  }
  if (origin->scheme != "https") {
    return fail(Errc::result_url_refused, "scheme " + origin->scheme);
  }
  if (origin->is_address) {
    return fail(Errc::result_address_refused, origin->host);
  }
  if (is_torn) {
    return fail(Errc::result_url_refused, "not a plain address of a file");
  }
  if (rule == Listed::named || (origin->port == "443" && host_listed(options.file_hosts, origin->host))) {
    return DownloadRule{};
  }
  return unknown(*origin);
}

Result<DownloadRule> check_public(const Options& options, std::string_view url) {
  auto rule = check_download(options, url);
  if (rule || rule.error().code != Errc::result_origin_unknown) {
    return rule;
  }
  const auto origin = origin_of(url);
  if (origin->scheme != "https") {
    return fail(Errc::result_url_refused, "scheme " + origin->scheme);
  }
  return origin->is_address ? Result<DownloadRule>(fail(Errc::result_address_refused, origin->host)) : DownloadRule{};
}

}  // namespace aisha::providers::fal
