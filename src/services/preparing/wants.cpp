// SPDX-License-Identifier: Apache-2.0
#include "services/preparing/wants.hpp"

#include <boost/describe/class.hpp>
#include <optional>
#include <utility>

namespace aisha::services {
namespace {

// Every member is written: rows that another release wrote may lack one.
struct StoredFile {
  std::string at;
  std::string key;
  std::string type;
};
BOOST_DESCRIBE_STRUCT(StoredFile, (), (at, key, type))

struct StoredWants {
  std::vector<StoredFile> files;
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(StoredWants, (), (files, words))

}  // namespace

std::string stand_in(std::size_t n) {
  return "file:" + std::to_string(n);
}

std::string place_of(const json::Object& input, const std::string& stand_in) {
  for (const auto& [field, value] : input) {
    if (value.is_string() && value.get_string() == stand_in) {
      return "/" + std::string(field);
    }
    const json::Array* list = value.if_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      const json::Value& element = (*list)[i];
      if (element.is_string() && element.get_string() == stand_in) {
        return "/" + std::string(field) + "/" + std::to_string(i);
      }
    }
  }
  return {};
}

std::string write_wants(const Wants& wants) {
  if (wants.empty()) {
    return {};
  }
  StoredWants out;
  for (const WantedFile& file : wants.files) {
    out.files.push_back({file.at, file.key, file.type});
  }
  if (!wants.words.empty()) {
    out.words = wants.words;
  }
  return json::encode_text(out);
}

Result<Wants> read_wants(std::string_view text) {
  if (text.empty()) {
    return Wants{};
  }
  auto stored = json::decode<StoredWants>(text);
  if (!stored) {
    return std::unexpected(stored.error());
  }
  Wants out;
  for (StoredFile& file : stored->files) {
    out.files.push_back({std::move(file.at), std::move(file.key), std::move(file.type)});
  }
  out.words = stored->words.value_or("");
  return out;
}

}  // namespace aisha::services
