// SPDX-License-Identifier: Apache-2.0
// A person with canaries everywhere is erased: a byte search of everything that is kept finds none of them.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { onEngines } from "./on_engines.mjs";
import { aisha, build } from "./programs.mjs";
import { hasButton, isResult, until, wordsOf } from "./world.mjs";

const kId = 777001234567;
const kCanaries = {
  "the first name": "Канарейкин", "the last name": "Кенарский", "the user name": "canary_bird_q", "the prompt": "канареечный закат", "an appeal": "теракт канареек",
  "a picture's name": "Кенарь на ветке", "the zone": "Pacific/Chatham", "the Telegram id": String(kId),
};

const kTables = ["users", "avatars", "user_settings", "chats", "generation_requests", "jobs", "user_saved_images", "picture_texts", "moderation_appeals", "inbox", "outbox"];

/** As SQLite writes an integer of six bytes. */
const bytesOf = (number) => Buffer.from(number.toString(16).padStart(12, "0"), "hex");

/** aisha to its end, while the world's servers go on answering. */
function aishaBeside(...words) {
  return new Promise((resolve) => {
    const child = spawn(path.join(build, "aisha"), words);
    const out = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) child[name].on("data", (bytes) => { out[name] += bytes; });
    child.once("exit", (status) => resolve({ status, ...out }));
  });
}

const filesBelow = (folder) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name));

function python(script, ...words) {
  return execFileSync("python3", ["-c", script, ...words], { encoding: "utf8" });
}

function keysOfBucket(world) {
  const { access_key, secret_key, bucket_generated } = world.engines.s3;
  return execFileSync("curl", ["-s", "--aws-sigv4", "aws:amz:us-east-1:s3", "-u", `${access_key}:${secret_key}`,
    `http://${world.s3.address}/${bucket_generated}/?list-type=2`], { encoding: "utf8" }).match(/<Key>[^<]*/g)?.map((key) => key.slice(5)) ?? [];
}

function keysOf(world) {
  if (world.s3) return keysOfBucket(world);
  const bucket = path.join(world.folder, "blobs", "aisha-v2-generated");
  return filesBelow(bucket).map((file) => path.relative(bucket, file));
}

/** Every byte that the product keeps, by where it lies. The product is stopped. */
function everything(world) {
  const kept = new Map();
  if (world.database) {
    kept.set("a dump of PostgreSQL", execFileSync("pg_dump", ["--inserts", world.database.replace("postgres://", "postgresql://")], { maxBuffer: 256 << 20 }));
    const redis = (...words) => execFileSync("redis-cli", ["-p", String(world.redisPort), ...words], { encoding: "utf8" });
    const keys = redis("--scan", "--pattern", `${world.own}:*`).split("\n").filter(Boolean);
    kept.set("Redis", Buffer.from(keys.map((key) => `${key} ${redis("GET", key)}`).join("\n")));
    kept.set("the names of the bucket", Buffer.from(keysOfBucket(world).join("\n")));
  } else {
    python("import sqlite3,sys\nc=sqlite3.connect(sys.argv[1])\nc.execute('VACUUM')\nc.execute('PRAGMA wal_checkpoint(TRUNCATE)')", path.join(world.folder, "aisha.db"));
    for (const file of fs.readdirSync(world.folder).filter((name) => name.startsWith("aisha.db"))) {
      kept.set(file, fs.readFileSync(path.join(world.folder, file)));
    }
    for (const file of filesBelow(path.join(world.folder, "blobs"))) {
      kept.set(file, Buffer.concat([Buffer.from(file), fs.readFileSync(file)]));
    }
  }
  return kept;
}

function canariesIn(kept) {
  const found = [];
  for (const [where, bytes] of kept) {
    for (const [what, words] of Object.entries(kCanaries)) {
      if (bytes.includes(words)) found.push(`${what} in ${where}`);
    }
    if (where.startsWith("aisha.db") && bytes.includes(bytesOf(kId))) found.push(`the Telegram id as a number in ${where}`);
  }
  return found;
}

const sums = (world) => JSON.stringify([
  world.sql("SELECT count(*) AS n, sum(amount) AS a FROM ledger_transfer WHERE kind <> 'release'"),
  world.sql("SELECT kind, sum(balance) AS b FROM ledger_account GROUP BY kind ORDER BY kind"),
]);

async function makeCanary(world) {
  const person = await world.person({ id: kId, first_name: kCanaries["the first name"], last_name: kCanaries["the last name"], username: kCanaries["the user name"] });
  const go = async (message, button, what, wanted) => {
    await person.press(message, button);
    return person.sees(what, wanted);
  };
  const confirm = await person.describe(kCanaries["the prompt"]);
  await person.press(confirm, "Создать ·");
  const result = await person.sees("the picture", (m) => isResult(m) && wordsOf(m).includes(kCanaries["the prompt"]));
  await person.press(result, "Скачать");
  await person.sees("the document", (m) => m.document);
  await person.send("/images");
  const day = await person.sees("my images", (m) => hasButton(m, "Даты"));
  const one = await go(day, "1", "the picture", (m) => hasButton(m, "Название"));
  await go(one, "Название", "the question", (m) => wordsOf(m).includes("Пришлите до 100 символов"));
  await person.send(kCanaries["a picture's name"]);
  await person.sees("the name", (m) => wordsOf(m).includes(kCanaries["a picture's name"]));
  await person.send("/settings");
  const settings = await person.sees("the settings", (m) => hasButton(m, "Часовой пояс"));
  const zones = await go(settings, "Часовой пояс", "the zones", (m) => hasButton(m, "Другой пояс"));
  await go(zones, "Другой пояс", "the question", (m) => hasButton(m, "Отмена"));
  await person.send("Chatham");
  await person.sees("the zone", (m) => wordsOf(m).includes("Chatham"));
  const create = await person.openCreate();
  await person.press(create, "📝");
  await person.sees("the request for words", (m) => m.message_id === create.message_id && hasButton(m, "Идея"));
  await person.send(kCanaries["an appeal"]);
  const refusal = await person.sees("the refusal", (m) => hasButton(m, "Это ошибка"));
  await person.press(refusal, "Это ошибка");
  await until("the appeal", () => world.sql("SELECT count(*) AS n FROM moderation_appeals")[0].n > 0);
  return person;
}

onEngines((scene) => {
  let canary;
  let older;

  test("the canaries are everywhere before", { timeout: 300_000 }, async () => {
    const { world } = scene;
    const other = await world.person({ first_name: "Лев" });
    const create = await other.openCreate();
    await other.press(create, "1");
    await other.sees("the picture", isResult);
    canary = await makeCanary(world);
    assert.equal(world.sql(`SELECT count(*) AS n FROM users WHERE telegram_id = '${kId}'`)[0].n, 1);
    if (!world.database) {
      older = path.join(world.folder, "older");
      const backup = aisha("backup", "--to", older, "--config", world.config);
      assert.equal(backup.status, 0, backup.stderr);
    }
    await world.stopProduct();
    const found = canariesIn(everything(world));
    for (const what of Object.keys(kCanaries)) assert.ok(found.some((line) => line.startsWith(what)), `${what} is nowhere to be lost`);
    await world.startProduct();
  });

  test("Row124 erased, nothing of them is found anywhere; sums are as before; nobody else lost anything", { timeout: 300_000 }, async () => {
    const { world } = scene;
    const before = sums(world);
    const others = world.sql("SELECT count(*) AS n FROM generation_requests")[0].n - 1;
    if (!world.database) await world.stopProduct();
    const preview = await aishaBeside("erase", "--telegram-id", String(kId), "--config", world.config);
    assert.equal(preview.status, 0, preview.stderr);
    assert.match(preview.stdout, /^1 pictures, 1 avatars, \d+ coins\nNothing is deleted yet/);
    const nobody = await aishaBeside("erase", "--telegram-id", "1", "--yes", "--config", world.config);
    assert.match(nobody.stderr, /nobody here has the Telegram id 1 \[item\.not_found\]/);
    const erased = await aishaBeside("erase", "--telegram-id", String(kId), "--yes", "--config", world.config);
    assert.equal(erased.status, 0, erased.stdout + erased.stderr);
    assert.match(erased.stdout, /erased: 1 pictures/);
    if (!world.database) await world.startProduct();
    await canary.sees("the receipt", (m) => wordsOf(m).includes("Ваши данные удалены"));
    await until("no message shows a picture of theirs", () => world.sql("SELECT count(*) AS n FROM message_blanks")[0].n === 0);
    assert.ok((await canary.fromBot()).every((m) => !wordsOf(m).includes(kCanaries["the prompt"])), "nor its words");
    await until("the receipt leaves nothing", () => world.sql("SELECT count(*) AS n FROM outbox WHERE kind = 'personal_note'")[0].n === 0);
    await world.stopProduct();
    // Limits of a minute are in short memory for a minute.
    if (world.database) await until("the limits of the last minute are over", () => !canariesIn(everything(world)).some((line) => line.endsWith("Redis")), 90_000);
    assert.deepEqual(canariesIn(everything(world)), []);
    assert.equal(sums(world), before);
    assert.equal(world.sql("SELECT count(*) AS n FROM generation_requests")[0].n, others);
    assert.equal(keysOf(world).filter((key) => key.startsWith("erasures/")).length, 1);
    assert.equal(keysOf(world).filter((key) => /^\d{4}\//.test(key)).length, 2 * others, "a picture and its small one");
    const check = await aishaBeside("check", "--objects", "--config", world.config);
    assert.equal(check.status, 0, check.stdout + check.stderr);
    const log = fs.readFileSync(path.join(world.folder, "aisha.log"), "utf8");
    for (const what of Object.keys(kCanaries).filter((name) => name !== "the Telegram id")) {
      assert.ok(!log.includes(kCanaries[what]), `${what} in the log`);
    }
    const requests = (await world.sim("GET", "/sim/fal/requests")).requests;
    assert.equal(requests.filter((request) => request.payloads_removed).length, 1);
    assert.ok(!JSON.stringify(requests).includes(kCanaries["the prompt"]), "nor does the provider have it");
    await world.startProduct();
  });

  test("who comes again starts anew, without a second gift", { timeout: 120_000 }, async () => {
    const { world } = scene;
    await canary.send("/start");
    const welcome = await canary.sees("the welcome", (m) => wordsOf(m).includes("второго не будет"));
    assert.ok(wordsOf(welcome).includes("0 монет"));
    assert.equal(world.sql(`SELECT balance FROM ledger_account a JOIN users u ON u.id = a.user_id WHERE u.telegram_id = '${kId}' AND a.kind = 'available'`)[0].balance, 0);
    const check = await aishaBeside("check", "--config", world.config);
    assert.equal(check.status, 0, check.stdout + check.stderr);
  });

  test("an older backup is restored: the next start erases again, and tells nobody", { timeout: 120_000 }, async (t) => {
    const { world } = scene;
    if (world.database) return t.skip("PostgreSQL is restored by its own means");
    await world.stopProduct();
    const before = (await canary.fromBot()).length;
    const restored = aisha("restore", "--from", older, "--force", "--config", world.config);
    assert.equal(restored.status, 0, restored.stderr);
    assert.equal(world.sql(`SELECT count(*) AS n FROM users WHERE telegram_id = '${kId}'`)[0].n, 1);
    await world.startProduct();
    await until("they are erased again", () => world.sql("SELECT count(*) AS n FROM data_requests WHERE kind = 'erase' AND finished_at IS NOT NULL")[0].n === 1);
    await until("no message is left to blank", () => world.sql("SELECT count(*) AS n FROM message_blanks")[0].n === 0);
    await world.stopProduct();
    assert.deepEqual(canariesIn(everything(world)), []);
    assert.equal((await canary.fromBot()).filter((m) => wordsOf(m).includes("удалены")).length <= before, true);
    const check = aisha("check", "--objects", "--config", world.config);
    assert.equal(check.status, 0, check.stdout + check.stderr);
    await world.startProduct();
  });

  test("erasures are carried to a store that begins empty", { timeout: 120_000 }, async (t) => {
    const { world } = scene;
    const list = path.join(world.folder, "erasures.txt");
    const written = await aishaBeside("erasures", "--export", list, "--config", world.config);
    assert.equal(written.status, 0, written.stderr);
    assert.match(fs.readFileSync(list, "utf8"), /^[0-9a-f-]{36}\n$/);
    if (world.database) return t.skip("the rest is about a folder");
    const folder = path.join(world.folder, "new");
    fs.mkdirSync(folder);
    const config = path.join(folder, "aisha.toml");
    fs.writeFileSync(config, fs.readFileSync(world.config, "utf8").replaceAll(/(sqlite|dir):[^"]*\//g, `$1:${folder}/`), { mode: 0o600 });
    assert.equal(aisha("restore", "--from", older, "--config", config).status, 0);
    const taken = aisha("erasures", "--apply", list, "--config", config);
    assert.equal(taken.status, 0, taken.stderr);
    assert.match(taken.stdout, /^1 erasures are known here now/);
    assert.ok(filesBelow(path.join(folder, "blobs")).some((file) => file.includes("/erasures/")));
    fs.writeFileSync(list, "no id\n");
    const refused = aisha("erasures", "--apply", list, "--config", config);
    assert.equal(refused.status, 3);
    assert.match(refused.stderr, /erasures\.txt:1: .*\[backup\.invalid\]/);
  });

  test("Row124 by the buttons of the chat, while a picture is made: it is stopped, not delivered, and every message is answered", { timeout: 180_000 }, async () => {
    const { world } = scene;
    await world.sim("POST", "/sim/fal/settings", { max_side: 512, queue_ms: 20, run_ms: 20_000 });
    const person = await world.person({ first_name: "Нина", language_code: "en" });
    const create = await person.openCreate();
    await person.press(create, "1");
    await until("the picture is being made", () => world.sql("SELECT count(*) AS n FROM jobs WHERE status = 'running'")[0].n === 1);
    await person.send("/settings");
    const route = (prefix) => (m) => (m.reply_markup?.inline_keyboard ?? []).flat().some((button) => button.callback_data?.startsWith(prefix));
    const go = async (message, prefix, what, wanted) => {
      const button = message.reply_markup.inline_keyboard.flat().find((one) => one.callback_data?.startsWith(prefix));
      await person.press(message, button.text);
      return person.sees(what, wanted);
    };
    const settings = await person.sees("the settings", route("1md"));
    const data = await go(settings, "1md", "my data", route("1er"));
    const sure = await go(data, "1er", "the question", route("1ey:"));
    await go(sure, "1ey:", "that it is being deleted", (m) => /delet/i.test(wordsOf(m)) && !route("1ey:")(m));
    await person.send("/start");
    await person.sees("the receipt", (m) => wordsOf(m).includes("Your data are deleted"));
    const messages = await person.fromBot();
    assert.ok(!messages.some(isResult), "no picture was delivered");
    assert.equal(world.sql("SELECT count(*) AS n FROM data_requests WHERE finished_at IS NULL")[0].n, 0);
    assert.equal(world.sql("SELECT coalesce(sum(balance), 0) AS n FROM ledger_account WHERE kind = 'held'")[0].n, 0);
    const check = await aishaBeside("check", "--config", world.config);
    assert.equal(check.status, 0, check.stdout + check.stderr);
  });
}, { settings: { fal: { admin_key: "test:secret" } } });
