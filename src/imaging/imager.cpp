// SPDX-License-Identifier: Apache-2.0
#include "imaging/imager.hpp"

#include <sys/wait.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <csignal>
#include <deque>

#include "imaging/child.hpp"
#include "imaging/imager_wire.hpp"

namespace aisha::imaging {
namespace {

namespace asio = boost::asio;

/// One call waiting for its turn or its answer.
struct Job {
  std::string body;
  std::optional<Result<wire::Answer>> outcome;
  asio::steady_timer done;  ///< never expires by itself; cancelling it wakes the caller

  Job(const Executor& executor, std::string request) : body(std::move(request)), done(executor) {
    done.expires_at(asio::steady_timer::time_point::max());
  }
};

/// The queue and its child. Shared by the imager and the coroutines that outlive a destroyed imager by a moment.
class Queue : public std::enable_shared_from_this<Queue> {
 public:
  Queue(Executor executor, ImagerOptions options) : executor_(std::move(executor)), options_(std::move(options)) {}

  Task<Result<wire::Answer>> call(std::string body);
  void stop();

 private:
  Task<void> run();
  Task<Result<wire::Answer>> attempt(std::string body);
  Task<std::optional<wire::Answer>> guarded_exchange(std::string body);
  void watch_idle_child();
  Task<void> bury_idle_child();

  Executor executor_;
  ImagerOptions options_;
  std::deque<std::shared_ptr<Job>> waiting_;
  std::shared_ptr<Child> child_;
  std::uint64_t turn_ = 0;  ///< grows with every exchange, so that late timers recognise themselves
  bool running_ = false;
  bool stopped_ = false;
};

Task<Result<wire::Answer>> Queue::call(std::string body) {
  auto job = std::make_shared<Job>(executor_, std::move(body));
  waiting_.push_back(job);
  if (!running_) {
    running_ = true;
    asio::co_spawn(executor_, [self = shared_from_this()] { return self->run(); }, asio::detached);
  }
  // A refusal may come before the first wait; cancelling a timer nobody waits on wakes nobody.
  if (!job->outcome) {
    co_await job->done.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  if (!job->outcome) {
    throw boost::system::system_error(asio::error::operation_aborted);
  }
  co_return std::move(*job->outcome);
}

Task<void> Queue::run() {
  const auto self = shared_from_this();
  while (!waiting_.empty()) {
    const std::shared_ptr<Job> job = waiting_.front();
    waiting_.pop_front();
    job->outcome = co_await attempt(std::move(job->body));
    job->done.cancel();
  }
  running_ = false;
  watch_idle_child();
}

/// True when the death has nothing to do with the request: the child ended for idleness just then, or was killed from
/// outside while it had served others before.
bool is_innocent(int status) {
  return (WIFEXITED(status) && WEXITSTATUS(status) == 0) || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

std::string describe(int status) {
  return WIFSIGNALED(status) ? "the imager was killed by signal " + std::to_string(WTERMSIG(status))
                             : "the imager ended with code " + std::to_string(WEXITSTATUS(status));
}

Task<Result<wire::Answer>> Queue::attempt(std::string body) {
  while (!stopped_) {
    const bool used_before = child_ != nullptr;
    if (!used_before) {
      auto started = Child::start(executor_, options_);
      if (!started) {
        co_return std::unexpected(std::move(started.error()));
      }
      child_ = std::move(*started);
    }
    const std::uint64_t turn = turn_;
    auto answer = co_await guarded_exchange(body);
    const bool overran = turn_ != turn + 1;
    if (answer) {
      co_return std::move(*answer);
    }
    if (stopped_) {
      break;
    }
    const std::shared_ptr<Child> dead = std::exchange(child_, nullptr);
    const int status = co_await dead->reap();
    if (!used_before || overran || !is_innocent(status)) {
      co_return fail(Errc::image_decoder_failed, describe(status));
    }
  }
  co_return fail(Errc::unavailable, "shutting down");
}

Task<std::optional<wire::Answer>> Queue::guarded_exchange(std::string body) {
  const std::shared_ptr<Child> child = child_;
  boost::system::error_code ignored;
  child->socket().cancel(ignored);
  const std::uint64_t turn = ++turn_;
  asio::steady_timer wall(executor_);
  wall.expires_after(3 * options_.cpu_limit);
  wall.async_wait([self = shared_from_this(), child, turn](boost::system::error_code cancelled) {
    if (!cancelled && self->turn_ == turn) {
      ++self->turn_;
      child->kill();
    }
  });
  const auto frame = co_await child->exchange(std::move(body));
  wall.cancel();
  if (!frame) {
    co_return std::nullopt;
  }
  auto answer = wire::decode_answer(*frame);
  if (!answer) {
    child->kill();
  }
  co_return answer;
}

/// Notices the end of a child between requests, so that no zombie stays.
void Queue::watch_idle_child() {
  if (!child_ || stopped_) {
    return;
  }
  child_->socket().async_wait(Child::Socket::wait_read, [self = shared_from_this(),
                                                         watched = child_.get()](boost::system::error_code cancelled) {
    if (!cancelled && !self->running_ && self->child_.get() == watched) {
      asio::co_spawn(self->executor_, [self] { return self->bury_idle_child(); }, asio::detached);
    }
  });
}

Task<void> Queue::bury_idle_child() {
  const auto self = shared_from_this();
  if (const std::shared_ptr<Child> dead = std::exchange(child_, nullptr)) {
    co_await dead->reap();
  }
}

void Queue::stop() {
  stopped_ = true;
  if (child_) {
    boost::system::error_code ignored;
    child_->kill();
    child_->socket().close(ignored);
    child_.reset();
  }
}

class ProcessImager final : public Imager {
 public:
  ProcessImager(Executor executor, const ImagerOptions& options)
      : limits_{options.max_bytes, options.max_side, options.max_pixels},
        cpu_ms_(static_cast<std::uint32_t>(options.cpu_limit.count())),
        queue_(std::make_shared<Queue>(std::move(executor), options)) {}
  ProcessImager(const ProcessImager&) = delete;
  ProcessImager& operator=(const ProcessImager&) = delete;
  ~ProcessImager() override { queue_->stop(); }

  Task<Result<Inspection>> inspect(std::string picture) override;
  Task<Result<PhotoReport>> photo(std::string picture) override;
  Task<Result<std::string>> contact_sheet(SheetSpec spec) override;
  Task<Result<std::string>> chart(ChartSpec spec) override;
  Task<Result<std::string>> resize(std::string picture, ResizeSpec spec) override;

 private:
  wire::Request request(wire::Operation operation) const {
    wire::Request out;
    out.operation = operation;
    out.cpu_ms = cpu_ms_;
    out.limits = limits_;
    return out;
  }
  Task<Result<wire::Answer>> ask(const wire::Request& request);
  /// What its header refuses is drawn as nothing anyway, and need not travel.
  void leave_out_unfit(std::string& picture) const {
    if (!picture.empty() && !sniff(picture, limits_)) {
      picture = std::string();
    }
  }

  PictureLimits limits_;
  std::uint32_t cpu_ms_;
  std::shared_ptr<Queue> queue_;
};

Task<Result<wire::Answer>> ProcessImager::ask(const wire::Request& request) {
  const auto queue = queue_;
  auto answer = co_await queue->call(wire::encode(request));
  if (answer && answer->error) {
    co_return std::unexpected(std::move(*answer->error));
  }
  co_return answer;
}

Task<Result<Inspection>> ProcessImager::inspect(std::string picture) {
  // The header alone refuses most hostile files; they never cost a child.
  if (auto header = sniff(picture, limits_); !header) {
    co_return std::unexpected(std::move(header.error()));
  }
  wire::Request asked = request(wire::Operation::inspect);
  asked.picture = std::move(picture);
  auto answer = co_await ask(asked);
  if (!answer) {
    co_return std::unexpected(std::move(answer.error()));
  }
  co_return std::move(answer->inspection);
}

Task<Result<PhotoReport>> ProcessImager::photo(std::string picture) {
  if (auto header = sniff(picture, limits_); !header) {
    co_return std::unexpected(std::move(header.error()));
  }
  wire::Request asked = request(wire::Operation::photo);
  asked.picture = std::move(picture);
  auto answer = co_await ask(asked);
  if (!answer) {
    co_return std::unexpected(std::move(answer.error()));
  }
  co_return std::move(answer->photo);
}

Task<Result<std::string>> ProcessImager::contact_sheet(SheetSpec spec) {
  for (SheetCell& cell : spec.cells) {
    leave_out_unfit(cell.picture);
  }
  leave_out_unfit(spec.strip);
  wire::Request asked = request(wire::Operation::contact_sheet);
  asked.sheet = std::move(spec);
  auto answer = co_await ask(asked);
  if (!answer) {
    co_return std::unexpected(std::move(answer.error()));
  }
  co_return std::move(answer->bytes);
}

Task<Result<std::string>> ProcessImager::chart(ChartSpec spec) {
  for (ChartBar& bar : spec.bars) {
    leave_out_unfit(bar.picture);
  }
  wire::Request asked = request(wire::Operation::chart);
  asked.chart = std::move(spec);
  auto answer = co_await ask(asked);
  if (!answer) {
    co_return std::unexpected(std::move(answer.error()));
  }
  co_return std::move(answer->bytes);
}

Task<Result<std::string>> ProcessImager::resize(std::string picture, ResizeSpec spec) {
  if (auto header = sniff(picture, limits_); !header) {
    co_return std::unexpected(std::move(header.error()));
  }
  wire::Request asked = request(wire::Operation::resize);
  asked.picture = std::move(picture);
  asked.resize = spec;
  auto answer = co_await ask(asked);
  if (!answer) {
    co_return std::unexpected(std::move(answer.error()));
  }
  co_return std::move(answer->bytes);
}

}  // namespace

std::unique_ptr<Imager> make_imager(Executor executor, ImagerOptions options) {
  return std::make_unique<ProcessImager>(std::move(executor), options);
}

}  // namespace aisha::imaging
