// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace aisha::faultproxy {

/// Which bytes: `upstream` go to the server, `downstream` to the client.
enum class Stream : std::uint8_t { upstream, downstream };

/// One disturbance of a proxy's connections. Names and attributes are Toxiproxy's (v2.12) where it has them:
/// latency {latency, jitter} ms · bandwidth {rate} KB/s · slow_close {delay} ms · timeout {timeout} ms, 0 = swallow
/// until removed · reset_peer {timeout} ms · slicer {average_size, size_variation, delay µs} · limit_data {bytes}.
/// Ours: drop_response (the server got the request, the client gets a closed connection instead of the answer) and
/// corrupt {every} (one byte in so many is inverted).
struct Toxic {
  enum class Type : std::uint8_t {
    latency,
    bandwidth,
    slow_close,
    timeout,
    reset_peer,
    slicer,
    limit_data,
    drop_response,
    corrupt,
  };
  using Numbers = std::map<std::string, std::int64_t, std::less<>>;

  std::uint64_t id = 0;
  std::string name;
  Type type = Type::latency;
  Stream stream = Stream::downstream;
  double toxicity = 1;      ///< share of the connections it strikes
  Numbers numbers;          ///< every attribute of its type
  std::string match;        ///< sleeps on a connection until the client sends this text; "" = awake at once
  std::int64_t times = 0;   ///< strikes so many connections, then no more; 0 = without end
  std::int64_t struck = 0;  ///< connections so far

  std::int64_t number(std::string_view key) const { return numbers.find(key)->second; }
};

/// What the connections of one proxy share with it. Loop thread only.
using Toxics = std::vector<Toxic>;

/// Longest text that `match` may hold.
constexpr std::size_t kMaxMatch = 64;

/// {name?, type, stream?, toxicity?, attributes{}}; `match` and `times` stand among the attributes.
/// Errc::http_bad_request with a sentence on an unknown type or attribute, or a value out of range.
Result<Toxic> read_toxic(const json::Value& order);
json::Object toxic_json(const Toxic& toxic);

}  // namespace aisha::faultproxy
