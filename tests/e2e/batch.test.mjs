// SPDX-License-Identifier: Apache-2.0
// Four pictures by one tap: one card, one album, coins for what came, whoever dies in between.
import assert from "node:assert/strict";
import { test } from "node:test";
import { onEngines } from "./on_engines.mjs";
import { buttonsOf, hasButton, isResult, pause, until, wordsOf } from "./world.mjs";

const settings = {
  money: { starting_grant: 200 },
  limits: { requests_per_minute: 1000, updates_per_minute: 100000 },
  timing: { lease_ms: 1500, shutdown_grace_ms: 1000, unconfirmed_wait_ms: 1500 },
};

const isVariants = (message) => /Варианты/.test(wordsOf(message)) && hasButton(message, "📐");
const isBatch = (message) => hasButton(message, "Отменить все") || /^(✨ Готово: \d из 4|😔 Не получилось ни одного|✖️ Создание отменено)/.test(wordsOf(message));
const isDone = (message) => isBatch(message) && !hasButton(message, "Отменить все");
const albumOf = async (person) => (await person.fromBot()).filter((m) => m.photo && !m.reply_markup && !wordsOf(m));
const cardsOf = async (person) => (await person.fromBot()).filter(isBatch);
const balanceOf = (world, person) => Number(world.sql(`SELECT a.balance FROM ledger_account a JOIN users u ON u.id = a.user_id WHERE a.kind = 'available' AND u.telegram_id = '${person.id}'`)[0].balance);
const count = (world, query) => Number(world.sql(query)[0].n);

/** A person with a picture made of these words, and the card of its variants. */
async function withVariants(world, words = "маяк на скале") {
  const person = await world.person();
  const confirm = await person.describe(words);
  await person.press(confirm, "Создать ·");
  const first = await person.sees("the picture", isResult);
  await person.press(first, "🎛️ Варианты");
  return { person, first, variants: await person.sees("the variants", isVariants) };
}

async function pace(world, run_ms) {
  await world.sim("POST", "/sim/fal/settings", { max_side: 256, queue_ms: 20, run_ms, concurrency: 8 });
}

onEngines((scene) => {
  test("batch: of four one is black beyond its re-roll: three are paid, one album, one card, its coins back", async () => {
    const { world } = scene;
    await pace(world, 1500);
    // Every other request of these words is black: of four submitted together two, and of their re-rolls one.
    const { person, first, variants } = await withVariants(world, "маяк на скале sandbox:black");
    const before = balanceOf(world, person);
    await person.press(variants, "Ещё 4 · 20");
    const status = await person.sees("that four are made", (m) => hasButton(m, "Отменить все"));
    assert.match(wordsOf(status), /Создаю 4 изображения…/);
    assert.equal(status.message_id, variants.message_id, "the card that was pressed");
    const done = await person.sees("the end", isDone);
    assert.match(wordsOf(done), /Готово: 3 из 4/);
    assert.match(wordsOf(done), /Не получилось: 1\. Монеты за них вернулись\./);
    assert.equal(balanceOf(world, person), before - 15);
    const album = await until("the album", async () => { const photos = await albumOf(person); return photos.length === 3 && photos; });
    assert.equal(new Set(album.map((m) => m.media_group_id)).size, 1, "one album");
    assert.ok(album.every((m) => m.reply_to_message?.message_id === done.message_id), "in reply to the card");
    assert.equal((await cardsOf(person)).length, 1);
    assert.equal(count(world, "SELECT count(*) AS n FROM ledger_transfer t JOIN generation_requests r ON r.id = t.job_id WHERE r.batch_id IS NOT NULL AND t.kind = 'capture'"), 3);
    assert.equal(count(world, "SELECT count(*) AS n FROM ledger_transfer t JOIN generation_requests r ON r.id = t.job_id WHERE r.batch_id IS NOT NULL AND t.kind = 'release'"), 1);
    await person.press(done, "2");
    await person.sees("the second", (m) => hasButton(m, "✏️") && m.message_id > done.message_id);
    await pace(world, 50);
    const results = (await person.fromBot()).filter((m) => isResult(m) && !hasButton(m, "✏️")).length;
    await person.press(done, "🔁 Недостающие · 5");
    await until("the missing one", async () => (await person.fromBot()).filter((m) => isResult(m) && !hasButton(m, "✏️")).length > results);
    assert.ok(first);
  });

  test("batch: cancelled in the middle, what is finished stays and is paid for", async () => {
    const { world } = scene;
    await world.sim("POST", "/sim/fal/settings", { max_side: 256, queue_ms: 20, run_ms: 1200, concurrency: 1 });
    const { person, variants } = await withVariants(world, "лодка у берега");
    const before = balanceOf(world, person);
    await person.press(variants, "Ещё 4");
    const half = await person.sees("that one is done", (m) => /Готово [123] из 4/.test(wordsOf(m)));
    await person.press(half, "Отменить все");
    const done = await person.sees("the end", isDone);
    const made = Number(/Готово: (\d) из 4/.exec(wordsOf(done))[1]);
    assert.ok(made >= 1 && made < 4, wordsOf(done));
    assert.match(wordsOf(done), new RegExp(`Отменено: ${4 - made}\\.`));
    assert.equal(balanceOf(world, person), before - 5 * made);
    await until("the pictures", async () => (await albumOf(person)).length === made);
    assert.equal((await cardsOf(person)).length, 1);
    await pace(world, 50);
  });

  test("batch: two orders at once a person, a batch is one", async () => {
    const { world } = scene;
    await pace(world, 2500);
    const { person, first, variants } = await withVariants(world, "мост в тумане");
    await person.press(variants, "Ещё 4");
    await person.sees("the first batch", (m) => hasButton(m, "Отменить все"));
    const another = (await person.fromBot()).find((m) => m.message_id === first.message_id);
    await person.press(another, "🔄 Вариация");
    const now = await until("a new button", async () => {
      const shown = (await person.fromBot()).find((m) => m.message_id === first.message_id);
      return buttonsOf(shown).find((b) => b.text.startsWith("🔄")).callback_data !== buttonsOf(another).find((b) => b.text.startsWith("🔄")).callback_data && shown;
    });
    const pressed = await person.press(now, "🔄 Вариация");
    assert.match(pressed.toast ?? "", /Уже создаю 2/);
    await person.sees("the end", isDone);
    assert.equal(count(world, `SELECT count(*) AS n FROM generation_requests WHERE chat_id = ${person.id}`), 6);
    await pace(world, 50);
  });

  test("batch: killed at every step of its members there is one card and no picture twice", async () => {
    const { world } = scene;
    await pace(world, 300);
    for (const [number, delay] of [0, 120, 300, 450, 600, 800, 1000].entries()) {
      const { person, variants } = await withVariants(world, `дом номер ${number}`);
      await person.press(variants, "Ещё 4", { wait: 0 }).catch(() => {});
      await until("the order", async () => count(world, `SELECT count(*) AS n FROM batches WHERE chat_id = ${person.id}`) === 1);
      await pause(delay);
      await world.killProduct();
      await world.startProduct();
      const done = await person.sees("the end", isDone, 120_000);
      assert.match(wordsOf(done), /Готово: 4 из 4/);
      assert.equal((await cardsOf(person)).length, 1, "one card");
      await until("the album", async () => (await albumOf(person)).length >= 4);
      const doubts = count(world, `SELECT coalesce(sum(maybe_sent), 0) AS n FROM outbox WHERE lane = ${person.id} AND kind = 'batch_album'`);
      assert.ok((await albumOf(person)).length <= 4 + 4 * doubts, "once, but for a send in doubt");
      assert.equal(count(world, `SELECT open AS n FROM batches WHERE chat_id = ${person.id}`), 0);
    }
  });
}, { settings });
