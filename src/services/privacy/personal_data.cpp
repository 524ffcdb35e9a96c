// SPDX-License-Identifier: Apache-2.0
#include "services/privacy/personal_data.hpp"

#include <string>
#include <utility>

#include "services/privacy/erasing.hpp"
#include "services/privacy/exporting.hpp"
#include "stores/privacy/data_requests.hpp"
#include "stores/privacy/own_data.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
namespace {

namespace data_requests = stores::data_requests;
using data_requests::Kind;

OpenDataRequest view_of(const data_requests::Request& request) {
  return {request.kind == Kind::erasing, request.progress.part, request.progress.parts};
}

data_requests::Wish wish_of(Actor& actor, Kind kind) {
  data_requests::Wish wish;
  wish.id = actor.trace();
  wish.user_id = actor.user().id;
  wish.kind = kind;
  wish.chat_id = actor.chat_id();
  wish.language = domain::text_of(actor.settings().language);
  wish.step = kind == Kind::erasing ? kFirstErasureStep : Exporting::kFirstStep;
  return wish;
}

}  // namespace

Task<OwnDataView> PersonalData::look(Uuid owner) {
  OwnDataView view = co_await figures(owner);
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto open = co_await data_requests::find_open(unit, owner);
  if (open) {
    view.open = view_of(*open);
  }
  co_return view;
}

Task<OwnDataView> PersonalData::figures(Uuid owner) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto all = co_await stores::own_data::figures(unit, owner);
  OwnDataView view;
  view.pictures = all.pictures;
  view.binned = all.binned;
  view.bytes = all.bytes;
  view.avatars = all.avatars;
  view.files = all.bytes / context_.policy.export_part + 1;
  view.is_shared = all.is_shared;
  co_return view;
}

Task<Result<OpenDataRequest>> PersonalData::start_export(Actor& actor) {
  const auto opened = co_await data_requests::open(actor.unit(), wish_of(actor, Kind::exporting));
  if (!opened) {
    co_return std::unexpected(opened.error());
  }
  co_return view_of(*opened);
}

Task<std::optional<OpenDataRequest>> PersonalData::stop_export(Actor& actor) {
  const auto open = co_await data_requests::find_open(actor.unit(), actor.user().id);
  if (!open) {
    co_return std::nullopt;
  }
  if (open->kind == Kind::exporting) {
    data_requests::stop(actor.unit(), *open, code_of(Errc::job_cancelled));
  }
  co_return view_of(*open);
}

Task<Result<void>> PersonalData::start_erasure(Actor& actor, bool is_outdated) {
  const auto open = co_await data_requests::find_open(actor.unit(), actor.user().id);
  if (is_outdated && (!open || open->kind != Kind::erasing)) {
    co_return fail(Errc::card_changed);
  }
  const auto opened = co_await data_requests::open(actor.unit(), wish_of(actor, Kind::erasing));
  if (!opened) {
    co_return std::unexpected(opened.error());
  }
  co_return Result<void>{};
}

}  // namespace aisha::services
