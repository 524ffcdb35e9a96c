// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "services/generations/picture_keeping.hpp"
#include "services/jobs/job_kind.hpp"

namespace aisha::services {

/// A job that makes a picture: its row is in `generation_requests`, its objects are the picture and its thumbnail.
class PictureKind final : public JobKind {
 public:
  PictureKind(Context context, PictureTools tools) : context_(context), tools_(tools), keeping_(context, tools) {}

  domain::JobKindName name() const override { return domain::JobKindName::picture; }
  JobPace pace() const override;
  providers::OutputShape shape(const domain::Job& job) const override;
  Task<Result<std::unique_ptr<Kept>>> keep(domain::Job job, std::string result) override;
  bool may_pass(const Error& error, const domain::Job& job) const override;
  Task<std::optional<Elsewhere>> elsewhere(domain::Job job) override;
  void move(stores::UnitOfWork& unit, const domain::Job& job, const Elsewhere& to) const override;
  std::string input_anew(stores::UnitOfWork& unit, const domain::Job& job) const override;
  void close(stores::UnitOfWork& unit, const domain::Job& job, domain::JobState state, Errc why) const override;
  NewMessage message(const domain::Job& job, Telling telling, std::string_view occasion) const override;
  void ended(stores::UnitOfWork& unit, const domain::Job& job) const override;
  Task<bool> give(stores::UnitOfWork& unit, domain::Job late, std::string request_id, std::string result) override;
  Task<bool> is_buried(stores::UnitOfWork& unit, domain::Job job) override;
  Task<void> heard(domain::Job job, std::optional<providers::RemoteStatus> status) override;

 private:
  Context context_;
  PictureTools tools_;
  PictureKeeping keeping_;
};

}  // namespace aisha::services
