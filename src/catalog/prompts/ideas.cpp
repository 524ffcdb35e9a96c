// SPDX-License-Identifier: Apache-2.0
#include "catalog/prompts/ideas.hpp"

#include <fmt/format.h>

#include <utility>

#include "catalog/files/toml_reader.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::catalog {
namespace {

constexpr std::size_t kIdeaMax = 200;

std::string read_idea(TableReader& in, std::string_view key) {
  auto text = domain::check_prompt(in.text(key));
  if (!text || domain::count_code_points(*text) > kIdeaMax) {
    in.refuse(key, fmt::format("3 to {} characters of plain text were expected", kIdeaMax));
  }
  return std::move(*text);
}

std::vector<Words> read_file(const SourceFile& file) {
  std::vector<Words> out;
  const toml::table root = parse_file(file);
  TableReader top(file.name, root, "file");
  top.finish({"idea"});
  const toml::node* node = root.get("idea");
  if (node == nullptr || !node->is_array_of_tables()) {
    complain(file.name, node == nullptr ? static_cast<const toml::node&>(root) : *node, "[[idea]] was expected");
  }
  for (const toml::node& element : *node->as_array()) {
    TableReader in(file.name, *element.as_table(), "idea");
    Words idea{read_idea(in, "ru"), read_idea(in, "en")};
    in.finish();
    out.push_back(std::move(idea));
  }
  return out;
}

}  // namespace

Result<Ideas> Ideas::load(const Source& source) {
  const auto files = source.read("ideas");
  if (!files) {
    return std::unexpected(files.error());
  }
  try {
    std::vector<Words> all;
    for (const SourceFile& file : *files) {
      for (Words& idea : read_file(file)) {
        all.push_back(std::move(idea));
      }
    }
    return Ideas(std::move(all));
  } catch (const Mistake& mistake) {
    return fail(Errc::catalog_invalid, mistake.text);
  }
}

std::string_view Ideas::pick(std::uint64_t number, std::string_view language, std::string_view before) const {
  if (all_.empty()) {
    return {};
  }
  const std::size_t at = number % all_.size();
  const std::string& first = all_[at].in(language);
  return first == before ? all_[(at + 1) % all_.size()].in(language) : first;
}

}  // namespace aisha::catalog
