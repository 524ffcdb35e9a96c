// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>

#include "base/task.hpp"
#include "base/time.hpp"

namespace aisha::services {

/// Wakes a waiting loop at once. A notification while nobody waits is remembered (one, not counted). Only a hint: the
/// rows are the truth, so a waiter also wakes by itself. Loop thread only; must outlive its waiters.
class Signal {
 public:
  explicit Signal(Executor executor);
  ~Signal();
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  void notify();
  /// `notify` from another process: it is not told on.
  void ring();
  /// Every `notify` from now on is told to `elsewhere` as well. std::function: one a signal, and captures.
  void tell(std::function<void()> elsewhere);
  /// Returns after `notify` or after `at_most`, whichever comes first; true = notified. One waiter at a time.
  Task<bool> wait(Clock& clock, Millis at_most);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The signals of one process.
struct Signals {
  explicit Signals(const Executor& executor)
      : inbox(executor), submit(executor), poll(executor), store(executor), outbox(executor) {}
  Signal inbox;   ///< a fresh update is stored
  Signal submit;  ///< a generation is queued
  Signal poll;    ///< the provider took a generation
  Signal store;   ///< a picture waits to be fetched
  Signal outbox;  ///< something is to be told

  /// `visit(name, signal)` for each of them.
  template <class Visit>
  void each(Visit visit) {
    visit("inbox", inbox);
    visit("submit", submit);
    visit("poll", poll);
    visit("store", store);
    visit("outbox", outbox);
  }
};

}  // namespace aisha::services
