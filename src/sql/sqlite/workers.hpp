// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "sql/sqlite/mailbox.hpp"
#include "sql/sqlite/units.hpp"

namespace aisha::sql::sqlite {

class WriteJob : public Job {
 public:
  Unit unit;
};

/// Anything that runs by itself on a database thread.
class CallJob : public Job {
 public:
  virtual void call(Connection& connection) = 0;
};

/// A step of an interactive transaction; `call` answers true when the transaction is over.
class SessionJob : public Job {
 public:
  virtual bool call(Connection& connection) = 0;
};

/// The only thread that writes. Takes everything that waits, commits it together, sends it home. During an interactive
/// transaction it serves nothing but that.
class WriterThread {
 public:
  WriterThread(std::unique_ptr<Connection> connection, std::shared_ptr<Mailbox> mailbox);
  /// Finishes what waits; an open interactive transaction is rolled back.
  ~WriterThread();

  void push(std::unique_ptr<WriteJob> job);
  /// Opens an interactive transaction when `call` answers false.
  void push_begin(std::unique_ptr<SessionJob> job);
  void push_session(std::unique_ptr<SessionJob> job);

 private:
  struct Entry {
    std::unique_ptr<WriteJob> write;
    std::unique_ptr<SessionJob> begin;
  };

  void run();
  void commit(std::vector<Entry>& entries, std::size_t from, std::size_t to);
  void serve_session(std::unique_ptr<SessionJob> begin);
  void send_home(std::unique_ptr<Job> job);

  std::unique_ptr<Connection> connection_;
  std::shared_ptr<Mailbox> mailbox_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Entry> waiting_;
  std::vector<std::unique_ptr<SessionJob>> session_;
  bool stop_ = false;
  std::thread thread_;
};

/// Reads beside the writer.
class ReaderThread {
 public:
  ReaderThread(std::unique_ptr<Connection> connection, std::shared_ptr<Mailbox> mailbox);
  ~ReaderThread();

  void push(std::unique_ptr<CallJob> job);

 private:
  void run();

  std::unique_ptr<Connection> connection_;
  std::shared_ptr<Mailbox> mailbox_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::unique_ptr<CallJob>> waiting_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace aisha::sql::sqlite
