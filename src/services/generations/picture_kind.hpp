// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "blobs/blob_store.hpp"
#include "catalog/models/model_manager.hpp"
#include "domain/picture.hpp"
#include "imaging/imager.hpp"
#include "services/context/context.hpp"
#include "services/generations/judging.hpp"
#include "services/generations/model_switch.hpp"
#include "services/generations/usual_times.hpp"
#include "services/jobs/job_kind.hpp"
#include "services/preparing/handover.hpp"

namespace aisha::services {

/// Where pictures come from and where they are checked and kept.
struct PictureTools {
  providers::ImageGenerator& provider;
  imaging::Imager& imager;
  blobs::BlobStore& blobs;
  const catalog::ModelManager& models;
  const UsualTimes& times;
  ModelSwitch& states;
  Handover& handover;
};

/// A job that makes a picture: its row is in `generation_requests`, its objects are the picture and its thumbnail.
class PictureKind final : public JobKind {
 public:
  PictureKind(Context context, PictureTools tools) : context_(context), tools_(tools) {}

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
  /// A picture that was looked at and is fine.
  struct Checked {
    std::string bytes;  ///< as they are kept
    imaging::Inspection seen;
  };

  Task<Wanted> wanted(Uuid id);
  std::optional<BilledCost> billed_for(const std::string& endpoint, const std::string& result) const;
  Task<Result<Checked>> check(domain::Job job, std::string result, Wanted wanted);
  Task<Result<std::string>> fetch(domain::Job job, std::string result);
  Task<Result<std::string>> fetch_again(domain::Job job);
  Task<Result<domain::PictureObject>> store(domain::Job job, Checked picture);

  Context context_;
  PictureTools tools_;
};

}  // namespace aisha::services
