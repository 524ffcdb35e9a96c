// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { World, isResult, until } from "./world.mjs";

let world;
let base;
let secret;
// The webhook is always first: a picture takes 300 ms.
const settings = { timing: { poll_first_ms: 3_000, poll_slowest_ms: 3_000 } };

before(async () => {
  world = await World.start({ settings, webhooks: true });
  base = `http://127.0.0.1:${world.listenPort}`;
  const token = fs.readFileSync(path.join(world.folder, "sandbox", "bot.token"), "utf8").trim();
  secret = createHmac("sha256", token).update("aisha telegram webhook secret").digest("base64url");
});
after(() => world?.stop());

const bring = (body, headers = {}) => fetch(`${base}/telegram`, {
  method: "POST",
  headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret, ...headers },
  body,
});
const requests = async () => (await world.sim("GET", "/sim/fal/requests")).requests;

test("the first picture comes by both webhooks, and nothing is polled for", async () => {
  const person = await world.person();
  const create = await person.openCreate();
  await person.press(create, "1");
  await person.sees("the picture", isResult);
  assert.equal((await world.sim("GET", "/sim/calls?method=getUpdates")).calls.length, 0);
  const [request] = await requests();
  assert.deepEqual(request.deliveries.map((delivery) => delivery.status), [200]);
  const events = world.sql("SELECT token, state FROM provider_event");
  assert.equal(events.length, 1);
  assert.match(events[0].token, /^[0-9a-f]{32}$/, "it came by webhook");
});

test("Row1: a stranger's update is an empty 401 that the figures count", async () => {
  const answer = await bring('{"update_id":1}', { "x-telegram-bot-api-secret-token": "guess" });
  assert.equal(answer.status, 401);
  assert.equal(await answer.text(), "");
  const figures = await (await fetch(`${base}/metrics`)).text();
  assert.match(figures, /aisha_http_refused_total\{code="webhook.bad_secret"\} 1\n/);
});

test("Row3: what is no update is answered 200 and kept as poison", async () => {
  assert.equal((await bring('{"update_id":')).status, 200);
  assert.equal((await bring(Buffer.from([0x7b, 0xff, 0x00, 0x7d]))).status, 200);
  await until("both kept", () => world.sql("SELECT 1 FROM inbox WHERE state = 'poison'").length === 2);
});

test("Row34: a forged webhook of fal is 401, and polling brings the picture", async () => {
  await world.sim("POST", "/sim/fal/settings", { webhook: "forged" });
  const person = await world.person();
  const create = await person.openCreate();
  await person.press(create, "1");
  await person.sees("the picture", isResult);
  assert.equal((await requests()).at(-1).deliveries[0].status, 401);
  await world.sim("POST", "/sim/fal/settings", { webhook: "on" });
});

test("a webhook that comes twice delivers one picture and takes the coins once", async () => {
  await world.sim("POST", "/sim/fal/settings", { webhook: "twice" });
  const person = await world.person();
  const create = await person.openCreate();
  await person.press(create, "1");
  await person.sees("the picture", isResult);
  await until("the second call", async () => (await requests()).at(-1).deliveries.length === 2);
  assert.equal((await person.fromBot()).filter(isResult).length, 1);
  assert.equal(world.sql("SELECT 1 FROM provider_event").length, (await requests()).length);
  await world.sim("POST", "/sim/fal/settings", { webhook: "on" });
});

test("/readyz names what the process depends on", async () => {
  assert.equal((await fetch(`${base}/healthz`)).status, 200);
  const answer = await fetch(`${base}/readyz`);
  assert.equal(answer.status, 200);
  const { ready, dependencies } = await answer.json();
  assert.equal(ready, true);
  assert.deepEqual(dependencies.map(({ name, ok }) => [name, ok]),
    [["database", true], ["pictures", true], ["telegram", true], ["updates", true], ["fal", true]]);
});

test("P5: a stopping process says 503 and Retry-After, and what was brought then is answered after the start", async () => {
  const person = await world.person();
  const create = await person.openCreate();
  await world.fault("fal", { method: "POST" }, { delay_ms: 2_000 });
  await person.press(create, "1");
  await until("the submit", () => world.sql("SELECT 1 FROM jobs WHERE status = 'submitting'").length === 1);
  world.product.kill("SIGTERM");
  const refused = await until("the closed hook", async () => {
    const answer = await bring('{"update_id":1}').catch(() => null);
    return answer?.status === 503 ? answer : null;
  });
  assert.equal(refused.headers.get("retry-after"), "5");
  assert.equal((await fetch(`${base}/readyz`)).status, 503);
  await person.send("/start");
  assert.deepEqual(await world.product.ended, { code: 0, signal: null });
  assert.equal(world.sql("SELECT 1 FROM jobs WHERE status = 'submitting'").length, 0);
  assert.equal(world.sql("SELECT 1 FROM outbox WHERE state = 'sending'").length, 0);
  await world.startProduct();
  await person.sees("the picture", isResult);
  await person.sees("the answer to /start", (m) => m.message_id > create.message_id && !isResult(m) && m.photo);
  assert.equal((await person.fromBot()).filter(isResult).length, 1);
});

test("one line of the configuration switches to polling and back", async () => {
  const person = await world.person({ first_name: "Олег" });
  await world.stopProduct();
  const port = world.listenPort;
  const address = `127.0.0.1:${port}`;
  world.listenPort = 0;
  world.settings = { ...settings, server: { listen: address }, telegram: { updates: "polling", webhook_url: `${base}/telegram` } };
  world.writeConfig();
  await world.startProduct();
  await person.send("/start");
  const first = await person.sees("a card by polling", (m) => m.photo);
  assert.equal((await bring('{"update_id":1}')).status, 404, "there is no hook now");
  await world.stopProduct();
  world.listenPort = port;
  world.settings = settings;
  world.writeConfig();
  await world.startProduct();
  await person.send("/start");
  await person.sees("a card by webhook", (m) => m.photo && m.message_id > first.message_id);
});

test("neither the secret nor a token of an address is in the log", () => {
  const log = fs.readFileSync(path.join(world.folder, "aisha.log"), "utf8");
  assert.ok(!log.includes(secret));
  for (const { token } of world.sql("SELECT token FROM provider_attempt")) assert.ok(!log.includes(token));
});
