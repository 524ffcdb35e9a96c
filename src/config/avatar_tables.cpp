// SPDX-License-Identifier: Apache-2.0
#include "config/avatar_tables.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/words.hpp"

namespace aisha::config {
namespace {

using Member = std::pair<std::string_view, std::string*>;

void read_texts(const std::string& name, const toml::table& table, std::span<const Member> members,
                const Complaint& complain) {
  for (const auto& [key, node] : table) {
    const auto member = std::ranges::find(members, key.str(), &Member::first);
    const std::string full = name + "." + std::string(key.str());
    if (member == members.end()) {
      std::vector<std::string_view> names;
      std::ranges::transform(members, std::back_inserter(names), &Member::first);
      complain(node, full, "unknown key" + words::did_you_mean(key.str(), names));
    } else if (!node.is_string()) {
      complain(node, full, "expected a string");
    } else {
      *member->second = node.as_string()->get();
    }
  }
}

DemoAvatar read_avatar(const toml::table& table, const Complaint& complain) {
  DemoAvatar avatar;
  const Member members[] = {{"name", &avatar.name},         {"name_en", &avatar.name_en},
                            {"kind", &avatar.kind},         {"gender", &avatar.gender},
                            {"lora_url", &avatar.lora_url}, {"finetune_id", &avatar.finetune_id},
                            {"trigger", &avatar.trigger},   {"photo", &avatar.photo}};
  read_texts("demo_avatar", table, members, complain);
  return avatar;
}

}  // namespace

void read_demo_avatars(const toml::node& node, Config& config, const Complaint& complain) {
  const auto* list = node.as_array();
  if (list == nullptr || !list->is_homogeneous(toml::node_type::table)) {
    complain(node, "demo_avatar", "expected [[demo_avatar]] tables");
    return;
  }
  for (const toml::node& item : *list) {
    config.demo_avatars.push_back(read_avatar(*item.as_table(), complain));
  }
}

void read_preview_avatars(const toml::node& node, Config& config, const Complaint& complain) {
  const auto* kinds = node.as_table();
  if (kinds == nullptr || !kinds->is_homogeneous(toml::node_type::table)) {
    complain(node, "preview_avatar", "expected [preview_avatar.portrait] and [preview_avatar.style]");
    return;
  }
  for (const auto& [kind, table] : *kinds) {
    const std::string name = "preview_avatar." + std::string(kind.str());
    if (kind.str() != "portrait" && kind.str() != "style") {
      complain(table, name, "there are portrait and style");
      continue;
    }
    PreviewAvatar avatar;
    const Member members[] = {
        {"lora_url", &avatar.lora_url}, {"finetune_id", &avatar.finetune_id}, {"trigger", &avatar.trigger}};
    read_texts(name, *table.as_table(), members, complain);
    (kind.str() == "style" ? config.preview_style : config.preview_portrait) = std::move(avatar);
  }
}

}  // namespace aisha::config
