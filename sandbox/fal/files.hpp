// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace aisha::sandbox::fal {

struct StoredFile {
  std::string id;  ///< last part of its address, with the extension
  std::string sha256;
  std::string content_type;
  std::string name;  ///< as uploaded; may be empty
  std::uint64_t size = 0;
  std::string of{};  ///< a picture painted here: the address that led to whom it shows
};
BOOST_DESCRIBE_STRUCT(StoredFile, (), (id, sha256, content_type, name, size, of))

/// fal's file store: contents by SHA-256 in a folder (or in memory when `folder` is empty), names in memory.
class FileStore {
 public:
  explicit FileStore(std::filesystem::path folder);

  /// Keeps the bytes and answers their SHA-256. Any thread. Throws when the folder cannot be written.
  std::string save(const std::string& bytes);
  /// Empty when they are not here. Any thread.
  std::optional<std::string> load(const std::string& sha256) const;

  /// Loop thread only, as everything below.
  void add(StoredFile file);
  const StoredFile* find(std::string_view id) const;
  /// The picture painted here that has these contents, under whatever address they came back.
  const StoredFile* painted(const std::string& sha256) const;
  void clear();

 private:
  std::filesystem::path folder_;
  std::map<std::string, StoredFile, std::less<>> files_;
  std::map<std::string, std::string> painted_;  ///< SHA-256 -> id
  mutable std::mutex mutex_;                    ///< guards `memory_`
  std::map<std::string, std::string> memory_;
};

}  // namespace aisha::sandbox::fal
