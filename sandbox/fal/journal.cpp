// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/journal.hpp"

#include <string>

namespace aisha::sandbox::fal {
namespace {

/// True when the last line has no end: what is appended must not become a part of it.
bool ends_torn(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in || in.tellg() <= 0) {
    return false;
  }
  in.seekg(-1, std::ios::end);
  return in.get() != '\n';
}

}  // namespace

std::vector<json::Value> Journal::read() const {
  std::vector<json::Value> out;
  std::ifstream in(path_, std::ios::binary);
  std::string line;
  while (std::getline(in, line)) {
    if (auto value = json::parse(line)) {
      out.push_back(std::move(*value));
    }
  }
  return out;
}

void Journal::append(const json::Value& line) {
  if (path_.empty()) {
    return;
  }
  if (!out_.is_open()) {
    const bool torn = ends_torn(path_);
    out_.open(path_, std::ios::binary | std::ios::app);
    if (torn) {
      out_ << '\n';
    }
  }
  out_ << json::serialize(line) << '\n';
  out_.flush();
}

void Journal::rewrite(const std::vector<json::Value>& lines) {
  if (path_.empty()) {
    return;
  }
  out_.close();
  const std::filesystem::path aside = path_.string() + ".new";
  {
    std::ofstream fresh(aside, std::ios::binary | std::ios::trunc);
    for (const json::Value& line : lines) {
      fresh << json::serialize(line) << '\n';
    }
  }
  std::filesystem::rename(aside, path_);
  out_ = std::ofstream(path_, std::ios::binary | std::ios::app);
}

}  // namespace aisha::sandbox::fal
