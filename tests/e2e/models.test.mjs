// SPDX-License-Identifier: Apache-2.0
// Models as data: a new one while the product runs, and one that the provider retires.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { aisha as runAisha, root } from "./programs.mjs";
import { World, isResult, until, wordsOf } from "./world.mjs";

let world;
let folder;
before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "aisha-models-"));
  for (const kind of ["templates", "models"]) fs.cpSync(path.join(root, "data", kind), path.join(folder, kind), { recursive: true });
  world = await World.start({ settings: { catalog: { dir: folder }, limits: { active_jobs: 20 } } });
  await world.sim("POST", "/sim/fal/settings", { max_side: 256, queue_ms: 50, run_ms: 100, concurrency: 4 });
});
after(async () => {
  await world?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const file = (name) => path.join(folder, "models", `${name}.toml`);
const read = (name) => fs.readFileSync(file(name), "utf8");
const aisha = (...words) => runAisha("models", ...words);
function listed() {
  const run = aisha("list", "--json", "--config", world.config);
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}
const requests = async () => (await world.sim("GET", "/sim/fal/requests")).requests;

async function order(person) {
  const create = await person.openCreate();
  await person.press(create, "1");
}
const result = (person) => person.sees("a picture", isResult);

/** A second row for LoRAs, under an endpoint that the sandbox knows as well. */
function addRow() {
  const row = read("flux-lora").replace('id = "flux-lora"', 'id = "next-lora"').replace('"fal-ai/flux-lora"', '"fal-ai/flux-2/lora"')
    .replace('title = "FLUX LoRA"', 'title = "Next LoRA"').replaceAll('acceleration = "regular", ', "");
  fs.rmSync(file("flux-2-lora"));
  fs.writeFileSync(file("next-lora"), row);
}

test("new_model: a row and a line in the routes make a picture with a running product", async () => {
  const before = world.product.pid;
  const editions = () => world.productLog().split("the catalogue has 10 models").length - 1;
  await until("the first look at the files", () => editions() === 1);
  addRow();
  fs.writeFileSync(file("routes"), read("routes").replace('["flux-lora", "flux-2-lora"]', '["next-lora", "flux-lora"]'));
  await until("the new catalogue", () => editions() > 1);
  const person = await world.person();
  await order(person);
  const shown = await person.sees("the status or the picture", (m) => /Next LoRA/.test(wordsOf(m)) || isResult(m));
  assert.ok(shown);
  await result(person);
  assert.equal((await requests()).at(-1).endpoint, "fal-ai/flux-2/lora");
  assert.equal(world.product.pid, before);
});

test("Row141: a broken row is named by file and line, and what was in force stays", async () => {
  const whole = read("next-lora");
  fs.writeFileSync(file("next-lora"), whole.replace("long_side = 1024", "long_side = 90000"));
  await until("the complaint", () => /the catalogue before stays in force: .*next-lora\.toml:\d+: /.test(world.productLog()));
  const person = await world.person();
  await order(person);
  await result(person);
  assert.equal((await requests()).at(-1).endpoint, "fal-ai/flux-2/lora");
  fs.writeFileSync(file("next-lora"), whole);
});

test("retired: an endpoint that turns 404 among 20 orders leaves each with a picture of the next row or its coins", async () => {
  await world.sim("POST", "/sim/fal/settings", { run_ms: 700, concurrency: 2 });
  const people = await Promise.all(Array.from({ length: 20 }, () => world.person()));
  await Promise.all(people.map(order));
  await until("the first ones", async () => world.sql("SELECT count(*) AS n FROM generation_requests WHERE status = 'ready'")[0].n >= 4);
  await world.sim("POST", "/sim/fal/settings", { retired: ["fal-ai/flux-2/lora"] });
  await until("the end of all", () => world.sql("SELECT count(*) AS n FROM generation_requests WHERE status = 'open'")[0].n === 0, 120_000);
  const made = world.sql("SELECT model, status, count(*) AS n FROM generation_requests GROUP BY model, status");
  assert.ok(made.every((row) => row.status === "ready"), JSON.stringify(made));
  assert.ok(made.some((row) => row.model === "fal-ai/flux-lora"), JSON.stringify(made));
  const states = Object.fromEntries(listed().map((row) => [row.id, row]));
  assert.deepEqual([states["next-lora"].is_off, states["next-lora"].reason], [true, "provider.gone"]);
  assert.equal(states["flux-lora"].is_off, false);
  assert.equal(world.sql("SELECT count(*) AS n FROM ledger_transfer WHERE kind = 'hold'")[0].n,
    world.sql("SELECT count(*) AS n FROM ledger_transfer WHERE kind IN ('capture', 'release')")[0].n);

  assert.match(aisha("list", "--config", world.config).stdout, /next-lora .* off since 20\S+Z: provider\.gone/);
  await world.stopProduct();
  const checked = aisha("check", "--config", world.config);
  assert.equal(checked.status, 1, checked.stdout + checked.stderr);
  assert.match(checked.stdout, /next-lora +fal-ai\/flux-2\/lora +not listed/);
  assert.match(checked.stdout, /flux-pro-ultra +fal-ai\/flux-pro\/v1\.1-ultra +listed, 60000\/images/);
  await world.startProduct();
});

test("Row145: with no row left the coins return, and `aisha models on` brings the model back", async () => {
  await world.sim("POST", "/sim/fal/settings", { retired: ["fal-ai/flux-2/lora", "fal-ai/flux-lora"] });
  const person = await world.person({ language_code: "en" });
  await order(person);
  const failed = await person.sees("that the model is gone", (m) => /no longer available/.test(wordsOf(m)));
  assert.match(wordsOf(failed), /coins/);
  assert.equal(listed().filter((row) => row.is_off).length, 2);
  await world.stopProduct(); // the embedded database belongs to one process

  await world.sim("POST", "/sim/fal/settings", { retired: [] });
  for (const id of ["next-lora", "flux-lora"]) assert.equal(aisha("on", id, "--config", world.config).stdout, `${id} is on\n`);
  assert.equal(aisha("on", "flux-lora", "--config", world.config).stdout, "flux-lora is already on\n");
  const unknown = aisha("off", "flux-9", "--config", world.config);
  assert.equal(unknown.status, 4);
  assert.match(unknown.stderr, /there is no model "flux-9".*\[item\.not_found\]/);
  await world.startProduct();
  const other = await world.person();
  await order(other);
  await result(other);
});

test("the pages about models have the tables of the data", () => {
  const copy = path.join(folder, "pages");
  fs.cpSync(path.join(root, "docs/fal_knowledge_base"), copy, { recursive: true });
  const written = aisha("docs", copy);
  assert.equal(written.status, 0, written.stderr);
  assert.equal(written.stdout, "", "run `aisha models docs docs/fal_knowledge_base`");
});
