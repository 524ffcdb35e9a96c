// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "http/client/body_sink.hpp"
#include "http/client/proxy.hpp"
#include "http/common/header.hpp"

namespace aisha::http {

/// Which peers a request may reach, judged on the resolved address of the socket (defeats DNS rebinding).
enum class Peers {
  any,          ///< configured services
  public_only,  ///< refuses loopback, private, link-local, multicast: Errc::result_address_refused
};

struct Request {
  std::string method = "GET";
  std::string url;
  std::vector<Header> headers;
  std::string body;
  /// Around `body` on the wire, of a POST: a large file is not copied into what stands around it.
  std::string body_head;
  std::string body_tail;
  /// Of a POST or PUT: the bytes of this file instead of `body`. It stays as it is until the answer is there.
  std::string body_file;
  Millis timeout{10'000};
  Millis connect_timeout{5'000};
  std::size_t max_body = 8U << 20U;  ///< of the answer, counted as it arrives
  /// Takes the body of a 2xx answer instead of Response::body; of any other answer nothing is kept then.
  std::shared_ptr<BodySink> sink;
  Millis stall_timeout{0};  ///< 0 = off; else fails when under 1 KB/s for so long
  Peers peers = Peers::any;
  /// A POST that does no harm when carried out twice: only then is it repeated when a kept connection dies under it.
  bool repeatable = false;
  /// "Expect: 100-continue": a refusal arrives before the body travels. Without it a peer that refuses a large body may
  /// close the connection while it is being sent, and the refusal is lost.
  bool ask_first = false;
};

struct Response {
  int status = 0;
  std::vector<Header> headers;
  std::string body;

  /// Value of the first header of that name (case-insensitive), or "".
  std::string_view header(std::string_view name) const;
};

/// Outgoing HTTP/1.1 and HTTP/2 with keep-alive. Redirects are never followed. A request that times out takes the
/// connections of its host out of use: the next one gets a new one, and repeatable requests that have waited longer on
/// an old one end with net_unknown. Loop thread only. Any HTTP status is a Response; errors: net_not_sent, net_unknown,
/// net_too_large, result_address_refused (of a proxy the address is not judged: it resolves the name itself),
/// unavailable
/// (`body_file` cannot be read), those of `sink`.
/// Cancelling the awaiting coroutine aborts the transfer.
class Client {
 public:
  virtual ~Client() = default;
  virtual Task<Result<Response>> send(Request request) = 0;
};

/// The client over libcurl's multi interface.
std::unique_ptr<Client> make_client(Executor executor, ProxyRules proxies = {});

}  // namespace aisha::http
