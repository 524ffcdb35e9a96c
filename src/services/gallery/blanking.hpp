// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "services/context/context.hpp"
#include "services/context/worker.hpp"

namespace aisha::stores {
class UnitOfWork;
}
namespace aisha::stores::message_blanks {
struct Taken;
}

namespace aisha::services {

/// Port of `Blanking`, implemented in `bot`: takes pictures out of a chat. One call to Telegram each; its outages are
/// answers, not exceptions.
class Blanker {
 public:
  struct Answer {
    enum class Kind {
      done,     ///< none of them shows a picture any more, or nobody can reach the chat
      too_old,  ///< Telegram does not delete one of them
      refused,  ///< Telegram does not do it, for whatever reason
      away,     ///< nothing is known: Telegram does not answer
      later,    ///< Telegram wants the chat left alone for `retry_after`
    };
    Kind kind = Kind::done;
    Millis retry_after{0};
    std::string error;
  };

  virtual ~Blanker() = default;
  /// At most `kMostRemoved`.
  virtual Task<Answer> remove(std::int64_t chat_id, std::vector<std::int64_t> messages) = 0;
  /// The neutral picture takes the place of whatever the message shows.
  virtual Task<Answer> blank(std::int64_t chat_id, std::int64_t message_id) = 0;

  static constexpr std::int64_t kMostRemoved = 100;
};

/// Messages that have to lose their picture, chat by chat: young ones are deleted together, older ones get the neutral
/// picture one by one, `Policy::blank_pace` apart and only where nothing is to be told. What Telegram refuses for
/// `Policy::blank_give_up` is given up and counted; its absence is waited out, however long.
class Blanking final : public Worker {
 public:
  Blanking(Context context, Blanker& blanker) : context_(context), blanker_(blanker) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  using Taken = stores::message_blanks::Taken;
  Task<void> run(Taken taken);
  Task<void> settle(Taken taken, std::vector<std::int64_t> messages, Blanker::Answer answer);
  void give_up_old(stores::UnitOfWork& unit, const Taken& taken);

  Context context_;
  Blanker& blanker_;
  TimePoint look_{};  ///< nothing is to be asked for before
};

}  // namespace aisha::services
