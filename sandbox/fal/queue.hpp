// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/rng.hpp"
#include "sandbox/fal/models.hpp"
#include "sandbox/fal/request.hpp"

namespace aisha::sandbox::fal {

/// An HTTP answer without HTTP.
struct Reply {
  int status = 200;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string content_type = "application/json";
};

struct Submission {
  std::string endpoint;
  json::Value input;
  std::string steer;                           ///< filled in by the queue
  std::map<std::string, std::string> headers;  ///< lower-case names
  std::string origin;
  std::string webhook_url;
  std::optional<std::int64_t> max_queue_length;
};

/// Painting that a request needs before it can complete.
struct Work {
  std::string id;
  std::string prompt;
  std::string avatar;                ///< LoRA address or finetune id; may be empty
  std::vector<std::string> photos;   ///< addresses of the pictures it is made from
  std::vector<std::uint64_t> seeds;  ///< one picture each
  Size size;                         ///< of the file
  Size painted;                      ///< no larger
  bool png = false;
  bool blank = false;
  std::string flaw;          ///< see QueuedRequest
  bool inline_data = false;  ///< sync_mode: data URIs instead of files
};

struct Picture {
  std::string url;
  std::uint64_t seed = 0;
  Size size;
  bool png = false;
  PaintedOf of{};
};

/// A webhook to send now.
struct WebhookDue {
  std::string id;
  std::string url;
  std::string body;
  bool forged = false;
};

/// fal's queue as a state machine: times come in, nothing waits, nothing is read or sent. Equal calls with an equal
/// random source give equal answers, so a simulator can run it in process. Times are ms since the epoch and never go
/// back.
class Queue {
 public:
  Queue(Settings settings, Rng& rng) : settings_(settings), rng_(rng) {}

  const Settings& settings() const { return settings_; }
  /// A word that no longer steers lets go of the open requests it held: what hung runs on from where it stands.
  void set_settings(Settings settings);

  /// 200, or 404 (unknown endpoint), 403, 429, 503. Bad input is not refused here: it shows when the result is fetched.
  bool is_retired(std::string_view endpoint) const;
  Reply submit(Submission submission, std::int64_t now);
  /// 202 while it waits or runs, 200 when it is done, 404.
  Reply status(std::string_view id, bool logs, std::int64_t now);
  /// The model's own answer, replayed each time; 400 before it is there, 404.
  Reply result(std::string_view id, std::int64_t now);
  /// 200 (still queued), 202 (running), 400 (too late), 404.
  Reply cancel(std::string_view id, std::int64_t now);

  /// The platform's DELETE of what is kept of a request: 200, 400 (not completed yet), 404.
  Reply remove_payloads(std::string_view id, std::int64_t now);

  /// Carries everything forward that is due.
  void advance(std::int64_t now);
  /// When `advance` has something to do next; empty when only painting or a new request can change anything.
  std::optional<std::int64_t> next_due() const;

  /// Paintings to begin, each handed out once.
  std::vector<Work> take_work();
  void painted(std::string_view id, const std::vector<Picture>& pictures, std::int64_t now);
  /// The painter broke down: the request ends as a 500 of the model.
  void painting_failed(std::string_view id, std::int64_t now);

  /// Webhooks due, each handed out once until `webhook_answered`.
  std::vector<WebhookDue> take_webhooks(std::int64_t now);
  void webhook_answered(std::string_view id, int status, std::int64_t now);

  /// Null for an unknown id and after the result has expired.
  const QueuedRequest* find(std::string_view id, std::int64_t now) const;
  /// In order of arrival, expired ones included.
  std::vector<const QueuedRequest*> all() const;

  /// Requests that changed since the last call, for the journal.
  std::vector<const QueuedRequest*> take_changed();
  /// Puts a request of the journal back; unfinished painting is handed out again.
  void restore(QueuedRequest request);
  void clear();

 private:
  void enter(QueuedRequest& request, State state, std::int64_t at);
  void begin(QueuedRequest& request, std::int64_t now);
  void complete(QueuedRequest& request, Outcome outcome, std::int64_t now);
  void plan_webhook(QueuedRequest& request, std::int64_t now);
  std::int64_t run_time(const QueuedRequest& request) const;
  std::string flaw_of(const QueuedRequest& request) const;
  int position_of(const QueuedRequest& request) const;
  std::vector<QueuedRequest*> waiting();
  int running() const;
  json::Object status_body(const QueuedRequest& request, bool logs, std::int64_t now) const;
  QueuedRequest* get(std::string_view id);

  Settings settings_;
  Rng& rng_;
  std::uint64_t last_number_ = 0;
  std::map<std::string, QueuedRequest, std::less<>> requests_;
  std::set<std::string, std::less<>> open_;        ///< not completed
  std::set<std::string, std::less<>> hooks_open_;  ///< completed, webhook not done
  std::set<std::string, std::less<>> hooks_out_;   ///< handed out, not answered
  std::set<std::string, std::less<>> changed_;
  std::vector<Work> work_;
};

}  // namespace aisha::sandbox::fal
