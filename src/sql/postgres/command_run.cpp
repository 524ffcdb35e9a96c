// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/command_run.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace aisha::sql::postgres {
namespace {

namespace asio = boost::asio;

template <class Handler>
class PendingJob final : public Job {
 public:
  explicit PendingJob(Handler handler) : handler_(std::move(handler)) {}
  void complete() override {
    Outcome outcome{std::move(commands), std::move(results), std::move(failure)};
    std::move(handler_)(std::move(outcome));
  }

 private:
  Handler handler_;
};

}  // namespace

Task<Outcome> run_job(std::shared_ptr<Connection> connection, std::vector<Command> commands) {
  auto start = [](auto handler, const std::shared_ptr<Connection>& to, std::vector<Command> what) {
    auto job = std::make_unique<PendingJob<decltype(handler)>>(std::move(handler));
    job->commands = std::move(what);
    to->submit(std::move(job));
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Outcome)>(
      std::move(start), asio::use_awaitable, std::move(connection), std::move(commands));
}

}  // namespace aisha::sql::postgres
