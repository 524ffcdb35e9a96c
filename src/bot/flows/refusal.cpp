// SPDX-License-Identifier: Apache-2.0
#include "bot/flows/flows.hpp"
#include "bot/screens/problem.hpp"

namespace aisha::bot::flows {
namespace {

/// credits_insufficient carries "need have".
std::int64_t needed(const Error& error, std::int64_t price) {
  const std::int64_t stated = screens::number_in(error.detail);
  return stated > 0 ? stated : price;
}

}  // namespace

Task<Reply> refuse(Scene& scene, Error error) {
  const auto avatar = co_await scene.tools.people.main_avatar(scene.turn);
  const screens::Problem view{.code = error.code,
                              .detail = error.detail,
                              .avatar = avatar ? avatar->name : std::string(),
                              .price = needed(error, scene.tools.showcase.price()),
                              .coins = scene.turn.balance(),
                              .max_active = scene.tools.options.max_active,
                              .support = scene.tools.options.support,
                              .samples = scene.tools.showcase.samples()};
  Reply reply;
  auto toast = screens::problem_toast(scene.texts(), view);
  if (toast && scene.pressed) {
    reply.toast = std::move(*toast);
  } else {
    reply.card = screens::problem(scene.texts(), view);
  }
  co_return reply;
}

}  // namespace aisha::bot::flows
