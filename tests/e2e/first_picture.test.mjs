// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { World, hasButton, isResult, jpegSize, wordsOf } from "./world.mjs";

let world;
before(async () => { world = await World.start(); });
after(() => world?.stop());

test("a new person reaches the first picture with Start and two taps, and every record of it is right", async () => {
  const vera = await world.person();
  const create = await vera.openCreate();
  const pressed = await vera.press(create, "1");
  assert.equal(pressed.answered, true);
  const result = await vera.sees("the picture", isResult);
  assert.equal(result.message_id, create.message_id, "the tapped card itself became the picture");

  const [row] = world.sql("SELECT * FROM generation_requests");
  assert.equal(row.status, "ready");
  assert.equal(row.model, "fal-ai/flux-lora");
  assert.match(row.object_key, /^\d{4}\/\d\d\/\d\d\/[0-9a-f-]{36}\.jpg$/);
  assert.equal(row.object_key.slice(0, 10), new Date(row.created_at).toISOString().slice(0, 10).replaceAll("-", "/"));
  const file = fs.readFileSync(path.join(world.folder, "blobs", "aisha-v2-generated", row.object_key));
  assert.equal(crypto.createHash("sha256").update(file).digest("hex"), row.sha256);
  assert.equal(file.length, row.bytes);
  assert.deepEqual(jpegSize(file), { width: row.width, height: row.height });
  assert.ok(Math.max(row.width, row.height) >= 2048, `long side is ${Math.max(row.width, row.height)}`);
  assert.equal(row.width * 4, row.height * 3, "3:4 as the settings say");
  assert.ok(row.thumbhash.length > 0);
  assert.ok(fs.existsSync(path.join(world.folder, "blobs", "aisha-v2-generated", row.object_key.replace(".jpg", ".thumb.webp"))));

  const transfers = world.sql("SELECT kind, amount FROM ledger_transfer ORDER BY created_at, id");
  assert.deepEqual(transfers.map((t) => t.kind), ["grant", "hold", "capture"]);
  assert.deepEqual(transfers.map((t) => t.amount), [25, 5, 5]);
  const [attempt] = world.sql("SELECT * FROM provider_attempt");
  assert.equal(attempt.state, "ok");
  assert.ok(attempt.cost_micro_usd > 0, "the provider's cost is on the attempt");
  assert.equal((await world.sim("GET", "/sim/fal/requests")).requests.length, 1);
});

test("a double tap makes one picture, also when the second is another style of the same card", async () => {
  const oleg = await world.person({ first_name: "Олег" });
  const create = await oleg.openCreate();
  const before = (await world.sim("GET", "/sim/fal/requests")).requests.length;
  const presses = await Promise.allSettled([oleg.press(create, "1"), oleg.press(create, "1"), oleg.press(create, "2")]);
  assert.equal(presses[0].status, "fulfilled");
  // The bot may be quicker than the next finger: then the card has no such button any more.
  for (const press of presses) assert.ok(press.status === "fulfilled" || /no such button/.test(press.reason.message), String(press.reason));
  await oleg.sees("the picture", isResult);
  assert.equal((await world.sim("GET", "/sim/fal/requests")).requests.length, before + 1);
  const holds = world.sql(`SELECT count(*) AS n FROM ledger_transfer t JOIN generation_requests g ON g.id = t.job_id WHERE t.kind = 'hold' AND g.chat_id = ${oleg.id}`);
  assert.equal(holds[0].n, 1);
});

test("an own prompt becomes a picture after one confirmation, markup in it shown literally", async () => {
  const mia = await world.person({ first_name: "Mia", language_code: "en" });
  const confirm = await mia.describe("in a red coat <b>on a bridge</b> {n} %s");
  await mia.press(confirm, "Create ·");
  const result = await mia.sees("the picture", isResult);
  assert.ok(wordsOf(result).includes("<b>on a bridge</b> {n} %s"));
});

test("download sends the original bytes as a document; delete can be undone", async () => {
  const ira = await world.person({ first_name: "Ира" });
  const create = await ira.openCreate();
  await ira.press(create, "2");
  const result = await ira.sees("the picture", isResult);
  await ira.press(result, "Скачать");
  const document = await ira.sees("the document", (m) => m.document);
  const [row] = world.sql(`SELECT bytes FROM generation_requests WHERE chat_id = ${ira.id}`);
  assert.equal(document.document.file_size, row.bytes);
  assert.match(document.document.file_name, /^aisha.*\.jpg$/);
  await ira.press(result, "Удалить");
  const deleted = await ira.sees("the undo", (m) => m.message_id === result.message_id && hasButton(m, "Вернуть"));
  assert.ok(wordsOf(deleted).includes("30"));
  await ira.press(deleted, "Вернуть");
  await ira.sees("the picture again", (m) => m.message_id === result.message_id && isResult(m));
  assert.equal(world.sql(`SELECT deleted_at FROM generation_requests WHERE chat_id = ${ira.id}`)[0].deleted_at, null);
});
