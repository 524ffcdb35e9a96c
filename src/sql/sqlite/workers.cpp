// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite/workers.hpp"

#include <csignal>
#include <utility>

namespace aisha::sql::sqlite {
namespace {

/// Signals belong to the loop thread.
void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

WriterThread::WriterThread(std::unique_ptr<Connection> connection, std::shared_ptr<Mailbox> mailbox)
    : connection_(std::move(connection)), mailbox_(std::move(mailbox)), thread_([this] { run(); }) {}

WriterThread::~WriterThread() {
  {
    const std::scoped_lock lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void WriterThread::push(std::unique_ptr<WriteJob> job) {
  {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back({std::move(job), nullptr});
  }
  wake_.notify_one();
}

void WriterThread::push_begin(std::unique_ptr<SessionJob> job) {
  {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back({nullptr, std::move(job)});
  }
  wake_.notify_one();
}

void WriterThread::push_session(std::unique_ptr<SessionJob> job) {
  {
    const std::scoped_lock lock(mutex_);
    session_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void WriterThread::run() {
  block_signals();
  std::vector<Entry> entries;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
      if (waiting_.empty()) {
        return;
      }
      entries.swap(waiting_);
    }
    std::size_t from = 0;
    for (std::size_t i = 0; i <= entries.size(); ++i) {
      if (i == entries.size() || entries[i].begin) {
        commit(entries, from, i);
        from = i + 1;
      }
      if (i < entries.size() && entries[i].begin) {
        serve_session(std::move(entries[i].begin));
      }
    }
    entries.clear();
  }
}

void WriterThread::commit(std::vector<Entry>& entries, std::size_t from, std::size_t to) {
  if (from >= to) {
    return;
  }
  std::vector<Unit*> units;
  Jobs home;
  units.reserve(to - from);
  home.reserve(to - from);
  for (std::size_t i = from; i < to; ++i) {
    units.push_back(&entries[i].write->unit);
    home.push_back(std::move(entries[i].write));
  }
  commit_together(*connection_, units);
  mailbox_->deliver(std::move(home));
}

void WriterThread::serve_session(std::unique_ptr<SessionJob> begin) {
  bool over = begin->call(*connection_);
  send_home(std::move(begin));
  while (!over) {
    std::vector<std::unique_ptr<SessionJob>> steps;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stop_ || !session_.empty(); });
      if (session_.empty()) {
        connection_->step("ROLLBACK");
        return;
      }
      steps.swap(session_);
    }
    for (auto& step : steps) {
      over = step->call(*connection_) || over;
      send_home(std::move(step));
    }
  }
}

void WriterThread::send_home(std::unique_ptr<Job> job) {
  Jobs home;
  home.push_back(std::move(job));
  mailbox_->deliver(std::move(home));
}

ReaderThread::ReaderThread(std::unique_ptr<Connection> connection, std::shared_ptr<Mailbox> mailbox)
    : connection_(std::move(connection)), mailbox_(std::move(mailbox)), thread_([this] { run(); }) {}

ReaderThread::~ReaderThread() {
  {
    const std::scoped_lock lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void ReaderThread::push(std::unique_ptr<CallJob> job) {
  {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void ReaderThread::run() {
  block_signals();
  std::vector<std::unique_ptr<CallJob>> jobs;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
      if (waiting_.empty()) {
        return;
      }
      jobs.swap(waiting_);
    }
    Jobs home;
    for (auto& job : jobs) {
      job->call(*connection_);
      home.push_back(std::move(job));
    }
    jobs.clear();
    mailbox_->deliver(std::move(home));
  }
}

}  // namespace aisha::sql::sqlite
