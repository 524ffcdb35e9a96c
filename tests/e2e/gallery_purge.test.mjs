// SPDX-License-Identifier: Apache-2.0
// A picture that is deleted for good leaves nothing behind: no object, no words, no file id, and no message that shows it, however
// old the message is.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { onEngines } from "./on_engines.mjs";
import { psqlDo } from "./servers.mjs";
import { buttonsOf, hasButton, isResult, until, wordsOf } from "./world.mjs";

const kCanary = "канарейка над водопадом";

/** Whether the store has an object of that key. */
function lies(world, key) {
  if (!world.s3) return fs.existsSync(path.join(world.folder, "blobs", "aisha-v2-generated", key));
  const { access_key, secret_key, bucket_generated } = world.engines.s3;
  const status = execFileSync("curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", "-I", "--aws-sigv4", "aws:amz:us-east-1:s3", "-u",
    `${access_key}:${secret_key}`, `http://${world.s3.address}/${bucket_generated}/${key}`], { encoding: "utf8" });
  return status === "200";
}

/** What the product knows of its messages' age, while it is stopped. */
function grow_old(world) {
  if (world.database) {
    psqlDo(world.database, "UPDATE aisha.picture_messages SET sent_at = sent_at - interval '49 hours'");
    return;
  }
  const script = "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1])\nc.execute('UPDATE picture_messages SET sent_at = sent_at - 49 * 3600000')\nc.commit()";
  execFileSync("python3", ["-c", script, path.join(world.folder, "aisha.db")]);
}

/** All rows of all tables as one text, where the words of a picture could be. */
function everything(world) {
  const tables = ["generation_requests", "user_saved_images", "picture_texts", "unread_pictures", "file_ids", "missing_pictures", "picture_messages", "jobs", "chats"];
  return tables.map((table) => JSON.stringify(world.sql(`SELECT * FROM ${table}`))).join("\n");
}

onEngines((scene) => {
  test("deleted, back, deleted, purged: object, thumbnail, words and file ids are gone, and an old message shows the neutral picture", { timeout: 300_000 }, async () => {
    const { world } = scene;
    const person = await world.person();
    const confirm = await person.describe(kCanary);
    await person.press(confirm, "Создать ·");
    const result = await person.sees("the picture", (m) => isResult(m) && wordsOf(m).includes("канарейка"));
    await person.press(result, buttonsOf(result).find((b) => b.text.includes("Сохранить")).text);
    await person.press(result, "Скачать");
    await person.sees("the document", (m) => m.document);
    const [row] = world.sql("SELECT id, object_key FROM generation_requests WHERE custom_prompt IS NOT NULL");
    const thumbnail = row.object_key.replace(/\.\w+$/, ".thumb.webp");
    assert.ok(lies(world, row.object_key) && lies(world, thumbnail));

    const remove = async () => {
      await person.press(result, "Удалить");
      const asked = await person.sees("the question", (m) => wordsOf(m).includes("в избранном или сохранено"));
      await person.press(asked, "Удалить");
      return person.sees("the undo", (m) => m.message_id === result.message_id && hasButton(m, "Вернуть"));
    };
    await person.press(await remove(), "Вернуть");
    await person.sees("the picture again", (m) => m.message_id === result.message_id && isResult(m));
    await remove();
    // The messages grow older than a bot may delete.
    await world.sim("POST", "/sim/clock", { advance_ms: 49 * 3_600_000 });
    world.settings = { ...world.settings, timing: { ...world.settings.timing, trash_days: 0, sweep_ms: 500 } };
    world.writeConfig();
    await world.stopProduct();
    grow_old(world);
    await world.startProduct();

    await until("the object is gone", () => !lies(world, row.object_key) && !lies(world, thumbnail));
    const neutral = await person.sees("the neutral picture", (m) => m.message_id === result.message_id && wordsOf(m).includes("Изображение удалено") && buttonsOf(m).length === 0, 120_000);
    assert.ok(neutral.photo);
    await until("the document is gone too", async () => (await person.fromBot()).every((m) => !m.document), 60_000).catch(async () => {
      assert.fail(`the document is still there:\n${await world.sim("GET", `/sim/transcript/${person.id}`)}`);
    });
    const left = everything(world);
    const where = left.split("\n").filter((rows) => rows.includes("канарейка")).map((rows) => rows.slice(0, 300));
    assert.deepEqual(where, [], "its words are nowhere");
    const name = Buffer.from(row.id.replaceAll("-", ""), "hex").toString("base64url");
    assert.ok(!left.includes(`result/${name}`) && !left.includes(`document/${name}`), "Telegram's ids of it are nowhere");
    assert.equal(world.sql("SELECT sum(pictures) AS n FROM user_days")[0].n, 0);
    assert.equal(world.sql("SELECT count(*) AS n FROM user_saved_images")[0].n, 0);
  });
}, { settings: { timing: { sweep_ms: 60_000 } } });
