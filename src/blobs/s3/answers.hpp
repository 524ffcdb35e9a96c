// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "http/client/client.hpp"

/// What an S3 server's answers mean. Pure.
namespace aisha::blobs::s3 {

enum class Verdict {
  good,
  absent,         ///< the object is not there: final
  again,          ///< passes by itself: the same request once more, later
  clock,          ///< our time is off: sign anew by the answer's Date header
  full,           ///< no room: reading still works
  misconfigured,  ///< key, secret, rights, region or a missing bucket: a person has to act
  refused,        ///< a request that no rule of ours sends
};

struct Judgement {
  Verdict verdict;
  std::string code;  ///< "NoSuchKey"; what curl said or "status 404" where the server names none
};

/// By the transfer's own outcome, then by <Code>, then by status: a status alone misleads (403 is also what a read-only
/// drive answers).
Judgement judge(const Result<http::Response>& answer);

/// Text of the first element of that name, "" when absent. S3's answers neither nest equal names nor use CDATA.
std::string_view element(std::string_view xml, std::string_view name);
/// Text of each `inner` inside an `outer`.
std::vector<std::string> elements(std::string_view xml, std::string_view outer, std::string_view inner);

/// Keeps a faulty setting from being tried by every request: after `close` everything is refused for a while, then one
/// request at a time finds out whether it was mended.
class Pause {
 public:
  /// Whether a request may go now.
  bool lets(TimePoint now, Millis pause);
  /// True when it was open: the moment to say so.
  bool close(TimePoint now, Millis pause);
  /// True when it was closed.
  bool open();

 private:
  TimePoint until_{};
  bool closed_ = false;
};

}  // namespace aisha::blobs::s3
