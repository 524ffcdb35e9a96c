// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/texts/catalogue.hpp"
#include "tests/fakes/paths.hpp"

#include <fstream>
#include <regex>

namespace aisha::texts::testing {
namespace {

std::string unquote(const std::string& line) {
  std::string out;
  for (std::size_t i = line.find('"') + 1; i < line.rfind('"'); ++i) {
    if (line[i] == '\\') {
      ++i;
      out += line[i] == 'n' ? '\n' : line[i];
    } else {
      out += line[i];
    }
  }
  return out;
}

}  // namespace

std::map<std::string, std::vector<std::string>> read_catalogue(const std::string& language) {
  std::map<std::string, std::vector<std::string>> out;
  std::ifstream in(aisha::fakes::source_dir() + "/data/locales/" + language + ".po");
  std::string line;
  std::string id;
  std::string* target = nullptr;
  while (std::getline(in, line)) {
    if (line.starts_with("msgid ")) {
      id = unquote(line);
      target = nullptr;
    } else if (line.starts_with("msgstr") && !id.empty()) {
      target = &out[id].emplace_back(unquote(line));
    } else if (line.starts_with("\"") && target != nullptr) {
      *target += unquote(line);
    }
  }
  return out;
}

std::set<std::string> placeholders(const std::string& text) {
  static const std::regex kName("\\{([^}]*)\\}");
  std::set<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), kName), end; it != end; ++it) {
    out.insert((*it)[1]);
  }
  return out;
}

}  // namespace aisha::texts::testing
