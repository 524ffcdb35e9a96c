// SPDX-License-Identifier: Apache-2.0
// Pictures made of a picture: each kind by its button, three generations walked both ways, what a deleted original leaves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { onEngines } from "./on_engines.mjs";
import { buttonsOf, hasButton, isResult, until, wordsOf } from "./world.mjs";

const settings = { money: { starting_grant: 1000 }, limits: { requests_per_minute: 1000, updates_per_minute: 100000, active_jobs: 5 } };

const isVariants = (message) => /Варианты|Variants/.test(wordsOf(message)) && hasButton(message, "📐");
const isCard = (message) => hasButton(message, "✏️");
const isFamily = (message) => wordsOf(message).includes("🧬");
const results = async (person) => (await person.fromBot()).filter((m) => isResult(m) && !isCard(m));

async function firstPicture(world, facts = {}) {
  const person = await world.person(facts);
  await person.press(await person.openCreate(), "1");
  await person.sees("the picture", isResult);
  return person;
}

/** Presses what makes a picture, and gives its message. */
async function makes(person, message, button) {
  const before = (await results(person)).length;
  await person.press(message, button);
  await until("another picture", async () => (await results(person)).length > before);
  return (await results(person)).at(-1);
}

/** The message that shows what a press leads to. */
async function leads(person, message, button, what, wanted) {
  const seen = (await person.fromBot()).at(-1).message_id;
  await person.press(message, button);
  return person.sees(what, (m) => wanted(m) && (m.message_id >= seen || m.message_id === message.message_id));
}

const idOf = (message, route) => buttonsOf(message).find((b) => b.callback_data?.startsWith(`1${route}:`)).callback_data.split(":")[1];
const rowsOf = (world, person) => world.sql(`SELECT r.id, r.parent_id, r.variation, r.seed, r.aspect_ratio, r.quality_preset, r.likeness, r.status, r.model FROM generation_requests r JOIN users u ON u.id = r.user_id WHERE u.telegram_id = '${person.id}' ORDER BY r.id`);

onEngines((scene) => {
  test("variations: one tap under a picture makes another one and asks for nothing else", async () => {
    const person = await firstPicture(scene.world);
    const [first] = await results(person);
    await makes(person, first, "🔄 Вариация");
    const [parent, child] = rowsOf(scene.world, person);
    assert.deepEqual([child.parent_id, child.variation, child.aspect_ratio, child.quality_preset, child.model], [parent.id, "again", parent.aspect_ratio, parent.quality_preset, parent.model]);
    assert.notEqual(child.seed, parent.seed);
    const now = (await results(person))[0];
    assert.equal(now.message_id, first.message_id, "the first picture stays in its message");
    assert.ok(isResult(now));
  });

  test("variations: format and likeness do what their buttons say", async () => {
    const person = await firstPicture(scene.world);
    const [first] = await results(person);
    const variants = () => leads(person, first, "🎛️ Варианты", "the variants", isVariants);
    await makes(person, await variants(), "📐 1:1");
    await makes(person, (await variantsBelow(person, first)), "➕ Похожее");
    const rows = rowsOf(scene.world, person);
    assert.deepEqual(rows.map((row) => row.variation), [null, "format", "likeness"]);
    assert.deepEqual([rows[1].aspect_ratio, Number(rows[2].likeness), Number(rows[2].seed)], ["1:1", 1, Number(rows[0].seed)]);
    const sent = (await scene.world.sim("GET", "/sim/fal/requests")).requests.map((request) => request.input);
    assert.ok(sent.some((input) => input.loras?.[0].scale === 1.15), "the avatar counts for more");
  });

  test("variations: three generations are walked both ways by buttons", async () => {
    const person = await firstPicture(scene.world);
    const [first] = await results(person);
    const second = await makes(person, first, "🔄 Вариация");
    const third = await makes(person, second, "🔄 Вариация");
    const ids = [first, second, third].map((m) => idOf(m, "v"));
    const up = async (from) => leads(person, from, "⬆️ Исходник", "the original", isCard);
    const secondCard = await up(await leads(person, third, "🎛️ Варианты", "the variants", isVariants));
    assert.equal(idOf(secondCard, "v"), ids[1]);
    assert.match(wordsOf(secondCard), /Есть исходник · ⬇️ 1 вариация/);
    const firstCard = await up(await leads(person, secondCard, "🎛️ Варианты", "the variants", isVariants));
    assert.equal(idOf(firstCard, "v"), ids[0]);
    const family = await leads(person, await leads(person, firstCard, "🎛️ Варианты", "the variants", isVariants), "⬇️ Вариации", "the family", isFamily);
    const down = await leads(person, family, "2", "the second", (m) => isCard(m) && idOf(m, "v") === ids[1]);
    const next = await leads(person, await leads(person, down, "🎛️ Варианты", "the variants", isVariants), "⬇️ Вариации", "its family", (m) => isFamily(m) && hasButton(m, "⬆️ Исходник"));
    await leads(person, next, "2", "the third", (m) => isCard(m) && idOf(m, "v") === ids[2]);
  });

  test("variations: a deleted original leaves its variations", async () => {
    const person = await firstPicture(scene.world);
    const [first] = await results(person);
    const second = await makes(person, first, "🔄 Вариация");
    await person.press(first, "🗑️");
    await person.sees("that it is removed", (m) => m.message_id === first.message_id && hasButton(m, "Вернуть"));
    const variants = await leads(person, second, "🎛️ Варианты", "the variants", isVariants);
    assert.match(wordsOf(variants), /Исходник удалён/);
    assert.ok(!hasButton(variants, "⬆️"));
  });

  test("variations: «Повторить» never puts a failed one into the family", async () => {
    const person = await scene.world.person();
    const confirm = await person.describe("маяк на скале");
    await person.press(confirm, "Создать ·");
    const first = await person.sees("the picture", isResult);
    await scene.world.fault("fal_files", {}, { status: 404 }, 50);
    await person.press(first, "🔄 Вариация");
    const failed = await person.sees("that it failed", (m) => hasButton(m, "🔁 Повторить"));
    await scene.world.sim("DELETE", "/sim/faults");
    const again = await makes(person, failed, "🔁 Повторить");
    const rows = rowsOf(scene.world, person);
    assert.deepEqual(rows.map((row) => row.status), ["ready", "failed", "ready"]);
    assert.equal(rows[2].parent_id, rows[0].id, "the picture that it varies");
    const card = await leads(person, again, "🎛️ Варианты", "the variants", isVariants);
    assert.match(wordsOf(card), /Есть исходник/);
  });
}, { settings });

/** The variants of a picture, once more. */
async function variantsBelow(person, picture) {
  return leads(person, picture, "🎛️ Варианты", "the variants", isVariants);
}
