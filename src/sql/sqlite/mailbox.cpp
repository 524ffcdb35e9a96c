// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite/mailbox.hpp"

#include <boost/asio/post.hpp>
#include <iterator>

namespace aisha::sql::sqlite {

std::shared_ptr<Mailbox> Mailbox::create(Executor loop, std::weak_ptr<PointReader> reader) {
  std::shared_ptr<Mailbox> mailbox(new Mailbox(std::move(loop), std::move(reader)));
  mailbox->self_ = mailbox;
  return mailbox;
}

void Mailbox::deliver(Jobs&& jobs) {
  bool first = false;
  {
    const std::scoped_lock lock(mutex_);
    first = waiting_.empty();
    waiting_.insert(waiting_.end(), std::make_move_iterator(jobs.begin()), std::make_move_iterator(jobs.end()));
  }
  jobs.clear();
  if (first) {
    boost::asio::post(loop_, [self = self_.lock()] { self->empty(); });
  }
}

void Mailbox::empty() {
  Jobs jobs;
  {
    const std::scoped_lock lock(mutex_);
    jobs.swap(waiting_);
  }
  if (const auto reader = reader_.lock()) {
    reader->renew();
  }
  for (auto& job : jobs) {
    job->complete();
  }
}

}  // namespace aisha::sql::sqlite
