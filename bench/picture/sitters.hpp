// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>

#include "chats.hpp"

namespace aisha::bench {

/// People who press /start, go to a style and order one picture each.
class Sitters final : public Chats {
 public:
  /// `first`: the smallest id; people, updates and messages count up from there. `picture`: the bytes that each waits
  /// for.
  Sitters(std::int64_t first, int people, std::string picture);

  bool idle() const override { return queue_.empty(); }
  std::vector<std::string> take(std::size_t limit, Time now) override;
  std::string called(const std::string& method, const json::Object& parameters, std::string_view upload,
                     Time now) override;

  int people() const { return static_cast<int>(people_.size()); }
  int delivered() const { return static_cast<int>(delivered_.size()); }
  Time last_call() const { return last_call_; }

 private:
  struct Person {
    json::Value markup;
    std::string pressed;
    bool ordered = false;
  };

  void look_at(std::int64_t id, Person& person, std::int64_t message_id);

  std::int64_t next_;
  std::string picture_;
  std::map<std::int64_t, Person> people_;
  std::set<std::int64_t> delivered_;
  std::deque<std::string> queue_;
  Time last_call_{};
};

}  // namespace aisha::bench
