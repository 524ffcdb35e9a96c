// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdexcept>

namespace aisha::services {

/// A neighbour beyond our ports (Telegram) gives no answer, or refuses whatever is asked: no fault of the work at hand,
/// which waits until it is over, however long that takes. For the database there is `sql::Outage`.
class Away : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace aisha::services
