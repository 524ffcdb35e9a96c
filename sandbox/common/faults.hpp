// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

/// Faults that a test orders in advance (design: `POST /sim/faults`).
namespace aisha::sandbox {

/// What happens to the one request that a fault hit.
struct FaultAction {
  enum class Drop : std::uint8_t {
    none,
    before,  ///< the connection closes and nothing was done
    after,   ///< the effect happens, then the connection closes without an answer
  };
  std::optional<int> status;        ///< answer with this instead of doing the work
  std::optional<std::string> body;  ///< of that answer; absent = the API's usual wording for the status
  int retry_after = 0;              ///< seconds; 0 = none
  int delay_ms = 0;                 ///< wait before anything else
  Drop drop = Drop::none;
  bool truncate = false;  ///< half of the true answer, then the connection closes

  /// True when the request's work must not be done at all.
  bool skips_work() const { return status.has_value() || drop == Drop::before; }
};

/// Facts of a request that a fault may ask for: "method", "chat", "endpoint", "path". `path` and `endpoint` match when
/// they contain the wanted text, `method` without regard to case, the others exactly.
using FaultFacts = std::map<std::string, std::string, std::less<>>;

/// The list of ordered faults, oldest first. A fault with `nth` lets nth-1 matching requests pass; `times` (default 1,
/// 0 = for ever) says how many it hits then. Loop thread only.
class Faults {
 public:
  /// Body of `POST /sim/faults`. Errc::http_bad_request with a sentence on an unknown key, place or type.
  Result<int> add(const json::Value& order);
  /// The action for this request, if a fault hits it; counts it. `where`: "telegram", "fal" or "fal_files".
  std::optional<FaultAction> take(std::string_view where, const FaultFacts& facts);
  bool remove(int id);
  void clear();
  /// {"faults":[{id, where, match, times, left, hits, then}]}
  json::Value list() const;

 private:
  struct Rule {
    int id = 0;
    std::string where;
    FaultFacts match;
    int nth = 1;
    int times = 1;
    int seen = 0;
    int hits = 0;
    FaultAction action;
    json::Value order;
  };
  std::vector<Rule> rules_;
  int next_id_ = 1;
};

}  // namespace aisha::sandbox
