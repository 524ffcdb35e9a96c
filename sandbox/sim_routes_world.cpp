// SPDX-License-Identifier: Apache-2.0
#include "sandbox/sim_routes.hpp"

namespace aisha::sandbox {
namespace {

Task<http::ServerResponse> calls(Hub& hub, http::ServerRequest request) {
  const auto method = request.query.find("method");
  const std::string name = method == request.query.end() ? std::string() : method->second;
  co_return sim_answer(hub.calls.list(sim_number(request.query, "after"), name, sim_number(request.query, "chat")));
}

Task<http::ServerResponse> updates(Hub& hub, http::ServerRequest request) {
  co_return sim_answer(hub.world.updates(sim_number(request.query, "after")));
}

Task<http::ServerResponse> repeat(Hub& hub, http::ServerRequest request) {
  const auto body = sim_body(request);
  if (!body) {
    co_return sim_error(400, "the body must be a JSON object");
  }
  const auto outcome = hub.world.act("repeat", *body);
  hub.settle();
  co_return sim_outcome(outcome);
}

Task<http::ServerResponse> add_fault(Hub& hub, http::ServerRequest request) {
  const auto body = sim_body(request);
  const auto id = body ? hub.faults.add(*body) : fail(Errc::http_bad_request, "the body must be a JSON object");
  if (!id) {
    co_return sim_error(400, id.error().detail);
  }
  const json::Object answer{{"id", *id}};
  co_return sim_answer(answer);
}

Task<http::ServerResponse> remove_faults(Hub& hub, http::ServerRequest request) {
  const json::Object done{{"ok", true}};
  if (!request.params.contains("id")) {
    hub.faults.clear();
    co_return sim_answer(done);
  }
  const bool known = hub.faults.remove(static_cast<int>(sim_number(request.params, "id")));
  co_return known ? sim_answer(done) : sim_error(404, "no such fault");
}

Task<http::ServerResponse> list_faults(Hub& hub) {
  co_return sim_answer(hub.faults.list());
}

Task<http::ServerResponse> advance(Hub& hub, http::ServerRequest request, std::function<void()> journal_clock) {
  const auto body = sim_body(request);
  const telegram::Params fields(body ? *body : json::Object());
  const auto by = fields.integer("advance_ms", -1, -1, 100LL * 365 * 86'400'000);
  if (by < 0) {
    co_return sim_error(400, "advance_ms must be a number of at least 0");
  }
  hub.clock.advance(Millis(by));
  journal_clock();
  const json::Object answer{{"clock", hub.now()}};
  const json::Object event{{"type", "clock"}, {"clock", hub.now()}};
  hub.feed.publish({event});
  co_return sim_answer(answer);
}

Task<http::ServerResponse> reset(Hub& hub, std::function<void()> also_reset) {
  hub.faults.clear();
  hub.clock.reset();
  hub.calls.clear();
  also_reset();
  hub.world.reset();
  hub.settle();
  const json::Object done{{"ok", true}};
  co_return sim_answer(done);
}

Task<http::ServerResponse> unknown(http::ServerRequest request) {
  co_return sim_error(404, "there is no route " + request.method + " " + request.path);
}

}  // namespace

void add_unknown_route(http::Router& router) {
  router.add("*", "/sim/*rest", [](http::ServerRequest r) { return unknown(std::move(r)); });
}

void add_world_routes(http::Router& router, Hub& hub, std::function<void()> also_reset,
                      std::function<void()> journal_clock) {
  using http::ServerRequest;
  router.add("GET", "/sim/calls", [&hub](ServerRequest r) { return calls(hub, std::move(r)); });
  router.add("GET", "/sim/updates", [&hub](ServerRequest r) { return updates(hub, std::move(r)); });
  router.add("POST", "/sim/updates/repeat", [&hub](ServerRequest r) { return repeat(hub, std::move(r)); });
  router.add("GET", "/sim/faults", [&hub](const ServerRequest&) { return list_faults(hub); });
  router.add("POST", "/sim/faults", [&hub](ServerRequest r) { return add_fault(hub, std::move(r)); });
  router.add("DELETE", "/sim/faults", [&hub](ServerRequest r) { return remove_faults(hub, std::move(r)); });
  router.add("DELETE", "/sim/faults/:id", [&hub](ServerRequest r) { return remove_faults(hub, std::move(r)); });
  router.add("POST", "/sim/clock",
             [&hub, journal_clock](ServerRequest r) { return advance(hub, std::move(r), journal_clock); });
  router.add("POST", "/sim/reset", [&hub, also_reset](const ServerRequest&) { return reset(hub, also_reset); });
}

}  // namespace aisha::sandbox
