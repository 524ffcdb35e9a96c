// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "chats.hpp"

namespace aisha::bench {

/// People who press buttons: so many at once, the next one who rests when the bot has answered the button and shown
/// something. Pure bookkeeping; main.cpp does the talking.
class Crowd final : public Chats {
 public:
  Crowd(int people, int in_flight, int presses);

  bool idle() const override { return queue_.empty(); }
  /// The clock of each press starts here.
  std::vector<std::string> take(std::size_t limit, Time now) override;
  std::string called(const std::string& method, const json::Object& parameters, std::string_view upload,
                     Time now) override;
  /// Presses that were answered with words only and showed nothing new end here.
  void settle(Time now);

  /// Everybody has pressed /start and has a keyboard.
  bool ready() const;
  /// From now on they press.
  void begin();
  bool finished() const { return begun_ && done_ >= presses_; }

  std::size_t people() const { return people_.size(); }
  int done() const { return done_; }
  int words_only() const { return words_only_; }
  /// How often the bot has called each method so far.
  const std::map<std::string, int>& calls() const { return calls_; }
  /// Milliseconds from handing out a press to its answer, and to the answer and the new screen.
  const std::vector<double>& answer_times() const { return answer_times_; }
  const std::vector<double>& whole_times() const { return whole_times_; }

 private:
  struct Person {
    std::int64_t id = 0;
    std::int64_t card = 0;
    std::vector<std::string> keyboard;  ///< callback data of the buttons that cost nothing
    int steps = 0;
    json::Value markup;
    std::string callback_id;
    Time since{};
    bool waiting = false;
    bool answered = false;
    bool shown = false;
  };

  void press_next();
  void press(Person& person);
  void look_at(Person& person, const json::Object& parameters);
  void check(Person& person, Time now);
  void finish(Person& person);

  int in_flight_;
  int presses_;
  int asked_ = 0;
  int done_ = 0;
  int words_only_ = 0;
  bool begun_ = false;
  std::int64_t next_update_ = 1'000'000;
  std::int64_t next_message_ = 100;
  std::map<std::int64_t, Person> people_;
  std::deque<std::int64_t> resting_;  ///< who presses next, in front
  std::map<std::string, std::int64_t> callbacks_;
  std::map<std::string, int> calls_;
  std::deque<std::pair<std::int64_t, std::string>> queue_;  ///< person and update
  std::vector<double> answer_times_;
  std::vector<double> whole_times_;
};

}  // namespace aisha::bench
