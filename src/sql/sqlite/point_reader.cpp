// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite/point_reader.hpp"

#include <boost/asio/post.hpp>

namespace aisha::sql::sqlite {

PointReader::PointReader(std::unique_ptr<Connection> connection, Executor loop)
    : connection_(std::move(connection)), loop_(std::move(loop)) {}

Rows PointReader::run(const Statement& statement) {
  if (!connection_->in_transaction()) {
    connection_->step("BEGIN");
    if (!end_is_posted_) {
      end_is_posted_ = true;
      boost::asio::post(loop_, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) {
          self->end_is_posted_ = false;
          self->renew();
        }
      });
    }
  }
  return connection_->run(statement);
}

void PointReader::renew() noexcept {
  try {
    if (connection_->in_transaction()) {
      connection_->step("COMMIT");
    }
  } catch (...) {
    // Only a broken handle fails here; the next read says so to whoever waits for it.
  }
}

}  // namespace aisha::sql::sqlite
