// SPDX-License-Identifier: Apache-2.0
#include "http/client/client.hpp"

#include <strings.h>

#include <algorithm>
#include <boost/asio/append.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <chrono>
#include <optional>

#include "http/client/curl_loop.hpp"
#include "http/client/pools.hpp"
#include "http/client/request_body.hpp"

namespace aisha::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Waiter = asio::async_result<asio::use_awaitable_t<>, void(error_code)>::handler_type;

constexpr std::size_t kMaxHeaderBytes = 64U << 10U;
constexpr long kStallBytesPerSecond = 1024;

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// One request from start to answer. Lives in the frame of the coroutine that awaits it.
class Transfer final : public TransferEvents {
 public:
  /// `proxy`: "" = none.
  Transfer(std::shared_ptr<CurlLoop> loop, Request request, std::string proxy)
      : loop_(std::move(loop)), request_(std::move(request)), proxy_(std::move(proxy)), easy_(loop_->take()) {}
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer() override { loop_->release(std::move(easy_)); }

  Task<Result<Response>> run();
  bool timed_out() const { return code_ == CURLE_OPERATION_TIMEDOUT; }
  std::chrono::steady_clock::time_point begun() const { return begun_; }

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static int on_sending(void* self, char*, char*, int, int);
  void done(CURLcode code) override;
  bool may_end(std::chrono::steady_clock::time_point moment) const override {
    return request_.repeatable && header_bytes_ == 0 && begun_ <= moment;
  }

  void configure();
  void set_method();
  void set_headers();
  void begin(Waiter waiter);
  void resume(error_code ec);
  Result<Response> outcome();
  bool hand_on(std::string_view piece);
  bool may_repeat() const { return request_.repeatable || request_.method != "POST"; }

  std::shared_ptr<CurlLoop> loop_;
  Request request_;
  RequestBody body_{request_};
  std::string proxy_;
  std::unique_ptr<Easy> easy_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  Response response_;
  std::optional<Waiter> waiter_;
  CURLcode code_ = CURLE_OK;
  std::size_t header_bytes_ = 0;
  std::size_t body_bytes_ = 0;
  std::optional<Error> sink_error_;
  bool too_large_ = false;
  bool stopped_repeat_ = false;
};

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::string_view line(data, size * count);
  transfer.header_bytes_ += line.size();
  if (transfer.header_bytes_ > kMaxHeaderBytes) {
    transfer.too_large_ = true;
    return 0;
  }
  if (line.starts_with("HTTP/")) {
    transfer.response_.headers.clear();  // an interim answer (100) came before
    return line.size();
  }
  if (const auto colon = line.find(':'); colon != std::string_view::npos) {
    transfer.response_.headers.push_back(
        {std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
  }
  return line.size();
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t bytes = size * count;
  if (transfer.body_bytes_ + bytes > transfer.request_.max_body) {
    transfer.too_large_ = true;
    return 0;
  }
  transfer.body_bytes_ += bytes;
  if (transfer.request_.sink == nullptr) {
    transfer.response_.body.append(data, bytes);
    return bytes;
  }
  return transfer.hand_on({data, bytes}) ? bytes : 0;
}

bool Transfer::hand_on(std::string_view piece) {
  long status = 0;
  curl_easy_getinfo(easy_->curl, CURLINFO_RESPONSE_CODE, &status);
  if (status / 100 != 2) {
    return true;
  }
  auto taken = request_.sink->take(piece);
  if (!taken) {
    sink_error_ = std::move(taken.error());
  }
  return taken.has_value();
}

// curl repeats a request by itself when a kept connection dies before the first byte of the answer. By then the peer
// may have carried it out, so a POST is only repeated when nothing of it left or its caller allows it.
int Transfer::on_sending(void* self, char*, char*, int, int) {
  auto& transfer = *static_cast<Transfer*>(self);
  long sent = 0;
  curl_easy_getinfo(transfer.easy_->curl, CURLINFO_REQUEST_SIZE, &sent);
  if (sent > 0 && !transfer.may_repeat()) {
    transfer.stopped_repeat_ = true;
    return CURL_PREREQFUNC_ABORT;
  }
  return CURL_PREREQFUNC_OK;
}

void Transfer::configure() {
  CURL* curl = easy_->curl;
  curl_easy_setopt(curl, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROXY, proxy_.c_str());  // an empty name also silences the environment's proxies
  easy_->only_public = request_.peers == Peers::public_only && proxy_.empty();
  // HTTP/2 is a matter of TLS; there the second request waits to learn whether it can share the first one's connection.
  // Over plain HTTP that wait would last until the first answer, which may be a long poll.
  const bool secure = request_.url.starts_with("https://");
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION,
                   static_cast<long>(secure ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(curl, CURLOPT_PIPEWAIT, secure ? 1L : 0L);
  set_method();
  set_headers();
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeout.count()));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request_.connect_timeout.count()));
  const bool stalls = request_.stall_timeout.count() > 0;
  const long seconds = static_cast<long>((request_.stall_timeout.count() + 999) / 1000);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, stalls ? kStallBytesPerSecond : 0L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, seconds);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, &Transfer::on_sending);
  curl_easy_setopt(curl, CURLOPT_PREREQDATA, this);
}

void Transfer::set_method() {
  CURL* curl = easy_->curl;
  const std::string& method = request_.method;
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, nullptr);
  if (method == "HEAD") {
    curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    return;
  }
  if (body_.is_empty() && (method == "GET" || method == "DELETE")) {
    curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
  } else {
    body_.give_to(curl);
  }
  if (method != "GET" && method != "POST") {
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method.c_str());
  }
}

void Transfer::set_headers() {
  const auto same = [](const Header& a, const Header& b) { return a.name == b.name && a.value == b.value; };
  if (easy_->header_list != nullptr && easy_->asked_first == request_.ask_first &&
      std::ranges::equal(easy_->headers, request_.headers, same)) {
    return;
  }
  // "Expect:" alone takes away curl's 100-continue round trip before large bodies.
  curl_slist* list = curl_slist_append(nullptr, request_.ask_first ? "Expect: 100-continue" : "Expect:");
  for (const Header& header : request_.headers) {
    // A header without a value has to end in ';', or curl would leave it out.
    const std::string line = header.value.empty() ? header.name + ";" : header.name + ": " + header.value;
    list = curl_slist_append(list, line.c_str());
  }
  curl_easy_setopt(easy_->curl, CURLOPT_HTTPHEADER, list);
  curl_slist_free_all(easy_->header_list);
  easy_->header_list = list;
  easy_->headers = request_.headers;
  easy_->asked_first = request_.ask_first;
}

void Transfer::begin(Waiter waiter) {
  auto slot = asio::get_associated_cancellation_slot(waiter);
  waiter_.emplace(std::move(waiter));
  if (slot.is_connected()) {
    slot.assign([this](asio::cancellation_type) { resume(asio::error::operation_aborted); });
  }
  loop_->start(*easy_, *this);
}

// Never from inside the caller's stack: the waiter may destroy this object.
void Transfer::resume(error_code ec) {
  if (!waiter_) {
    return;
  }
  Waiter waiter = std::move(*waiter_);
  waiter_.reset();
  if (auto slot = asio::get_associated_cancellation_slot(waiter); slot.is_connected() && !ec) {
    slot.clear();  // a cancelling slot is running right now and must stay
  }
  asio::post(loop_->executor(), asio::append(std::move(waiter), ec));
}

void Transfer::done(CURLcode code) {
  code_ = code;
  resume({});
}

Task<Result<Response>> Transfer::run() {
  if (const auto readable = body_.check(); !readable) {
    co_return std::unexpected(readable.error());
  }
  if (request_.sink != nullptr) {
    if (auto begun = request_.sink->begin(); !begun) {
      co_return std::unexpected(std::move(begun.error()));
    }
  }
  configure();
  const auto initiate = [this](Waiter waiter) { begin(std::move(waiter)); };
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void(error_code)>(initiate, asio::use_awaitable);
  co_return outcome();
}

bool surely_not_sent(CURLcode code) {
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_PEER_FAILED_VERIFICATION: return true;
    default: return false;
  }
}

Result<Response> Transfer::outcome() {
  long sent = 0;
  curl_easy_getinfo(easy_->curl, CURLINFO_REQUEST_SIZE, &sent);
  if (code_ == CURLE_OK) {
    long status = 0;
    curl_easy_getinfo(easy_->curl, CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    return std::move(response_);
  }
  if (sink_error_) {
    return std::unexpected(std::move(*sink_error_));
  }
  if (const auto readable = body_.check(); !readable) {
    return std::unexpected(readable.error());
  }
  if (too_large_) {
    return fail(Errc::net_too_large, "the answer exceeds " + std::to_string(request_.max_body) + " bytes");
  }
  if (easy_->address_refused && sent == 0) {
    return fail(Errc::result_address_refused, "the address is not public");
  }
  std::string detail = stopped_repeat_ ? "a kept connection was closed under the request" : curl_easy_strerror(code_);
  const bool certain = sent == 0 && (surely_not_sent(code_) || code_ == CURLE_OPERATION_TIMEDOUT);
  return fail(certain ? Errc::net_not_sent : Errc::net_unknown, std::move(detail));
}

class CurlClient final : public Client {
 public:
  CurlClient(const Executor& executor, ProxyRules proxies)
      : proxies_(std::move(proxies)),
        any_(std::make_shared<Pools>(executor, Peers::any)),
        // Connections of its own: a connection that was opened without the check must not be reused with it.
        public_only_(std::make_shared<Pools>(executor, Peers::public_only)) {}

  Task<Result<Response>> send(Request request) override {
    const std::shared_ptr<Pools> pools = request.peers == Peers::public_only ? public_only_ : any_;
    const std::string origin(origin_of(request.url));
    const std::shared_ptr<CurlLoop> pool = pools->pool_for(origin);
    Transfer transfer(pool, std::move(request), std::string(proxies_.proxy_for(origin)));
    auto response = co_await transfer.run();
    if (transfer.timed_out()) {
      pools->replace(origin, pool, transfer.begun());
    }
    co_return response;
  }

 private:
  ProxyRules proxies_;
  std::shared_ptr<Pools> any_;
  std::shared_ptr<Pools> public_only_;
};

}  // namespace

std::string_view Response::header(std::string_view name) const {
  for (const Header& header : headers) {
    if (same_name(header.name, name)) {
      return header.value;
    }
  }
  return {};
}

std::unique_ptr<Client> make_client(Executor executor, ProxyRules proxies) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  return std::make_unique<CurlClient>(executor, std::move(proxies));
}

}  // namespace aisha::http
