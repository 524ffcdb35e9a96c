// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <hiredis/hiredis.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "cache/redis/address.hpp"

namespace aisha::cache {

/// The server beside the product: sees and changes what lies there.
class Admin {
 public:
  explicit Admin(const redis::Address& at) : context_(redisConnect(at.host.c_str(), at.port)) {
    if (context_ == nullptr || context_->err != 0) {
      throw std::runtime_error("the test's Redis does not answer");
    }
  }
  ~Admin() { redisFree(context_); }
  Admin(const Admin&) = delete;
  Admin& operator=(const Admin&) = delete;

  /// The reply in words: a number as digits, an array word by word, an error as it is.
  std::vector<std::string> ask(const std::vector<std::string>& words) {
    std::vector<const char*> starts;
    std::vector<std::size_t> lengths;
    for (const std::string& word : words) {
      starts.push_back(word.data());
      lengths.push_back(word.size());
    }
    auto* raw = static_cast<redisReply*>(
        redisCommandArgv(context_, static_cast<int>(words.size()), starts.data(), lengths.data()));
    const std::unique_ptr<redisReply, void (*)(void*)> reply(raw, freeReplyObject);
    std::vector<std::string> out;
    if (reply) {
      flatten(*reply, out);
    }
    return out;
  }
  std::int64_t number(const std::vector<std::string>& words) { return std::stoll(ask(words).at(0)); }
  std::vector<std::string> keys(const std::string& prefix) { return ask({"KEYS", prefix + "*"}); }

  /// As if `by` had passed for everything under `prefix`.
  void age(const std::string& prefix, Millis by) {
    for (const std::string& key : keys(prefix)) {
      const std::int64_t left = number({"PTTL", key}) - by.count();
      if (left <= 0) {
        ask({"DEL", key});
        continue;
      }
      if (ask({"TYPE", key}).at(0) == "zset") {
        for (const std::string& member : ask({"ZRANGE", key, "0", "-1"})) {
          ask({"ZINCRBY", key, std::to_string(-by.count()), member});
        }
      }
      ask({"PEXPIRE", key, std::to_string(left)});
    }
  }

 private:
  static void flatten(const redisReply& reply, std::vector<std::string>& out) {
    if (reply.type == REDIS_REPLY_ARRAY) {
      for (std::size_t i = 0; i < reply.elements; ++i) {
        flatten(*reply.element[i], out);
      }
    } else if (reply.type == REDIS_REPLY_INTEGER) {
      out.push_back(std::to_string(reply.integer));
    } else {
      out.emplace_back(reply.str == nullptr ? "" : reply.str, reply.len);
    }
  }

  redisContext* context_;
};

}  // namespace aisha::cache
