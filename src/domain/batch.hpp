// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/avatar.hpp"
#include "domain/own_picture.hpp"

namespace aisha::domain {

/// Row of `batches`: pictures that were ordered together and are told of in one message.
struct Batch {
  Uuid id;
  Uuid user_id;
  std::int64_t chat_id = 0;
  std::int64_t message_id = 0;    ///< that tells of it; 0 = none yet
  std::optional<Uuid> parent_id;  ///< the picture that all of them vary
  std::int64_t size = 0;
  std::int64_t open = 0;  ///< members that have not ended
  TimePoint created_at;
};

/// A batch with what has become of its members so far.
struct BatchStatus {
  struct Member {
    OwnPicture own;
    bool is_cancelling = false;  ///< asked to stop
    std::int64_t rerolls = 0;    ///< made anew for nothing so often
  };
  Batch batch;
  std::vector<Member> members;   ///< in the order of their ids
  std::optional<Avatar> avatar;  ///< with which they are made; none when it is gone

  std::int64_t count(PictureState state) const;
  /// Ready ones that were not removed, in their order.
  std::vector<OwnPicture> live() const;
};

}  // namespace aisha::domain
