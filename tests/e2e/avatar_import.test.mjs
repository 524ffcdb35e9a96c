// SPDX-License-Identifier: Apache-2.0
// Models that were trained elsewhere become avatars: a finetune id and a LoRA, here and in a database of an older Aisha.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { people } from "../fixtures/existing_aisha/rows.mjs";
import { OldAisha, skip } from "./old_aisha.mjs";
import { aisha as runAisha } from "./programs.mjs";
import { World, isResult, jpegSize, until } from "./world.mjs";

let world;
let person;
const databases = [];
before(async () => {
  world = await World.start({ settings: { avatars: { lora_max_mb: 1 } } });
  await world.sim("POST", "/sim/fal/settings", { max_side: 256, queue_ms: 20, run_ms: 50 });
  person = await world.person();
  await person.openCreate();
  // The embedded database belongs to one process at a time.
  await world.stopProduct();
});
after(async () => {
  databases.forEach((one) => one.drop());
  await world?.stop();
});

const aisha = (...words) => runAisha(...words, "--config", world.config);
const common = (name, gender, kind) => ["avatars", "import", "--user", String(person.id), "--name", name, "--gender", gender, "--kind", kind];
const lora = () => `${world.url}/fal-files/demo-vera.safetensors`;
const photo = (name, bytes) => {
  const file = path.join(world.folder, name);
  fs.writeFileSync(file, bytes);
  return file;
};
/** Everything that an import could leave behind. */
function state() {
  const objects = fs.readdirSync(path.join(world.folder, "blobs"), { recursive: true }).filter((one) => /avatars/.test(one)).sort();
  return JSON.stringify([world.sql("SELECT count(*) AS n FROM avatars"), world.sql("SELECT count(*) AS n FROM avatar_details"), objects, fs.readdirSync(world.folder).filter((one) => one.endsWith(".safetensors"))]);
}
async function picture() {
  await world.startProduct();
  const before = (await person.fromBot()).filter(isResult).length;
  const create = await person.openCreate();
  await person.press(create, "1");
  const shown = await until("one more picture", async () => {
    const all = (await person.fromBot()).filter(isResult);
    return all.length > before && all;
  });
  assert.ok(jpegSize(await person.photo(shown.at(-1))).width > 0);
  await world.stopProduct();
  return (await world.sim("GET", "/sim/fal/requests")).requests.at(-1);
}

test("Row147: what is asked for wrongly ends with status 2 and a sentence, and nothing is written", async () => {
  const clean = state();
  const trigger = ["--trigger", "VERA person"];
  const address = (url) => ["--lora-url", url, "--family", "flux-2", ...trigger];
  const { port } = new URL(world.url);
  const noPicture = photo("no.jpg", "no picture");
  for (const [words, said] of [
    [trigger, /neither a finetune id nor the address of a LoRA/],
    [["--finetune-id", "f", ...address(lora())], /both a finetune id and the address of a LoRA/],
    [["--lora-url", lora(), ...trigger], /needs its family/],
    [["--finetune-id", "f", "--family", "flux-1", ...trigger], /a finetune id has no family/],
    [address("http://models.example.org/a.safetensors"), /not https/],
    [address("https://user:secret@models.example.org/a.safetensors"), /not https/],
    [address("https://127.0.0.1/a.safetensors"), /not public/],
    [address(`https://localhost:${port}/a.safetensors`), /not public/],
    [address("https://169.254.169.254/latest/meta-data"), /not public/],
    [address(`${world.url}/fal-files/nothing`), /nothing at the address/],
    [address(`${world.url}/icon.svg`), /no LoRA: it does not begin with the header of a safetensors file/],
    [["--finetune-id", "f", "--trigger", ""], /trigger/],
    [["--finetune-id", "f", ...trigger, "--photo", noPicture], /photo is no picture/],
    [["--finetune-id", "f", ...trigger, "--photo", "/nowhere/me.jpg"], /no file that can be read/],
  ]) {
    const run = aisha(...common("Вера", "f", "portrait"), ...words);
    assert.equal(run.status, 2, `${words.join(" ")}\n${run.stdout}${run.stderr}`);
    assert.match(run.stderr, said, words.join(" "));
    assert.ok(!/secret@/.test(run.stderr), run.stderr);
  }
  for (const [option, value] of [["--gender", "x"], ["--kind", "dog"], ["--family", "sdxl"]]) {
    const words = [...common("Вера", "f", "portrait"), "--finetune-id", "f", ...trigger];
    const at = words.indexOf(option);
    if (at < 0) words.push(option, value);
    else words[at + 1] = value;
    assert.equal(aisha(...words).status, 2, option);
  }
  const nobody = aisha("avatars", "import", "--user", "404", "--name", "a", "--gender", "f", "--kind", "style", "--finetune-id", "f", ...trigger);
  assert.equal(nobody.status, 4);
  assert.match(nobody.stderr, /404/);
  assert.equal(state(), clean);
});

test("Row147: a LoRA over the limit is refused while it arrives, and leaves nothing", async () => {
  const clean = state();
  const large = Buffer.alloc(1_100_000, 1);
  const uploaded = await fetch(`${world.url}/fal/storage/upload/initiate?storage_type=fal-cdn-v3`, {
    method: "POST", headers: { "content-type": "application/json", authorization: "Key test:secret" }, body: JSON.stringify({ content_type: "application/octet-stream", file_name: "a.safetensors" }),
  }).then((answer) => answer.json());
  assert.ok((await fetch(uploaded.upload_url, { method: "PUT", body: large })).ok);
  const run = aisha(...common("Вера", "f", "portrait"), "--lora-url", uploaded.file_url, "--family", "flux-1", "--trigger", "VERA");
  assert.equal(run.status, 2, run.stdout + run.stderr);
  assert.match(run.stderr, /larger than 1 MB \(\[avatars\] lora_max_mb\)/);
  assert.equal(state(), clean);
});

test("a LoRA is copied, its avatar becomes the main one, and its family's model makes the next picture", async () => {
  const face = photo("me.png", fs.readFileSync(new URL("../../data/demo/astronaut.png", import.meta.url)));
  const run = aisha(...common("Вера", "n", "portrait"), "--lora-url", lora(), "--family", "flux-2", "--trigger", "VERA7 person", "--photo", face);
  assert.equal(run.status, 0, run.stdout + run.stderr);
  assert.match(run.stdout, /^avatar [0-9a-f-]{36} "Вера": pictures are made with it from now on$/m);
  assert.match(run.stdout, /LoRA of flux-2: \d+ bytes are kept here too/);
  const [row] = world.sql("SELECT lora_key, lora_bytes, lora_sha256, made_from, gender FROM avatar_details");
  const kept = fs.readFileSync(path.join(world.folder, "blobs", "aisha-v2-generated", row.lora_key));
  assert.deepEqual([row.made_from, row.gender, row.lora_bytes], ["imported", "n", kept.length]);
  assert.equal(row.lora_sha256, crypto.createHash("sha256").update(kept).digest("hex"));
  assert.deepEqual(kept, Buffer.from(await (await fetch(lora())).arrayBuffer()));
  const request = await picture();
  assert.equal(request.endpoint, "fal-ai/flux-2/lora");
  assert.equal(request.input.loras[0].path, lora());
  assert.match(request.input.prompt, /VERA7 person/);
});

test("a finetune needs no file; the main avatar stays", async () => {
  const run = aisha(...common("Манера", "m", "style"), "--finetune-id", "finetune-77", "--trigger", "MANNER");
  assert.equal(run.status, 0, run.stdout + run.stderr);
  assert.match(run.stdout, /^avatar [0-9a-f-]{36} "Манера"$/m);
  assert.match(run.stdout, /finetune finetune-77/);
  // As the avatars' card would make it the main one.
  const script = "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1])\nc.execute(\"UPDATE avatars SET is_main = (name = 'Манера')\")\nc.commit()";
  execFileSync("python3", ["-c", script, path.join(world.folder, "aisha.db")]);
  const request = await picture();
  assert.equal(request.endpoint, "fal-ai/flux-pro/v1.1-ultra-finetuned");
  assert.equal(request.input.finetune_id, "finetune-77");
});

test("check reads the copies, and says which one is lost", () => {
  const sound = aisha("check", "--objects");
  assert.equal(sound.status, 0, sound.stdout + sound.stderr);
  assert.match(sound.stdout, /1 copies of avatars' models likewise/);
  const [{ lora_key: key }] = world.sql("SELECT lora_key FROM avatar_details WHERE lora_key IS NOT NULL");
  const file = path.join(world.folder, "blobs", "aisha-v2-generated", key);
  fs.renameSync(file, `${file}.away`);
  const lost = aisha("check", "--objects");
  fs.renameSync(`${file}.away`, file);
  assert.equal(lost.status, 1, lost.stdout);
  assert.match(lost.stdout, new RegExp(`I21 avatar [0-9a-f-]{36}: object ${key}: item.not_found`));
});

test("a backup has the copies; an erasure leaves none", () => {
  const copy = path.join(world.folder, "copy");
  assert.equal(aisha("backup", "--to", copy).status, 0);
  const avatars = (folder) => fs.readdirSync(folder, { recursive: true }).filter((one) => /avatars\/.*\.(safetensors|jpg)$/.test(one));
  assert.equal(avatars(copy).length, 2);
  const erased = aisha("erase", "--telegram-id", String(person.id), "--yes");
  assert.equal(erased.status, 0, erased.stdout + erased.stderr);
  assert.deepEqual(avatars(path.join(world.folder, "blobs")), []);
  assert.equal(world.sql("SELECT count(*) AS n FROM avatar_details")[0].n, 0);
  assert.equal(aisha("check", "--objects").status, 0);
});

for (const age of ["June", "May with native types"]) {
  test(`${age}: an older Aisha's table takes an imported avatar in its own words`, { skip }, () => {
    const may = age !== "June";
    const old = new OldAisha(may ? "may.sql" : "june.sql", people(20, { may }), ...(may ? ["native_enums.sql"] : []));
    databases.push(old);
    fs.appendFileSync(old.config, `[fal]\nkey = "test:secret"\nfile_origins = ["${world.url}"]\n`);
    assert.equal(old.aisha("migrate").status, 0);
    const user = ["--user", "500008", "--name", "Новый", "--trigger", "NEW person"];
    const first = old.aisha("avatars", "import", ...user, "--gender", "n", "--kind", "portrait", "--lora-url", lora(), "--family", "flux-1");
    assert.equal(first.status, 0, first.stdout + first.stderr);
    const second = old.aisha("avatars", "import", ...user, "--gender", "f", "--kind", "style", "--finetune-id", "f-1");
    assert.equal(second.status, 0, second.stdout + second.stderr);
    const rows = old.sql("SELECT upper(a.gender::text), upper(a.training_type::text), upper(a.status::text), a.is_main, d.gender, d.family, d.made_from, d.lora_key IS NOT NULL FROM public.avatars a JOIN aisha.avatar_details d ON d.avatar_id = a.id ORDER BY a.created_at, a.id");
    assert.deepEqual(rows, [
      ["MALE", "PORTRAIT", "COMPLETED", "t", "n", "flux-1", "imported", "t"],
      ["FEMALE", "STYLE", "COMPLETED", "f", "f", "", "imported", "f"],
    ], "their main one had nothing to make pictures with");
    assert.equal(old.number("SELECT count(*) FROM public.avatars WHERE is_main AND user_id = (SELECT id FROM public.users WHERE telegram_id = '500008')"), 1);
    const checked = old.aisha("check", "--objects");
    assert.equal(checked.status, 0, checked.stdout + checked.stderr);
  });
}
