// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/journal.hpp"

#include <string>

namespace aisha::sandbox::fal {

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
    out_.open(path_, std::ios::binary | std::ios::app);
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
