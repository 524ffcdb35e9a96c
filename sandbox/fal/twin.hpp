// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "base/rng.hpp"
#include "base/task.hpp"
#include "http/client/client.hpp"
#include "http/server/server.hpp"
#include "sandbox/common/clock.hpp"
#include "sandbox/common/faults.hpp"
#include "sandbox/fal/files.hpp"
#include "sandbox/fal/journal.hpp"
#include "sandbox/fal/queue.hpp"
#include "sandbox/fal/signer.hpp"
#include "sandbox/fal/sitters.hpp"

namespace aisha::sandbox::fal {

struct TwinOptions {
  std::filesystem::path data;  ///< folder for the journal and the files; empty: memory only
  std::uint64_t seed = 1;
  int painters = 2;  ///< threads
  Settings settings{};
};

/// The outside half of fal: clock, painter threads, files, journal and webhooks around the pure `Queue`. Loop thread
/// only.
class Twin {
 public:
  /// Everything passed in must outlive the twin. Reads the journal: requests, results and uploads of the last run are
  /// back. Throws when the folder cannot be used.
  Twin(Executor executor, http::Client& client, imaging::Imager& imager, SandboxClock& clock, Faults& faults,
       TwinOptions options);
  ~Twin();
  Twin(const Twin&) = delete;
  Twin& operator=(const Twin&) = delete;

  /// Keeps the queue moving until `stop` or cancellation. Spawn it once, before the first request.
  Task<void> run();
  void stop();

  /// One request to `/fal/...`: faults, key, queue, storage, webhook keys, proxy.
  Task<http::ServerResponse> serve(http::ServerRequest request);
  /// GET and PUT of `/fal-files/<id>`.
  Task<http::ServerResponse> serve_file(http::ServerRequest request);

  /// Body of `POST /sim/fal/settings` (absent keys stay) -> all settings. Errc::http_bad_request with a sentence.
  Result<json::Value> change_settings(const json::Value& body);
  /// {"requests":[...]} in order of arrival.
  json::Value requests();
  /// Back to an empty queue and the settings of the start.
  void reset();

 private:
  struct Workshop;
  struct Route {
    std::string endpoint;  ///< app and subpath
    std::string id;
    std::string action;
  };

  std::int64_t now() const { return epoch_ms(clock_.now()); }
  void poke();
  void pump();
  Task<void> paint(Work work);
  Task<void> deliver(WebhookDue due);
  void record_changes();
  void restore();

  Task<http::ServerResponse> route(http::ServerRequest request);
  http::ServerResponse queue_call(const http::ServerRequest& request, const Route& route);
  http::ServerResponse prices(const http::ServerRequest& request);
  http::ServerResponse billing_events(const http::ServerRequest& request);
  http::ServerResponse submit(const http::ServerRequest& request, const std::string& endpoint);
  http::ServerResponse begin_upload(const http::ServerRequest& request);
  Task<http::ServerResponse> put_file(http::ServerRequest request);
  /// `FileStore::save` on a pool thread: hashing megabytes would hold up the loop.
  Task<std::string> save(std::string bytes);
  http::ServerResponse get_file(const http::ServerRequest& request);
  Task<void> stream_status(std::string id, bool logs, http::BodyStream& out);

  Executor executor_;
  http::Client& client_;
  SandboxClock& clock_;
  Faults& faults_;
  TwinOptions options_;
  SeededRng rng_;
  Queue queue_;
  FileStore files_;
  Sitters sitters_;
  Journal journal_;
  Signer signer_, forger_;
  std::map<std::string, std::string> uploads_;  ///< reserved file id -> its token
  std::unique_ptr<Workshop> workshop_;
};

}  // namespace aisha::sandbox::fal
