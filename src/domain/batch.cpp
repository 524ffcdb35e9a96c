// SPDX-License-Identifier: Apache-2.0
#include "domain/batch.hpp"

#include <algorithm>

namespace aisha::domain {

std::int64_t BatchStatus::count(PictureState state) const {
  return std::ranges::count_if(members, [state](const Member& one) { return one.own.picture.state == state; });
}

std::vector<OwnPicture> BatchStatus::live() const {
  std::vector<OwnPicture> out;
  for (const Member& one : members) {
    if (one.own.picture.state == PictureState::ready && !one.own.picture.deleted_at) {
      out.push_back(one.own);
    }
  }
  return out;
}

}  // namespace aisha::domain
