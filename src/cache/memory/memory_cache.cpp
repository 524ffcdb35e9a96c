// SPDX-License-Identifier: Apache-2.0
#include "cache/memory/memory_cache.hpp"

#include <algorithm>
#include <list>
#include <unordered_map>

namespace aisha::cache {
namespace {

class MemoryCache final : public Cache {
 public:
  MemoryCache(const Clock& clock, MemoryLimits limits) : clock_(clock), limits_(limits) {}

  Task<std::optional<std::string>> get(std::string key) override;
  Task<void> put(std::string key, std::string value, Millis ttl) override;
  Task<bool> add(std::string key, std::string value, Millis ttl) override;
  Task<void> erase(std::string key) override;

 private:
  struct Entry {
    std::string key;
    std::string value;
    TimePoint expires;
    std::size_t bytes() const { return key.size() + value.size(); }
  };
  using Entries = std::list<Entry>;

  /// The live entry under `key`; `end` when there is none.
  Entries::iterator find(const std::string& key);
  void insert(std::string key, std::string value, Millis ttl);
  void remove(Entries::iterator entry);

  const Clock& clock_;
  MemoryLimits limits_;
  std::size_t bytes_ = 0;
  Entries entries_;                                                ///< most recently used first
  std::unordered_map<std::string_view, Entries::iterator> index_;  ///< keys live in the entries
};

void MemoryCache::remove(Entries::iterator entry) {
  index_.erase(entry->key);
  bytes_ -= entry->bytes();
  entries_.erase(entry);
}

MemoryCache::Entries::iterator MemoryCache::find(const std::string& key) {
  const auto found = index_.find(key);
  if (found == index_.end()) {
    return entries_.end();
  }
  const auto entry = found->second;
  if (entry->expires <= clock_.now()) {
    remove(entry);
    return entries_.end();
  }
  return entry;
}

Task<std::optional<std::string>> MemoryCache::get(std::string key) {
  const auto entry = find(key);
  if (entry == entries_.end()) {
    co_return std::nullopt;
  }
  entries_.splice(entries_.begin(), entries_, entry);
  co_return entry->value;
}

void MemoryCache::insert(std::string key, std::string value, Millis ttl) {
  Entry fresh{std::move(key), std::move(value), clock_.now() + std::min(ttl, limits_.longest)};
  if (fresh.bytes() > limits_.bytes || limits_.entries == 0 || ttl <= Millis::zero()) {
    return;
  }
  bytes_ += fresh.bytes();
  entries_.push_front(std::move(fresh));
  index_.emplace(entries_.front().key, entries_.begin());
  while (bytes_ > limits_.bytes || entries_.size() > limits_.entries) {
    remove(std::prev(entries_.end()));
  }
}

Task<void> MemoryCache::put(std::string key, std::string value, Millis ttl) {
  if (const auto found = index_.find(key); found != index_.end()) {
    remove(found->second);
  }
  insert(std::move(key), std::move(value), ttl);
  co_return;
}

Task<bool> MemoryCache::add(std::string key, std::string value, Millis ttl) {
  if (find(key) != entries_.end()) {
    co_return false;
  }
  insert(std::move(key), std::move(value), ttl);
  co_return true;
}

Task<void> MemoryCache::erase(std::string key) {
  if (const auto found = index_.find(key); found != index_.end()) {
    remove(found->second);
  }
  co_return;
}

}  // namespace

std::unique_ptr<Cache> make_memory_cache(const Clock& clock, MemoryLimits limits) {
  return std::make_unique<MemoryCache>(clock, limits);
}

}  // namespace aisha::cache
