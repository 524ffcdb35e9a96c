// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { aisha, root } from "./programs.mjs";
import { s3Link } from "./s3_link.mjs";
import { World, isResult, until } from "./world.mjs";

const skip = process.env.AISHA_TEST_S3 ? false : "AISHA_TEST_S3 is not set (tools/servers minio -- ...)";
const own = "e2e-" + crypto.randomBytes(5).toString("hex");
const s3 = (name) => ({
  access_key: process.env.AISHA_TEST_S3_ACCESS_KEY, secret_key: process.env.AISHA_TEST_S3_SECRET_KEY,
  bucket_generated: `${name}-generated`, bucket_templates: `${name}-templates`, bucket_temp: `${name}-temp`,
});

let world;
before(async () => {
  if (skip) return;
  const url = process.env.AISHA_TEST_S3.replace("http://", "s3+http://");
  world = await World.start({ settings: { blobs: { url }, s3: s3(own) } });
});
after(() => world?.stop());

test("the first picture lies in the bucket under its date, with its type, and nobody opens it without a link", { skip }, async () => {
  const vera = await world.person();
  await vera.press(await vera.openCreate(), "1");
  const result = await vera.sees("the picture", isResult);
  const [row] = world.sql("SELECT * FROM generation_requests");
  assert.match(row.object_key, /^\d{4}\/\d\d\/\d\d\/[0-9a-f-]{36}\.jpg$/);
  const object = await fetch(s3Link(row.object_key, `${own}-generated`));
  assert.equal(object.status, 200);
  assert.equal(object.headers.get("content-type"), "image/jpeg");
  const bytes = Buffer.from(await object.arrayBuffer());
  assert.equal(crypto.createHash("sha256").update(bytes).digest("hex"), row.sha256);
  const small = await fetch(s3Link(row.object_key.replace(".jpg", ".thumb.webp"), `${own}-generated`));
  assert.equal(small.headers.get("content-type"), "image/webp");
  assert.equal((await fetch(`${process.env.AISHA_TEST_S3}/${own}-generated/${row.object_key}`)).status, 403);
  const past = new Date(Date.now() - 120_000);
  assert.equal((await fetch(s3Link(row.object_key, `${own}-generated`, { at: past }))).status, 403);

  await vera.press(result, "Скачать");
  const sent = await vera.sees("the document", (m) => m.document);
  assert.equal(sent.document.file_size, bytes.length, "the bytes went to Telegram, not a link");
});

test("the built-in previews are laid out with their index, and a second time writes none of them again", { skip }, async () => {
  const index = async () => {
    const answer = await fetch(s3Link("previews/index.json", `${own}-templates`));
    return answer.ok && answer;
  };
  const laid = await until("the previews", index);
  const written = laid.headers.get("last-modified");
  assert.equal(laid.headers.get("content-type"), "application/json");
  const text = await laid.text();
  assert.equal(text, fs.readFileSync(path.join(root, "data/previews/index.json"), "utf8"));
  const { file } = JSON.parse(text).previews.find((line) => line.style === "art");
  const preview = await fetch(s3Link(`previews/${file}`, `${own}-templates`));
  assert.equal(preview.headers.get("content-type"), "image/jpeg");
  assert.ok(Buffer.from(await preview.arrayBuffer()).equals(fs.readFileSync(path.join(root, "data/previews", file))));
  await world.stopProduct();
  const again = aisha("migrate", "--config", world.config);
  assert.equal(again.status, 0, again.stderr);
  assert.doesNotMatch(again.stdout, /published|made/);
  await world.startProduct();
  assert.equal((await index()).headers.get("last-modified"), written);
});

test("doctor finds the buckets well and says what is wrong with a missing one or a wrong key", { skip }, () => {
  const well = aisha("doctor", "--config", world.config);
  assert.match(well.stdout, new RegExp(`ok  pictures +${own}-generated: written, read and removed`));
  assert.match(well.stdout, /ok  clock +\d+ s from the S3 server's/);
  const config = path.join(world.folder, "elsewhere.toml");
  const text = fs.readFileSync(world.config, "utf8");
  fs.writeFileSync(config, text.replaceAll(own, "elsewhere"), { mode: 0o600 });
  const empty = aisha("doctor", "--config", config);
  assert.equal(empty.status, 1);
  assert.match(empty.stdout, /BAD pictures +elsewhere-generated: cannot find \(NoSuchBucket\)\n +-> .*aisha migrate/);
  fs.writeFileSync(config, text.replace(/secret_key = ".*"/, 'secret_key = "wrong-secret-key"'), { mode: 0o600 });
  const refused = aisha("doctor", "--config", config);
  assert.match(refused.stdout, /BAD pictures .*\n +-> check \[s3\] access_key, secret_key/);
  assert.doesNotMatch(refused.stdout, /wrong-secret-key/);
});

test("Row100: another database on the same buckets is refused, at its start and by doctor", { skip }, () => {
  const config = path.join(world.folder, "another.toml");
  fs.writeFileSync(config, fs.readFileSync(world.config, "utf8").replace("/aisha.db", "/another.db"), { mode: 0o600 });
  for (const words of [["serve"], ["migrate"]]) {
    const refused = aisha(...words, "--config", config);
    assert.equal(refused.status, 3, refused.stderr);
    assert.match(refused.stderr, /belongs to another database .*\[db\.foreign\]/);
  }
  assert.match(aisha("doctor", "--config", config).stdout, /BAD pictures +are another database's/);
  assert.match(aisha("doctor", "--config", world.config).stdout, /ok {2}pictures +are this database's/);
  assert.equal(aisha("check", "--objects", "--config", world.config).status, 0);
});

test("a server that has lost its buckets gets none on the way: the picture waits and comes once they are made", { skip }, async () => {
  await world.stopProduct();
  const lost = own + "-b";
  world.settings.s3 = s3(lost);
  world.writeConfig();
  await world.startProduct();
  const oleg = await world.person({ first_name: "Олег" });
  await oleg.press(await oleg.openCreate(), "1");
  await until("the complaint", () => world.productLog().includes("NoSuchBucket"));
  const [row] = world.sql(`SELECT status FROM generation_requests WHERE chat_id = ${oleg.id}`);
  assert.notEqual(row.status, "failed");
  assert.equal((await fetch(s3Link("x", `${lost}-generated`))).status, 404);
  assert.match(await (await fetch(s3Link("x", `${lost}-generated`))).text(), /NoSuchBucket/);

  await world.stopProduct();
  const made = aisha("migrate", "--plan", "--config", world.config);
  assert.match(made.stdout, new RegExp(`would make bucket ${lost}-generated`));
  assert.match(made.stdout, /^3 to do$/m);
  const migrated = aisha("migrate", "--config", world.config);
  assert.equal(migrated.status, 0, migrated.stderr);
  assert.match(migrated.stdout, new RegExp(`made bucket ${lost}-generated`));
  assert.match(migrated.stdout, new RegExp(`objects of ${lost}-temp end after a day`));
  assert.match(migrated.stdout, /published \d+ previews/);
  await world.startProduct();
  await oleg.sees("the picture", isResult);
  const [kept] = world.sql(`SELECT object_key FROM generation_requests WHERE chat_id = ${oleg.id}`);
  assert.equal((await fetch(s3Link(kept.object_key, `${lost}-generated`))).status, 200);
  assert.equal(world.sql("SELECT count(*) AS n FROM provider_attempt")[0].n, 2, "nothing was asked of the provider twice");
});
