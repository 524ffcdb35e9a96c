// SPDX-License-Identifier: Apache-2.0
// An archive of everything that is kept of a person, in parts of what Telegram takes. PICTURES=1000 BYTES=500000 for a
// large one.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { aisha, root } from "./programs.mjs";
import { World, hasButton, isResult, pause, until, wordsOf } from "./world.mjs";

const kPictures = Number(process.env.PICTURES ?? 6);
const kBytes = Number(process.env.BYTES ?? 20_000_000);
const kMostMemory = 120; // MB above idle
const tool = path.join(root, "tests/e2e/archives.py");

let world;
let person;
before(async () => {
  world = await World.start();
  person = await world.person({ first_name: "Анна" });
  const create = await person.openCreate();
  await person.press(create, "1");
  await person.sees("the picture", isResult);
  await world.stopProduct();
  execFileSync("python3", [tool, "fill", path.join(world.folder, "aisha.db"), path.join(world.folder, "blobs"), String(person.id), String(kPictures), String(kBytes)]);
  await world.startProduct();
});
after(() => world?.stop());

const archives = async () => (await person.fromBot()).filter((message) => message.document?.mime_type === "application/zip");
const isMine = (message) => hasButton(message, "Удалить всё");

async function myData() {
  await person.send("/privacy");
  const policy = await person.sees("what is kept", (m) => wordsOf(m).startsWith("🔐") && hasButton(m, "Мои данные"));
  await person.press(policy, "Мои данные");
  return person.sees("my data", (m) => m.message_id === policy.message_id && isMine(m));
}

async function begin() {
  const card = await myData();
  await person.press(card, "Получить архивом");
  return person.sees("that it is packed", (m) => m.message_id === card.message_id && hasButton(m, "Остановить"));
}

/** The files of these messages, saved under their names; the newest of a name counts. */
async function save(messages) {
  const folder = fs.mkdtempSync(path.join(world.folder, "archives-"));
  for (const message of messages) {
    const answer = await fetch(`${world.url}/sim/chats/${person.id}/document/${message.message_id}`);
    fs.writeFileSync(path.join(folder, message.document.file_name), Buffer.from(await answer.arrayBuffer()));
  }
  return fs.readdirSync(folder).map((name) => path.join(folder, name));
}

function judge(files) {
  for (const file of files) {
    assert.ok(fs.statSync(file).size < 50_000_000, file);
    if (fs.existsSync("/usr/bin/unzip")) assert.equal(spawnSync("unzip", ["-tqq", file], { encoding: "utf8" }).status, 0, file);
  }
  const held = JSON.parse(execFileSync("python3", [tool, "read", path.join(world.folder, "aisha.db"), String(person.id), ...files], { encoding: "utf8" }));
  assert.equal(held.wanted, kPictures + 1);
  assert.equal(held.found, held.wanted);
  assert.ok(held.same, "the hashes are those of the rows");
  assert.equal(held.twice, 0);
  assert.equal(held.listed, held.wanted);
  assert.ok(held.listed_right);
  assert.deepEqual(held.documents, ["README.txt", "appeals.json", "avatars.json", "coins.json", "pictures.json", "profile.json", "settings.json"]);
}

const memory = (field) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(fs.readFileSync(`/proc/${world.product.pid}/status`, "utf8"))[1]) / 1024;
const open = () => world.sql("SELECT part, parts FROM data_requests WHERE finished_at IS NULL")[0];

test("all pictures arrive, in parts that any program opens, for little memory", { timeout: 1_800_000 }, async () => {
  await myData();
  await pause(500);
  const idle = memory("VmRSS");
  fs.writeFileSync(`/proc/${world.product.pid}/clear_refs`, "5"); // the peak is counted from here
  const begun = Date.now();
  await begin();
  await until("the end of the export", () => !open(), 1_700_000);
  const peak = memory("VmHWM");
  const parts = await archives();
  console.log(`export: ${kPictures + 1} pictures in ${parts.length} parts, ${((Date.now() - begun) / 1000).toFixed(1)} s, memory ${idle.toFixed(0)} MB idle, ${peak.toFixed(0)} MB at most`);
  assert.ok(parts.length >= 3);
  const day = new Date().toISOString().slice(0, 10);
  assert.deepEqual(parts.map((message) => message.document.file_name), parts.map((_, i) => `aisha_${day}_part_${i + 1}_of_${parts.length}.zip`));
  judge(await save(parts));
  assert.ok(peak - idle <= kMostMemory, `${peak - idle} MB`);
});

test("killed between parts it loses none and repeats none but the one in doubt", { timeout: 1_800_000 }, async () => {
  const before = (await archives()).length;
  await begin();
  const { parts } = await until("the first parts", async () => (await archives()).length >= before + 2 && open(), 600_000);
  await world.killProduct();
  await world.startProduct();
  await until("the end of the export", () => !open(), 1_700_000);
  const sent = (await archives()).slice(before);
  const names = sent.map((message) => message.document.file_name);
  console.log(`export: ${parts} parts, ${names.length} sent with one kill`);
  assert.equal(new Set(names).size, parts);
  assert.ok(names.length <= parts + 1, names.join(" "));
  judge(await save(sent));
});

test("stopped, no further part is sent", { timeout: 600_000 }, async () => {
  const before = (await archives()).length;
  const card = await begin();
  const { parts } = await until("the first part", async () => (await archives()).length > before && open(), 300_000);
  await person.press(card, "Остановить");
  await person.sees("that it can be asked for again", (m) => m.message_id === card.message_id && hasButton(m, "Получить архивом"));
  assert.ok(!open());
  await pause(4_000);
  assert.ok((await archives()).length - before < parts);
});

test("asked for twice at once it is one export", { timeout: 600_000 }, async () => {
  const card = await myData();
  // The first one may have changed the card already when the second one comes.
  const tap = () => person.press(card, "Получить архивом").catch((error) => assert.match(error.message, /button\.gone/));
  await Promise.all([tap(), tap()]);
  await until("an export", () => open());
  assert.equal(world.sql("SELECT count(*) AS n FROM data_requests WHERE finished_at IS NULL")[0].n, 1);
  const packing = await person.sees("that it is packed", (m) => m.message_id === card.message_id && hasButton(m, "Остановить"));
  await person.press(packing, "Остановить");
  await until("its end", () => !open());
});

test("the operator gets the same archive without Telegram, beside the bot", () => {
  const folder = path.join(world.folder, "mail");
  const words = ["export", "--telegram-id", String(person.id), "--to", folder, "--config", world.config];
  const run = aisha(...words);
  assert.equal(run.status, 0, run.stdout + run.stderr);
  assert.match(run.stdout, new RegExp(`: ${kPictures + 1} pictures, \\d+ bytes`));
  const [name, ...more] = fs.readdirSync(folder);
  assert.deepEqual(more, []);
  const held = JSON.parse(execFileSync("python3", [tool, "read", path.join(world.folder, "aisha.db"), String(person.id), path.join(folder, name)], { encoding: "utf8" }));
  assert.ok(held.same && held.listed_right && held.twice === 0);
  assert.equal(fs.statSync(path.join(folder, name)).mode & 0o777, 0o600);
  const again = aisha(...words);
  assert.equal(again.status, 4);
  assert.match(again.stderr, /exists already.*\[start\.failed\]/);
});

test("an export of somebody unknown is one sentence and status 4", () => {
  const folder = path.join(world.folder, "nobody");
  const run = aisha("export", "--telegram-id", "404404", "--to", folder, "--config", world.config);
  assert.equal(run.status, 4);
  assert.match(run.stderr, /^aisha: nobody here has the number 404404 at Telegram \[item\.not_found\]\n$/);
  assert.ok(!fs.existsSync(folder));
});

test("nothing is wrong with the books afterwards", () => {
  const run = aisha("check", "--config", world.config);
  assert.equal(run.status, 0, run.stdout + run.stderr);
});
