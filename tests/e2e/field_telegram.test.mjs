// SPDX-License-Identifier: Apache-2.0
// Kinds of fault that real bots met between themselves and Telegram; each is named by its kind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SecureRoad, mayTrust } from "./secure_road.mjs";
import { spoil } from "./spoiler.mjs";
import { World, freePort, hasButton, isResult, pause, until, wordsOf } from "./world.mjs";

const quick = { retry_first_ms: 100, retry_slowest_ms: 500, telegram_timeout_ms: 3000, upload_timeout_ms: 5000 };

async function within(order, play) {
  const world = await World.start(order);
  try {
    await play(world);
  } finally {
    await world.stop();
  }
}

const ready = (world) => fetch(`http://127.0.0.1:${world.door}/readyz`).then(async (answer) => ({ status: answer.status, ...(await answer.json()) }));
/** A listener for /readyz beside polling. */
const withDoor = async (world) => ({ server: { listen: `127.0.0.1:${(world.door = await freePort())}` } });
const callsOf = async (world, method) => (await world.sim("GET", `/sim/calls?method=${method}`)).calls;

test("k01b: a frozen HTTP/2 connection is left for a new one after one time-out", { skip: mayTrust ? false : "this machine does not let a test change what a process trusts" }, () =>
    within({
      settings: { timing: quick },
      prepare: async (world) => {
        world.road = await SecureRoad.start(world.folder, world.port);
        world.trust = world.road.authority;
        return { telegram: { api_root: world.road.url, poll_timeout_s: 5 }, fal: { queue_url: `${world.road.url}/fal`, rest_url: `${world.road.url}/fal` }, ...(await withDoor(world)) };
      },
    }, async (world) => {
      try {
        const person = await world.person();
        const create = await person.openCreate();
        assert.ok(world.road.versions.has("2.0"), `over HTTP/2, not ${[...world.road.versions]}`);
        assert.ok(world.road.freeze() > 0);
        const before = world.road.accepted;
        await person.press(create, "Портреты", { wait: 0 });
        await person.sees("the shelf", (m) => m.message_id === create.message_id && /Портреты/.test(wordsOf(m)) && !/Выберите стиль/.test(wordsOf(m)), 40_000);
        assert.ok(world.road.accepted > before, "a new connection");
        await until("readiness", async () => (await ready(world)).status === 200);
      } finally {
        world.road.stop();
      }
    }));

test("k01c: after a quiet week lower ids are seen, answered and acknowledged", () =>
  within({ settings: { timing: quick, telegram: { poll_timeout_s: 1 }, limits: { updates_per_minute: 1000 } } }, async (world) => {
    const person = await world.person();
    const updates = async () => (await world.sim("GET", "/sim/updates")).updates;
    await person.send("/start");
    await person.sees("the welcome card", (m) => hasButton(m, "Создать"));
    // The first id of each week is drawn: one in two is lower than the last one.
    let [last, next] = [0, 0];
    for (let week = 0; week < 20 && next >= last; ++week) {
      last = (await updates()).at(-1).update_id;
      await world.sim("POST", "/sim/clock", { advance_ms: 8 * 86_400_000 });
      await person.send("/help");
      next = (await until("the week's update", async () => (await updates()).at(-1).update_id !== last && updates())).at(-1).update_id;
    }
    assert.ok(next < last, "ids began anew, lower");
    for (let n = 0; n < 119; ++n) await person.send("/settings");
    await until("every update to be acknowledged", async () => (await updates()).every((u) => u.acknowledged));
    await until("every update to be handled", () => world.sql("SELECT 1 FROM inbox WHERE state <> 'done'").length === 0, 120_000);
    assert.ok(world.sql("SELECT count(*) AS n FROM inbox")[0].n >= 121);
  }));

test("k01d and k02: a foreign webhook is told by /readyz and taken away", () =>
  within({ settings: { timing: quick, telegram: { poll_timeout_s: 1 } }, prepare: withDoor }, async (world) => {
    await until("readiness", async () => (await ready(world)).status === 200);
    const token = world.token();
    const taken = await fetch(`${world.url}/bot${token}/setWebhook?url=${encodeURIComponent("http://127.0.0.1:9/foreign")}`);
    assert.equal(taken.status, 200);
    const person = await world.person();
    await person.send("/start");
    await person.sees("the welcome card", (m) => hasButton(m, "Создать"));
    assert.equal((await (await fetch(`${world.url}/bot${token}/getWebhookInfo`)).json()).result.url, "");
  }));

test("k01d: a webhook that somebody has changed is set again within a minute or so", () =>
  within({ settings: { timing: quick }, webhooks: true }, async (world) => {
    await until("the webhook", async () => (await callsOf(world, "setWebhook")).length > 0);
    const token = world.token();
    await pause(1100); // Telegram takes one setWebhook a second
    await fetch(`${world.url}/bot${token}/setWebhook?url=${encodeURIComponent("http://127.0.0.1:9/foreign")}`);
    const person = await world.person();
    await person.send("/start");
    await person.sees("the welcome card", (m) => hasButton(m, "Создать"), 150_000);
  }));

test("k02: /readyz says no while polls are answered by nothing but errors", () =>
  within({ settings: { timing: quick, telegram: { poll_timeout_s: 1 } }, prepare: withDoor }, async (world) => {
    await until("readiness", async () => (await ready(world)).status === 200);
    await world.fault("telegram", { method: "getUpdates" }, { status: 409 }, 0);
    const deaf = await until("the deaf process to say so", async () => { const now = await ready(world); return now.status === 503 ? now : null; });
    assert.deepEqual(deaf.dependencies.filter((d) => !d.ok && d.needed).map((d) => d.name), ["updates"]);
    await world.sim("DELETE", "/sim/faults");
    await until("readiness again", async () => (await ready(world)).status === 200);
  }));

/** Telegram carries out what is called so and its gateway says 502, as long as `is_so`. */
const lateAnswers = (world, method, isSo) => spoil(world.telegram, world.port, (request, response) => {
  if (!isSo() || !request.url.endsWith(`/${method}`)) return false;
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", async () => {
    await fetch(world.url + request.url, { method: "POST", headers: { "content-type": request.headers["content-type"] }, body: Buffer.concat(pieces) });
    response.writeHead(502, { "content-type": "text/html" });
    response.end("<html>502 Bad Gateway</html>");
  });
  return true;
});

test("k05: three seconds of 502 after success make at most two cards of one /start and two files of one Download", () =>
  within({ proxied: true, settings: { timing: quick } }, async (world) => {
    await world.sim("POST", "/sim/fal/settings", { max_side: 256, queue_ms: 20, run_ms: 100 });
    let late = true;
    let stop = await lateAnswers(world, "sendPhoto", () => late);
    const person = await world.person();
    await person.send("/start");
    await person.sees("a card", (m) => m.photo);
    await pause(3000);
    late = false;
    await until("the update to be done", () => world.sql("SELECT 1 FROM inbox WHERE state <> 'done'").length === 0);
    const cards = (await person.fromBot()).filter((m) => hasButton(m, "Создать")).length;
    assert.ok(cards >= 1 && cards <= 2, `${cards} cards`);
    await stop();
    const create = await person.openCreate();
    await person.press(create, "1");
    const result = await person.sees("the picture", isResult);
    late = true;
    stop = await lateAnswers(world, "sendDocument", () => late);
    await person.press(result, "Скачать");
    await person.sees("a file", (m) => m.document);
    await pause(3000);
    late = false;
    await until("the outbox to be empty", () => world.sql("SELECT 1 FROM outbox WHERE done_at IS NULL").length === 0);
    const files = (await person.fromBot()).filter((m) => m.document).length;
    assert.ok(files >= 1 && files <= 2, `${files} files`);
    assert.equal(world.sql("SELECT maybe_sent FROM outbox WHERE kind = 'original'")[0].maybe_sent, 1, "counted");
    await stop();
  }));

test("k07a: a chat that is told to wait for half an hour does not silence the others", () =>
  within({ settings: { timing: quick } }, async (world) => {
    const [first, second] = [await world.person({ first_name: "Ада" }), await world.person({ first_name: "Ева" })];
    await world.fault("telegram", { method: "sendPhoto", chat: first.id }, { status: 429, retry_after: 1800 }, 1);
    await world.fault("telegram", { method: "sendPhoto", chat: second.id }, { status: 429, retry_after: 1 }, 1);
    await Promise.all([first.send("/start"), second.send("/start")]);
    await until("both refusals", async () => (await callsOf(world, "sendPhoto")).filter((c) => c.status === 429).length === 2);
    const others = await Promise.all(Array.from({ length: 5 }, (_, n) => world.person({ first_name: `P${n}` })));
    for (const person of others) await person.send("/start");
    for (const person of [second, ...others]) await person.sees("the welcome card", (m) => hasButton(m, "Создать"), 20_000);
  }));
