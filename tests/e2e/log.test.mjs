// SPDX-License-Identifier: Apache-2.0
// What an operator reads: structured lines, one trace from the update to the picture, and no secret at any level.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { World, isResult } from "./world.mjs";

let world;
before(async () => { world = await World.start({ settings: { log: { level: "debug", format: "json" } } }); });
after(() => world?.stop());

const text = () => fs.readFileSync(path.join(world.folder, "aisha.log"), "utf8");
const lines = () => text().trim().split("\n").map((line) => JSON.parse(line));

test("every line is a JSON object with time, level and message", async () => {
  const person = await world.person({ first_name: "Аня \"\\\n" });
  const create = await person.openCreate();
  await person.press(create, "1");
  await person.sees("the picture", isResult);
  for (const line of lines()) {
    assert.match(line.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.ok(["debug", "info", "warn", "error"].includes(line.level));
    assert.equal(typeof line.msg, "string");
  }
});

test("one trace leads from the update through the job to the delivery, and is the picture's id", async () => {
  const [{ id }] = world.sql("SELECT lower(hex(id)) AS id FROM generation_requests");
  const trace = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const told = () => lines().filter((line) => line.trace === trace).map((line) => line.msg);
  while (!told().some((msg) => msg.startsWith("told job_result"))) await new Promise((resolve) => setTimeout(resolve, 20));
  const way = told();
  const at = (start) => way.findIndex((msg) => msg.startsWith(start));
  for (const start of ["asked for: ", "update ", "submitted to ", "stored ", "told job_result"]) {
    assert.notEqual(at(start), -1, `${start}: ${way.join("\n")}`);
  }
  assert.ok(at("asked for: ") < at("submitted to ") && at("submitted to ") < at("stored ") && at("stored ") < at("told job_result"));
});

test("no token and no key is in the log at its loudest, also when everything fails", async () => {
  const token = fs.readFileSync(path.join(world.folder, "sandbox", "bot.token"), "utf8").trim();
  await world.sim("POST", "/sim/fal/settings", { run_ms: 300 });
  const person = await world.person();
  const create = await person.openCreate();
  world.sandbox.kill("SIGKILL");
  await world.sandbox.ended;
  while (!lines().some((line) => line.level === "warn" && /Telegram|telegram/.test(line.msg))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.ok(create);
  const log = text();
  for (const secret of [token, token.split(":")[1], "test:secret"]) {
    assert.ok(!log.includes(secret));
  }
  await world.startSandbox();
});
