// SPDX-License-Identifier: Apache-2.0
// Everything that product and sandbox say to each other on Telegram's side is held against Telegram's own documentation.
// AISHA_SANDBOX_URL: judges what a running sandbox has recorded; without it a first picture is played through.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { World, isResult } from "../e2e/world.mjs";
import { answerProblems, requestProblems, updateProblems } from "./botapi_rules.mjs";
import { sim } from "./sandbox_api.mjs";

let world;
let url = process.env.AISHA_SANDBOX_URL?.replace(/\/$/, "");

before(async () => {
  if (url) return;
  world = await World.start();
  url = world.url;
  await sim(url, "POST", "/sim/fal/settings", { queue_ms: 100, run_ms: 200, max_side: 512 });
  const person = await world.person();
  const card = await person.openCreate();
  await person.press(card, "1");
  await person.sees("the picture", isResult);
});

after(() => world?.stop());

/** One line a fault, at most twenty: "call 12 sendPhoto: ...". */
const report = (faults) => faults.slice(0, 20).join("\n");

test("every call of the bot has the parameters that the documentation names", async () => {
  const { calls } = await sim(url, "GET", "/sim/calls");
  assert.ok(calls.length > 0, "nothing was recorded");
  const faults = calls.flatMap(({ n, method, parameters, files }) => {
    // An upload whose form part is a parameter itself is listed among the files only.
    const parts = (files ?? []).map(({ field }) => field).filter((field) => ["photo", "document", "certificate"].includes(field));
    const uploads = Object.fromEntries(parts.map((field) => [field, "file"]));
    return requestProblems(method, { ...uploads, ...parameters }).map((fault) => `call ${n} ${method}: ${fault}`);
  });
  assert.equal(report(faults), "");
});

test("every answer of the sandbox has the result that the documentation names", async () => {
  const { calls } = await sim(url, "GET", "/sim/calls");
  const faults = calls.filter(({ answer, status }) => answer && status !== 0)
    .flatMap(({ n, method, answer }) => answerProblems(method, answer).map((fault) => `answer ${n} ${method}: ${fault}`));
  assert.equal(report(faults), "");
});

test("every update of the sandbox is one that the documentation names", async () => {
  const { updates } = await sim(url, "GET", "/sim/updates");
  assert.ok(updates.length > 0, "no update was made");
  const faults = updates.flatMap(({ update }) => updateProblems(update).map((fault) => `update ${update.update_id}: ${fault}`));
  assert.equal(report(faults), "");
});
