// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { World, isResult, until } from "./world.mjs";
import { endure, hurried, report } from "./outage.mjs";

let world;
before(async () => {
  world = await World.start({ proxied: true, settings: { timing: hurried, telegram: { poll_timeout_s: 1 } } });
  await world.sim("POST", "/sim/fal/settings", { max_side: 256, concurrency: 8, queue_ms: 20, run_ms: 200 });
});
after(() => world?.stop());

/** A fault of the sandbox for as long as the row lasts. */
const answers = (match, then) => ({ inject: () => world.fault("telegram", match, then, 0), remove: () => world.sim("DELETE", "/sim/faults") });
const struck = async () => (await world.telegram.struck()) > 0;

async function row(name, order) {
  report(name, await endure(world, order));
}

test("Telegram down: connections are refused", () =>
  row("Telegram down", { inject: () => world.telegram.down(), remove: () => world.telegram.up() }));

test("Telegram half-open: bytes vanish, connections stay", () =>
  row("Telegram half-open", { inject: () => world.telegram.vanish(), remove: () => world.telegram.heal(), felt: struck }));

test("Telegram answers every call with 502", () => row("Telegram 502", answers({}, { status: 502 })));

test("Telegram answers getUpdates with 409: another instance polls", () => row("Telegram 409", answers({ method: "getUpdates" }, { status: 409 })));

test("the token is refused while the product runs: it keeps making pictures and sends them later", () =>
  row("Telegram 401", answers({}, { status: 401 })));

test("Telegram carries edits out and their answers get lost: nobody sees a picture twice", () =>
  row("Telegram edit answers lost", {
    inject: () => world.telegram.toxic("drop_response", { match: "editMessageMedia" }),
    remove: () => world.telegram.heal(),
    felt: struck,
    cpu: 1, // uploads repeat
  }));

test("connections are reset in the middle of an upload", () =>
  row("Telegram reset mid-upload", {
    inject: () => world.telegram.toxic("reset_peer", { stream: "upstream", match: "editMessageMedia", timeout: 0 }),
    remove: () => world.telegram.heal(),
    felt: struck,
    cpu: 1,
  }));

test("a fifth of all connections are reset", () =>
  row("Telegram flaky", {
    inject: () => world.telegram.toxic("reset_peer", { toxicity: 0.2, timeout: 20 }),
    remove: () => world.telegram.heal(),
    twice: 1, // a send whose answer is lost is repeated once
    cpu: 1, // pictures are made and sent all the time
  }));

test("the road to Telegram is slow", () =>
  row("Telegram slow", {
    inject: async () => { await world.telegram.toxic("latency", { latency: 300, jitter: 100 }); await world.telegram.toxic("bandwidth", { stream: "upstream", rate: 200 }); },
    remove: () => world.telegram.heal(),
    felt: struck,
    cpu: 1,
  }));

test("Telegram's sends alone are away: everything is answered afterwards, in order, nothing twice", () =>
  row("Telegram sends 502", {
    inject: async () => { for (const method of ["sendPhoto", "sendMessage", "sendDocument"]) await world.fault("telegram", { method }, { status: 502 }, 0); },
    remove: () => world.sim("DELETE", "/sim/faults"),
  }));

test("429 with retry_after for every chat: nothing is lost", () => row("Telegram 429", answers({}, { status: 429, retry_after: 1 })));

test("the status message is gone: the picture is sent anew, once", async () => {
  const gone = JSON.stringify({ ok: false, error_code: 400, description: "Bad Request: message to edit not found" });
  const person = await world.person({ first_name: "Ия" });
  const create = await person.openCreate();
  const fault = await world.fault("telegram", { method: "editMessageMedia", chat: person.id }, { status: 400, body: gone }, 0);
  await person.press(create, "1", { wait: 0 });
  await person.sees("the picture in a new message", (m) => m.message_id > create.message_id && isResult(m));
  await world.sim("DELETE", `/sim/faults/${fault.id}`);
  assert.equal((await person.fromBot()).filter(isResult).length, 1);
});

test("an answer to sendPhoto that is lost shows a picture twice at most, and is counted", async () => {
  const gone = JSON.stringify({ ok: false, error_code: 400, description: "Bad Request: message to edit not found" });
  const person = await world.person({ first_name: "Зоя" });
  const create = await person.openCreate();
  await world.fault("telegram", { method: "editMessageMedia", chat: person.id }, { status: 400, body: gone }, 0);
  await world.fault("telegram", { method: "sendPhoto", chat: person.id }, { drop: "after" }, 1);
  await person.press(create, "1", { wait: 0 });
  await person.sees("the picture", isResult);
  const open = `SELECT count(*) AS n FROM outbox WHERE lane = ${person.id} AND done_at IS NULL`;
  await until("the outbox to be empty", () => world.sql(open)[0].n === 0);
  await world.sim("DELETE", "/sim/faults");
  const shown = (await person.fromBot()).filter(isResult).length;
  const [{ maybe }] = world.sql(`SELECT count(*) AS maybe FROM outbox WHERE lane = ${person.id} AND (maybe_sent > 0 OR error = 'maybe sent')`);
  assert.ok(shown <= 2 && maybe >= 1, `${shown} pictures, ${maybe} unknown outcomes counted`);
});

test("a blocked bot: the picture waits in the gallery, the person is marked, the coins are spent on it", async () => {
  const person = await world.person({ first_name: "Лия" });
  const create = await person.openCreate();
  await world.fal.toxic("latency", { latency: 500 });
  await person.press(create, "1", { wait: 0 });
  await world.sim("POST", `/sim/chats/${person.id}/block`);
  await world.fal.heal();
  const state = () => world.sql(`SELECT g.status, u.is_blocked FROM generation_requests g JOIN users u ON u.id = g.user_id WHERE g.chat_id = ${person.id}`)[0];
  await until("the picture to be kept and the person to be marked", () => state()?.status === "ready" && state().is_blocked === 1);
  const kept = world.sql(`SELECT object_key FROM generation_requests WHERE chat_id = ${person.id}`)[0];
  assert.ok(kept.object_key);
});
