// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>

#include "base/task.hpp"
#include "base/time.hpp"

namespace aisha::services {

/// Wakes a waiting loop at once. What happens while nobody waits is remembered (once, not counted). Only a hint: the
/// rows are the truth, so a waiter also wakes by itself. Loop thread only; must outlive its waiters.
class Signal {
 public:
  explicit Signal(Executor executor);
  ~Signal();
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  /// A row fell due, for any process to take.
  void notify();
  /// A row fell due, for this process to take: nobody else is told.
  void ring();
  /// Wakes the waiter for another reason: no row fell due.
  void wake();
  /// Every `notify` from now on is told to `elsewhere` as well. std::function: one a signal, and captures.
  void tell(std::function<void()> elsewhere);
  /// Returns after `notify`, `ring` or `wake`, or after `at_most`, whichever comes first; false: the time was over. One
  /// waiter at a time.
  Task<bool> wait(Clock& clock, Millis at_most);
  /// Whether rows fell due since the last time that this was asked.
  bool take_rung();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The signals of one process.
struct Signals {
  explicit Signals(const Executor& executor)
      : inbox(executor), prepare(executor), submit(executor), poll(executor), store(executor), outbox(executor) {}
  Signal inbox;    ///< an update is to be claimed
  Signal prepare;  ///< a generation wants something before it is queued
  Signal submit;   ///< a generation is queued
  Signal poll;     ///< the provider took a generation
  Signal store;    ///< a picture waits to be fetched
  Signal outbox;   ///< something is to be told

  /// `visit(name, signal)` for each of them.
  template <class Visit>
  void each(Visit visit) {
    visit("inbox", inbox);
    visit("prepare", prepare);
    visit("submit", submit);
    visit("poll", poll);
    visit("store", store);
    visit("outbox", outbox);
  }
};

}  // namespace aisha::services
