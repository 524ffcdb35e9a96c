// SPDX-License-Identifier: Apache-2.0
// An archive out of PostgreSQL and an S3 server, which is away when it is asked for.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { aisha } from "./programs.mjs";
import { Servers } from "./servers.mjs";
import { World, hasButton, isResult, pause, until, wordsOf } from "./world.mjs";

const skip = process.env.AISHA_TEST_POSTGRES && process.env.AISHA_TEST_S3 ? false : "no servers: run by tools/run_tests";
const kHashes = "import hashlib,json,sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nprint(json.dumps(sorted(hashlib.sha256(z.read(n)).hexdigest() for n in z.namelist() if n.startswith('pictures/'))))";
const hashes = (file) => JSON.parse(execFileSync("python3", ["-c", kHashes, file], { encoding: "utf8" }));

let servers;
let world;
let person;
before(async () => {
  if (skip) return;
  servers = await Servers.start("postgres", "minio");
  world = await World.start({ servers });
  await world.sim("POST", "/sim/fal/settings", { max_side: 512, queue_ms: 20, run_ms: 50 });
  person = await world.person({ first_name: "Анна" });
  for (const number of ["1", "2"]) {
    const create = await person.openCreate();
    await person.press(create, number);
    await person.sees("the picture", (m) => m.message_id === create.message_id && isResult(m));
  }
});
after(async () => { await world?.stop(); await servers?.stop(); });

const stored = () => world.sql("SELECT sha256 FROM generation_requests WHERE status = 'ready' ORDER BY 1").map((row) => row.sha256);
const open = () => world.sql("SELECT part FROM data_requests WHERE finished_at IS NULL")[0];
const archives = async () => (await person.fromBot()).filter((message) => message.document?.mime_type === "application/zip");

test("a store that is away is waited for, and then everything comes", { skip, timeout: 180_000 }, async () => {
  await person.send("/privacy");
  const policy = await person.sees("what is kept", (m) => wordsOf(m).startsWith("🔐") && hasButton(m, "Мои данные"));
  await person.press(policy, "Мои данные");
  const card = await person.sees("my data", (m) => m.message_id === policy.message_id && hasButton(m, "Получить архивом"));
  await world.s3.down();
  await person.press(card, "Получить архивом");
  await until("the export", () => open());
  await pause(4_000);
  assert.equal((await archives()).length, 0);
  assert.ok(open(), "it is no failure");
  await world.s3.up();
  await until("its end", () => !open(), 120_000);
  const [message, ...more] = await archives();
  assert.deepEqual(more, []);
  const file = path.join(world.folder, message.document.file_name);
  const answer = await fetch(`${world.url}/sim/chats/${person.id}/document/${message.message_id}`);
  fs.writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
  assert.equal(stored().length, 2);
  assert.deepEqual(hashes(file), stored());
});

test("the operator's archive is the same", { skip }, () => {
  const folder = path.join(world.folder, "mail");
  const run = aisha("export", "--telegram-id", String(person.id), "--to", folder, "--config", world.config);
  assert.equal(run.status, 0, run.stdout + run.stderr);
  assert.deepEqual(hashes(path.join(folder, fs.readdirSync(folder)[0])), stored());
});
