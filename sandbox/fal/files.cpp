// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <thread>
#include <utility>

#include "base/encoding.hpp"

namespace aisha::sandbox::fal {

FileStore::FileStore(std::filesystem::path folder) : folder_(std::move(folder)) {
  if (!folder_.empty()) {
    std::filesystem::create_directories(folder_);
  }
}

std::string FileStore::save(const std::string& bytes) {
  std::string sha = encoding::sha256_hex(bytes);
  if (folder_.empty()) {
    const std::lock_guard lock(mutex_);
    memory_.try_emplace(sha, bytes);
    return sha;
  }
  const std::filesystem::path target = folder_ / sha;
  if (std::filesystem::exists(target)) {
    return sha;
  }
  // Written aside and renamed: a crash leaves no half of a picture under its final name.
  const auto thread = std::hash<std::thread::id>{}(std::this_thread::get_id());
  const std::filesystem::path aside = folder_ / fmt::format("{}.{}.part", sha, thread);
  std::ofstream out(aside, std::ios::binary);
  out.write(bytes.data(), std::streamsize(bytes.size()));
  out.close();
  if (!out) {
    throw std::runtime_error(fmt::format("cannot write {}", aside.string()));
  }
  std::filesystem::rename(aside, target);
  return sha;
}

std::optional<std::string> FileStore::load(const std::string& sha256) const {
  if (folder_.empty()) {
    const std::lock_guard lock(mutex_);
    const auto found = memory_.find(sha256);
    return found == memory_.end() ? std::nullopt : std::optional(found->second);
  }
  std::ifstream in(folder_ / sha256, std::ios::binary);
  if (!in) {
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

void FileStore::add(StoredFile file) {
  std::string id = file.id;
  if (!file.of.empty()) {
    painted_.insert_or_assign(file.sha256, id);
  }
  files_.insert_or_assign(std::move(id), std::move(file));
}

const StoredFile* FileStore::find(std::string_view id) const {
  const auto found = files_.find(id);
  return found == files_.end() ? nullptr : &found->second;
}

const StoredFile* FileStore::painted(const std::string& sha256) const {
  const auto found = painted_.find(sha256);
  return found == painted_.end() ? nullptr : find(found->second);
}

void FileStore::clear() {
  files_.clear();
  painted_.clear();
}

}  // namespace aisha::sandbox::fal
