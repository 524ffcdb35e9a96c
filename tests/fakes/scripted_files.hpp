// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "providers/file_fetcher.hpp"

namespace aisha::fakes {

/// Files by address; an address that has none is result_gone, one of `broken` fails with that.
class ScriptedFiles final : public providers::FileFetcher {
 public:
  std::map<std::string, std::string> files;
  std::map<std::string, Errc> broken;
  std::vector<std::string> asked;

  Task<Result<Digest>> fetch(std::string url, std::string path, std::uint64_t most) override {
    asked.push_back(url);
    if (const auto found = broken.find(url); found != broken.end()) {
      co_return fail(found->second, "scripted");
    }
    const auto found = files.find(url);
    if (found == files.end()) {
      co_return fail(Errc::result_gone, "HTTP 404");
    }
    if (found->second.size() > most) {
      co_return fail(Errc::net_too_large);
    }
    std::ofstream(path, std::ios::binary) << found->second;
    Digester digester;
    digester.add(found->second);
    co_return digester.finish();
  }
};

/// A LoRA file: `header` as safetensors has it, then `data`.
inline std::string safetensors(const std::string& header = R"({"__metadata__":{"made":"by hand"}})",
                               const std::string& data = "weights") {
  std::string out;
  for (std::size_t i = 0, length = header.size(); i < 8; ++i, length >>= 8U) {
    out += static_cast<char>(length & 0xFFU);
  }
  return out + header + data;
}

}  // namespace aisha::fakes
