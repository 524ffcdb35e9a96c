// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
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

/// How to read the answer of the job's model.
providers::OutputShape shape_of(const catalog::ModelManager& models, const domain::Job& job);

/// A result of the provider becomes a picture in the store: fetched, decoded, judged, kept with its thumbnail.
class PictureKeeping {
 public:
  PictureKeeping(Context context, PictureTools tools) : context_(context), tools_(tools) {}

  /// As JobKind::keep.
  Task<Result<std::unique_ptr<Kept>>> keep(domain::Job job, std::string result);

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
