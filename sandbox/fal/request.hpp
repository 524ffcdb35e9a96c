// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"

/// What the queue knows of one request: the record that `GET /sim/fal/requests` shows and the journal keeps.
namespace aisha::sandbox::fal {

BOOST_DEFINE_ENUM_CLASS(State, IN_QUEUE, IN_PROGRESS, COMPLETED)

/// Deliveries of webhooks: on = once and retried until 2xx; late = the first one comes 5 s after completion; lost =
/// never; twice = a second copy after the accepted one; forged = one, signed by a key that nobody publishes.
BOOST_DEFINE_ENUM_CLASS(WebhookMode, on, late, lost, twice, forged)

struct Settings {
  std::int64_t queue_ms = 400;  ///< least time IN_QUEUE
  std::int64_t run_ms = 1200;   ///< least time IN_PROGRESS; painting may take longer
  int concurrency = 2;
  WebhookMode webhook = WebhookMode::on;
  std::int64_t result_expires_s = 3600;
  std::vector<std::string> retired{};  ///< endpoints that are no more: neither submits nor results of theirs are known
  int max_side = 2752;                 ///< painted no larger than this, and magnified to the size that was asked for
  std::string steer{};  ///< a word of README.md that every prompt is taken to hold from now on; empty = none
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (queue_ms, run_ms, concurrency, webhook, result_expires_s, max_side, retired, steer))

struct StateChange {
  State state = State::IN_QUEUE;
  std::int64_t at = 0;  ///< ms since the epoch
};
BOOST_DESCRIBE_STRUCT(StateChange, (), (state, at))

struct Delivery {
  std::int64_t at = 0;
  int status = 0;  ///< 0: no answer
  bool forged = false;
};
BOOST_DESCRIBE_STRUCT(Delivery, (), (at, status, forged))

struct Outcome {
  int status = 0;  ///< HTTP status of the result
  std::string body;
  std::string content_type = "application/json";
  std::map<std::string, std::string> headers;
  std::string error;  ///< status body's `error`; empty on success
  std::string error_type;
};
BOOST_DESCRIBE_STRUCT(Outcome, (), (status, body, content_type, headers, error, error_type))

/// Whom a picture shows.
struct PaintedOf {
  std::string url;     ///< the photo, or LoRA, or finetune id, as the input names it; "" = nobody is named
  std::string sha256;  ///< of that photo as it was sent; "" = there is none
  std::string
      face;  ///< "eileen", "chelsea": the demo's; "found": cut out around it; "none": all of the photo; "" = drawn
};
BOOST_DESCRIBE_STRUCT(PaintedOf, (), (url, sha256, face))

struct QueuedRequest {
  std::string id;
  std::uint64_t number = 0;  ///< order of arrival
  std::string endpoint;
  json::Value input;
  std::string steer;  ///< the setting when it was submitted
  std::string flaw;   ///< what is wrong with its picture: a word of README.md without "sandbox:"
  std::map<std::string, std::string> headers;  ///< of the submit: the x-fal-* ones
  std::string origin;                          ///< "http://host:port" as the client reached us
  std::string webhook_url;
  State state = State::IN_QUEUE;
  std::vector<StateChange> changes;
  bool cancel_asked = false;
  bool painted = false;
  std::vector<PaintedOf> painted_of;  ///< of each picture
  std::uint64_t seed = 0;
  std::optional<Outcome> prepared;  ///< what the run will end with, once known
  std::optional<Outcome> result;
  bool billed = false;
  double billable_units = 0;
  std::vector<Delivery> deliveries;
  int webhook_left = 0;         ///< deliveries still to make
  std::int64_t webhook_at = 0;  ///< when the next one is due
  bool webhook_forged = false;
  bool payloads_removed = false;  ///< input and result are gone; the record stays
};
BOOST_DESCRIBE_STRUCT(QueuedRequest, (),
                      (id, number, endpoint, input, steer, flaw, headers, origin, webhook_url, state, changes,
                       cancel_asked, painted, painted_of, seed, prepared, result, billed, billable_units, deliveries,
                       webhook_left, webhook_at, webhook_forged, payloads_removed))

}  // namespace aisha::sandbox::fal
