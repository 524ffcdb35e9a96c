// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { aisha } from "./programs.mjs";
import { World, isResult } from "./world.mjs";


let world;
before(async () => { world = await World.start(); });
after(() => world?.stop());

test("Row68: a second instance on the same database ends with status 4 and names the process that holds it", () => {
  const second = aisha("serve", "--config", world.config);
  assert.equal(second.status, 4);
  assert.match(second.stderr, new RegExp(`${world.product.pid}`));
});

test("SIGTERM ends the product with status 0 while a picture is being made, and the next start delivers it once", async () => {
  await world.sim("POST", "/sim/fal/settings", { run_ms: 2_000 });
  const person = await world.person();
  const create = await person.openCreate();
  await person.press(create, "1");
  const ended = await world.stopProduct();
  assert.deepEqual(ended, { code: 0, signal: null });
  await world.startProduct();
  await person.sees("the picture", isResult);
  assert.equal((await person.fromBot()).filter(isResult).length, 1);
  assert.equal((await world.sim("GET", "/sim/fal/requests")).requests.length, 1, "nothing was submitted twice");
  await world.sim("POST", "/sim/fal/settings", { run_ms: 300 });
});

test("what people send while the product is down is answered after its start", async () => {
  const person = await world.person({ first_name: "Нина" });
  await world.killProduct();
  await person.send("/start");
  await world.startProduct();
  await person.sees("the welcome card", (m) => m.photo);
});

test("a person who blocks the bot costs no errors, and their picture waits in the gallery", async () => {
  await world.sim("POST", "/sim/fal/settings", { run_ms: 1_000 });
  const person = await world.person({ first_name: "Лев" });
  const create = await person.openCreate();
  await person.press(create, "1");
  await world.sim("POST", `/sim/chats/${person.id}/block`);
  const rows = () => world.sql(`SELECT status FROM generation_requests WHERE chat_id = ${person.id}`);
  while (rows()[0]?.status !== "ready") await new Promise((resolve) => setTimeout(resolve, 50));
  await world.sim("POST", `/sim/chats/${person.id}/unblock`);
  await person.send("/start");
  await person.sees("a card again", (m) => m.message_id > create.message_id && m.photo);
  await world.sim("POST", "/sim/fal/settings", { run_ms: 300 });
});

test("doctor finds nothing to mend here, and says what to do when the token is wrong", () => {
  const well = aisha("doctor", "--config", world.config);
  assert.equal(well.status, 0, well.stdout);
  assert.match(well.stdout, /telegram +the bot is @/);
  assert.match(well.stdout, /updates +polling, \d+ updates waiting/);
  const broken = path.join(world.folder, "broken.toml");
  fs.writeFileSync(broken, fs.readFileSync(world.config, "utf8").replace(/token = "\d+:/, 'token = "1:'), { mode: 0o600 });
  const ill = aisha("doctor", "--config", broken);
  assert.equal(ill.status, 1);
  assert.match(ill.stdout, /BAD telegram/);
  assert.match(ill.stdout, /@BotFather/);
});

test("doctor sees that somebody else's webhook takes the updates, and does not print its path", async () => {
  const token = fs.readFileSync(path.join(world.folder, "sandbox", "bot.token"), "utf8").trim();
  const call = (method, body) => fetch(`${world.url}/bot${token}/${method}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  }).then((answer) => answer.json());
  await world.stopProduct();
  assert.equal((await call("setWebhook", { url: `${world.url}/a-path-that-is-a-secret` })).ok, true);
  const ill = aisha("doctor", "--config", world.config);
  assert.equal(ill.status, 1);
  assert.match(ill.stdout, /BAD updates +a webhook at http:\/\/127\.0\.0\.1:\d+ takes the updates\n +-> /);
  assert.doesNotMatch(ill.stdout, /a-path-that-is-a-secret/);
  assert.equal((await call("deleteWebhook", {})).ok, true);
  await world.startProduct();
});

test("no token, key or signature appears in the product's log", async () => {
  const log = fs.readFileSync(path.join(world.folder, "aisha.log"), "utf8");
  const token = fs.readFileSync(path.join(world.folder, "sandbox", "bot.token"), "utf8").trim();
  assert.ok(log.length > 0);
  assert.ok(!log.includes(token.split(":")[1]));
  assert.ok(!log.includes("test:secret"));
});

test("Row67: a database of a newer release is refused with status 3", () => {
  const folder = fs.mkdtempSync(path.join(world.folder, "newer-"));
  const config = path.join(folder, "aisha.toml");
  fs.writeFileSync(config, `[database]\nurl = "sqlite:${folder}/a.db"\n[blobs]\nurl = "dir:${folder}/blobs"\n`);
  assert.equal(aisha("migrate", "--config", config).status, 0);
  const script = "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1])\nc.execute(\"INSERT INTO aisha_schema SELECT 9999, 'later', checksum, state, applied_at FROM aisha_schema WHERE number = 1\")\nc.commit()";
  assert.equal(spawnSync("python3", ["-c", script, `${folder}/a.db`], { encoding: "utf8" }).status, 0);
  const run = aisha("migrate", "--config", config);
  assert.equal(run.status, 3, run.stderr);
  assert.match(run.stderr, /db\.schema_newer/);
});

test("templates check names file and line of what is wrong, and version answers", () => {
  assert.equal(aisha("templates", "check").status, 0);
  const folder = fs.mkdtempSync(path.join(world.folder, "catalog-"));
  fs.mkdirSync(path.join(folder, "templates"));
  fs.writeFileSync(path.join(folder, "templates", "a.toml"), "[[category]]\nid = 7\n");
  const run = aisha("templates", "check", folder);
  assert.equal(run.status, 2);
  assert.match(run.stderr, /a\.toml:\d+/);
  assert.match(aisha("version").stdout, /^aisha \d+\.\d+\.\d+ \(clang 19/);
});
