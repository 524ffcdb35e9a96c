// SPDX-License-Identifier: Apache-2.0
#include "http/common/multipart.hpp"

#include <strings.h>

#include <optional>

namespace aisha::http {
namespace {

constexpr std::size_t kMaxBoundary = 70;  // RFC 2046 §5.1.1
constexpr std::size_t kMaxParts = 256;
constexpr char kFormData[] = "multipart/form-data; boundary=";

// A name stands between quotes: the three characters that could end it are percent-encoded, as browsers do.
void append_quoted(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '"': out += "%22"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      default: out += c;
    }
  }
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

bool starts_with_nocase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && strncasecmp(text.data(), prefix.data(), prefix.size()) == 0;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The parameter of a header value such as `form-data; name="a"; filename=b`.
std::optional<std::string> parameter(std::string_view value, std::string_view name) {
  std::size_t at = value.find(';');
  while (at != std::string_view::npos) {
    value = trim(value.substr(at + 1));
    const auto equals = value.find('=');
    if (equals == std::string_view::npos) {
      return std::nullopt;
    }
    const std::string_view key = trim(value.substr(0, equals));
    value = trim(value.substr(equals + 1));
    std::string found;
    if (value.starts_with('"')) {
      std::size_t i = 1;
      for (; i < value.size() && value[i] != '"'; ++i) {
        // A backslash only escapes a quote or itself; browsers send Windows paths with bare backslashes.
        if (value[i] == '\\' && i + 1 < value.size() && (value[i + 1] == '"' || value[i + 1] == '\\')) {
          ++i;
        }
        found += value[i];
      }
      if (i == value.size()) {
        return std::nullopt;
      }
      at = value.find(';', i);
    } else {
      at = value.find(';');
      found = std::string(trim(value.substr(0, at)));
    }
    if (key.size() == name.size() && starts_with_nocase(key, name)) {
      return found;
    }
  }
  return std::nullopt;
}

/// Up to where the bytes of the part begin.
void append_headers(std::string& out, const Part& part, std::string_view boundary) {
  out.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"");
  append_quoted(out, part.name);
  if (!part.filename.empty()) {
    out += "\"; filename=\"";
    append_quoted(out, part.filename);
  }
  out += '"';
  if (!part.content_type.empty()) {
    out.append("\r\nContent-Type: ").append(part.content_type);
  }
  out += "\r\n\r\n";
}

std::optional<Part> read_headers(std::string_view block) {
  Part part;
  bool named = false;
  while (!block.empty()) {
    const auto end = block.find("\r\n");
    const std::string_view line = block.substr(0, end);
    block = end == std::string_view::npos ? std::string_view{} : block.substr(end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) {
      return std::nullopt;
    }
    const std::string_view value = trim(line.substr(colon + 1));
    if (starts_with_nocase(line, "content-disposition:")) {
      const auto name = parameter(value, "name");
      if (!name || !starts_with_nocase(value, "form-data")) {
        return std::nullopt;
      }
      named = true;
      part.name = *name;
      part.filename = parameter(value, "filename").value_or("");
      for (std::string* text : {&part.name, &part.filename}) {
        replace_all(*text, "%22", "\"");
        replace_all(*text, "%0D", "\r");
        replace_all(*text, "%0A", "\n");
      }
    } else if (starts_with_nocase(line, "content-type:")) {
      part.content_type = std::string(value);
    }
  }
  return named ? std::optional(std::move(part)) : std::nullopt;
}

}  // namespace

MultipartWrap wrap_multipart(const std::vector<Part>& parts, const Part& last, std::string_view boundary) {
  MultipartWrap out;
  out.content_type = kFormData + std::string(boundary);
  for (const Part& part : parts) {
    append_headers(out.head, part, boundary);
    out.head.append(part.body).append("\r\n");
  }
  append_headers(out.head, last, boundary);
  out.tail.append("\r\n--").append(boundary).append("--\r\n");
  return out;
}

Result<std::vector<Part>> read_multipart(std::string_view content_type, std::string_view body) {
  const auto boundary = parameter(content_type, "boundary");
  if (!starts_with_nocase(content_type, "multipart/form-data") || !boundary || boundary->empty() ||
      boundary->size() > kMaxBoundary) {
    return fail(Errc::http_bad_request, "multipart: no boundary");
  }
  const std::string delimiter = "\r\n--" + *boundary;
  // The first delimiter may stand at the very start, without the line break before it.
  std::size_t at = delimiter.size() - 2;
  if (!body.starts_with(std::string_view(delimiter).substr(2))) {
    const auto found = body.find(delimiter);
    if (found == std::string_view::npos) {
      return fail(Errc::http_bad_request, "multipart: the boundary never comes");
    }
    at = found + delimiter.size();
  }
  std::vector<Part> parts;
  for (;;) {
    std::string_view rest = body.substr(at);
    if (rest.starts_with("--")) {
      return parts;
    }
    const auto line_end = rest.find("\r\n");
    if (line_end == std::string_view::npos || !trim(rest.substr(0, line_end)).empty() || parts.size() == kMaxParts) {
      return fail(Errc::http_bad_request, "multipart: bad delimiter or too many parts");
    }
    rest = rest.substr(line_end + 2);
    const auto headers_end = rest.find("\r\n\r\n");
    const auto next = headers_end == std::string_view::npos ? headers_end : rest.find(delimiter, headers_end + 2);
    auto part = next == std::string_view::npos ? std::nullopt : read_headers(rest.substr(0, headers_end));
    if (!part) {
      return fail(Errc::http_bad_request, "multipart: a part is cut off or unnamed");
    }
    // An empty body shares its line break with the delimiter.
    part->body = next > headers_end + 4 ? std::string(rest.substr(headers_end + 4, next - headers_end - 4)) : "";
    parts.push_back(std::move(*part));
    at = static_cast<std::size_t>(rest.data() - body.data()) + next + delimiter.size();
  }
}

}  // namespace aisha::http
