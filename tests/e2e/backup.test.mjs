// SPDX-License-Identifier: Apache-2.0
// The restore drill: a backup taken from the running bot becomes a bot that has everything.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { aisha } from "./programs.mjs";
import { World, isResult } from "./world.mjs";


let world;
let backup;
before(async () => {
  world = await World.start();
  const person = await world.person({ first_name: "Анна" });
  const create = await person.openCreate();
  await person.press(create, "1");
  await person.sees("the picture", isResult);
  backup = path.join(world.folder, "backup");
});
after(() => world?.stop());

/** Settings like the world's with other places. */
function elsewhere(name) {
  const folder = path.join(world.folder, name);
  fs.mkdirSync(folder);
  const config = path.join(folder, "aisha.toml");
  fs.writeFileSync(config, fs.readFileSync(world.config, "utf8").replaceAll(/(sqlite|dir):[^"]*\//g, `$1:${folder}/`), { mode: 0o600 });
  return { folder, config };
}

const objects = (folder) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

test("check finds nothing wrong beside the running bot", () => {
  const run = aisha("check", "--objects", "--config", world.config);
  assert.equal(run.status, 0, run.stdout + run.stderr);
  assert.match(run.stdout, /ok {2}I1 +0 /);
  assert.match(run.stdout, /ok {2}I12 +0 /);
  assert.match(run.stdout, /[1-9]\d* pictures read/);
  assert.match(run.stdout, /All invariants hold\./);
});

test("check keeps its place in a file of its own, and only while it runs", () => {
  const place = path.join(world.folder, "check.place");
  const run = aisha("check", "--resume", place, "--config", world.config);
  assert.equal(run.status, 0, run.stdout + run.stderr);
  assert.ok(!fs.existsSync(place));
  fs.writeFileSync(place, "something else");
  const refused = aisha("check", "--resume", place, "--config", world.config);
  assert.equal(refused.status, 4);
  assert.match(refused.stderr, /check\.place/);
  assert.equal(fs.readFileSync(place, "utf8"), "something else");
  const nowhere = aisha("check", "--resume", path.join(place, "below"), "--config", world.config);
  assert.equal(nowhere.status, 4);
  assert.match(nowhere.stderr, /check\.place/);
  assert.ok(!nowhere.stdout.includes("All invariants"));
});

test("a backup is taken while the bot runs, into a new folder only", () => {
  const run = aisha("backup", "--to", backup, "--config", world.config);
  assert.equal(run.status, 0, run.stderr);
  assert.ok(fs.existsSync(path.join(backup, "manifest")));
  assert.equal(objects(path.join(backup, "blobs")), objects(path.join(world.folder, "blobs")));
  const again = aisha("backup", "--to", backup, "--config", world.config);
  assert.equal(again.status, 4);
  assert.match(again.stderr, /exists already/);
});

test("restored elsewhere, all invariants hold and every object is verified", () => {
  const { folder, config } = elsewhere("drill");
  const run = aisha("restore", "--from", backup, "--config", config);
  assert.equal(run.status, 0, run.stderr);
  assert.equal(objects(path.join(folder, "blobs")), objects(path.join(backup, "blobs")));
  const check = aisha("check", "--objects", "--config", config);
  assert.equal(check.status, 0, check.stdout + check.stderr);
  assert.match(check.stdout, /[1-9]\d* pictures read/);
  const over = aisha("restore", "--from", backup, "--config", config);
  assert.equal(over.status, 4);
  assert.match(over.stderr, /--force/);
  assert.equal(aisha("restore", "--from", backup, "--force", "--config", config).status, 0);
});

test("a running bot's database is never restored over", () => {
  const run = aisha("restore", "--from", backup, "--force", "--config", world.config);
  assert.equal(run.status, 4);
  assert.match(run.stderr, new RegExp(`${world.product.pid}`));
});

test("Row70: a backup that is cut off, changed or newer is refused before anything is written", () => {
  const cases = {
    "a database cut off": [(copy) => fs.truncateSync(path.join(copy, "aisha.db"), 4096), /aisha\.db: byte 4096: \d+ bytes were saved/],
    "a changed byte": [(copy) => {
      const file = fs.openSync(path.join(copy, "aisha.db"), "r+");
      fs.writeSync(file, "X", 5000);
      fs.closeSync(file);
    }, /aisha\.db: byte 0: other bytes/],
    "an object missing": [(copy) => fs.rmSync(path.join(copy, "blobs"), { recursive: true }), /blobs\/.*: byte 0: missing/],
    "a manifest cut off": [(copy) => fs.truncateSync(path.join(copy, "manifest"), 40), /manifest: byte 40: cut off/],
    "no manifest": [(copy) => fs.rmSync(path.join(copy, "manifest")), /manifest: missing/],
    "another format": [(copy) => fs.writeFileSync(path.join(copy, "manifest"), "aisha-backup 9\n"), /manifest: byte 0: not a backup/],
  };
  for (const [name, [harm, words]] of Object.entries(cases)) {
    const copy = path.join(world.folder, `copy of ${name}`);
    fs.cpSync(backup, copy, { recursive: true });
    harm(copy);
    const { folder, config } = elsewhere(`target of ${name}`.replaceAll(" ", "-"));
    const run = aisha("restore", "--from", copy, "--config", config);
    assert.equal(run.status, 3, `${name}: ${run.stderr}`);
    assert.match(run.stderr, words, name);
    assert.match(run.stderr, /\[backup\.invalid\]/);
    assert.deepEqual(fs.readdirSync(folder), ["aisha.toml"], name);
  }
});

test("check tells a lost object and a wrong balance from a whole one, with status 1", () => {
  const { folder, config } = elsewhere("harmed");
  assert.equal(aisha("restore", "--from", backup, "--config", config).status, 0);
  const script = "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1])\nc.execute(\"UPDATE ledger_account SET balance = balance + 1 WHERE kind = 'available'\")\nc.commit()\nprint(c.execute('SELECT object_key FROM generation_requests WHERE object_key IS NOT NULL').fetchone()[0])";
  const harm = spawnSync("python3", ["-c", script, path.join(folder, "aisha.db")], { encoding: "utf8" });
  const key = harm.stdout.trim();
  fs.rmSync(path.join(folder, "blobs", "aisha-v2-generated", key));
  const run = aisha("check", "--objects", "--config", config);
  assert.equal(run.status, 1, run.stdout);
  assert.match(run.stdout, /BAD I2 +\d+ /);
  assert.match(run.stdout, /BAD I3 +1 /);
  assert.match(run.stdout, new RegExp(`I7 request .*object ${key}: `));
  assert.match(run.stdout, /violations\./);
});

test("Row120: what check cannot read now is told from what is lost, with status 5", () => {
  const { folder, config } = elsewhere("away");
  assert.equal(aisha("restore", "--from", backup, "--config", config).status, 0);
  const bucket = path.join(folder, "blobs", "aisha-v2-generated");
  const key = fs.readdirSync(bucket, { recursive: true }).find((name) => name.endsWith(".jpg"));
  // A link to itself is a file that no user can open, root neither, and not an absent one.
  fs.renameSync(path.join(bucket, key), path.join(folder, "kept.jpg"));
  fs.symlinkSync(path.basename(key), path.join(bucket, key));
  const run = aisha("check", "--objects", "--config", config);
  assert.equal(run.status, 5, run.stdout + run.stderr);
  assert.match(run.stdout, /ok {2}I7 +0 /);
  assert.match(run.stdout, new RegExp(`not read: request .*object ${key}: .*\\[service\\.unavailable\\]`));
  assert.match(run.stdout, /No violations, but not everything was read\.\n1 not read: /);
  fs.rmSync(path.join(bucket, key));
  fs.renameSync(path.join(folder, "kept.jpg"), path.join(bucket, key));
  assert.equal(aisha("check", "--objects", "--config", config).status, 0);

  // As a drive that is not mounted.
  fs.renameSync(path.join(folder, "blobs"), path.join(folder, "drive"));
  const unmounted = aisha("check", "--objects", "--config", config);
  assert.equal(unmounted.status, 5, unmounted.stdout);
  assert.match(unmounted.stdout, /The rest of the pictures is not read: .*look whether its drive is mounted/);
  assert.match(aisha("doctor", "--config", config).stdout, /BAD pictures +are no database's\n +-> .*mounted/);
  fs.rmSync(path.join(folder, "blobs"), { recursive: true });
  fs.renameSync(path.join(folder, "drive"), path.join(folder, "blobs"));
  assert.equal(aisha("check", "--objects", "--config", config).status, 0);
  assert.match(aisha("check", "--help").stdout, /Status: .*5 none is broken/s);
});

test("Row100: pictures that are another database's refuse a start, until they are taken over", async () => {
  const { folder, config } = elsewhere("another");
  assert.equal(aisha("restore", "--from", backup, "--config", config).status, 0);
  const marks = () => fs.readdirSync(path.join(folder, "blobs", "aisha-v2-generated", "databases"));
  const [restored] = marks();
  assert.equal(marks().length, 1);
  assert.notDeepEqual(marks(), fs.readdirSync(path.join(world.folder, "blobs", "aisha-v2-generated", "databases")), "a copy is another");
  assert.match(aisha("doctor", "--config", config).stdout, /ok {2}pictures +are this database's/);

  for (const file of ["aisha.db", "aisha.db-wal", "aisha.db-shm"]) fs.rmSync(path.join(folder, file), { force: true });
  for (const words of [["serve"], ["migrate"]]) {
    const refused = aisha(...words, "--config", config);
    assert.equal(refused.status, 3, refused.stdout + refused.stderr);
    assert.match(refused.stderr, new RegExp(`belongs to another database \\(${restored};.*aisha migrate --take-over.*\\[db\\.foreign\\]`));
  }
  assert.deepEqual(marks(), [restored]);
  const ill = aisha("doctor", "--config", config);
  assert.match(ill.stdout, /BAD pictures +are another database's\n +-> .*--take-over/);
  const taken = aisha("migrate", "--take-over", "--config", config);
  assert.equal(taken.status, 0, taken.stderr);
  assert.match(taken.stdout, /the pictures are this database's/);
  assert.notDeepEqual(marks(), [restored]);
  assert.equal(marks().length, 1);
  assert.equal(aisha("migrate", "--config", config).status, 0);
});

test("the bot goes on from a restored backup", async () => {
  await world.stopProduct();
  fs.rmSync(path.join(world.folder, "aisha.db"));
  fs.rmSync(path.join(world.folder, "blobs"), { recursive: true });
  assert.equal(aisha("restore", "--from", backup, "--config", world.config).status, 0);
  await world.startProduct();
  const person = await world.person({ first_name: "Лев" });
  const create = await person.openCreate();
  await person.press(create, "1");
  await person.sees("the picture", isResult);
});
