// SPDX-License-Identifier: Apache-2.0
// Own words on their way to the model: translated, written out, or as they are when the writer has no answer.
import assert from "node:assert/strict";
import { test, before, after } from "node:test";
import { World, hasButton, isResult, until, wordsOf } from "./world.mjs";

let world;
let person;
before(async () => {
  world = await World.start({ settings: { prompts: { translate: true, enhance: true }, money: { starting_grant: 1000 }, limits: { active_jobs: 20 } } });
  person = await world.person({ language_code: "ru" });
});
after(() => world.stop());

const sent = async () => (await world.sim("GET", "/sim/fal/requests")).requests.map((request) => request.input.prompt);

/** The card that asks whether to create a picture of these words. */
async function draft(words) {
  const create = await person.openCreate();
  await person.press(create, "📝");
  await person.sees("the request for words", (m) => m.message_id === create.message_id && hasButton(m, "Идея"));
  await person.send(words);
  return person.sees("the draft", (m) => m.message_id > create.message_id && hasButton(m, "Создать") && wordsOf(m).includes(words));
}

/** Orders it; gives the text of its status once that says what became of the words, and the result. */
async function made(card, said) {
  await world.sim("POST", "/sim/fal/settings", { run_ms: 1500 });
  await person.press(card, "Создать");
  const status = await person.sees("what became of the words", (m) => m.message_id === card.message_id && said.test(wordsOf(m)));
  const told = wordsOf(status);
  await person.sees("the result", (m) => m.message_id === card.message_id && isResult(m));
  return told;
}

test("Russian words go out in English, and the status says how", async () => {
  const told = await made(await draft("кот на берегу озера"), /🌐 Перевод/);
  assert.match(told, /cat on .*lake/);
  const prompt = (await sent()).at(-1);
  assert.match(prompt, /cat on .*lake/);
  assert.doesNotMatch(prompt, /[а-яё]/i);
  assert.equal(world.sql("SELECT custom_prompt AS words FROM generation_requests")[0].words, "кот на берегу озера");
});

test("Row149 a writer that is down, silent or endless: the own words go out and that is told", async () => {
  for (const fault of ["down", "empty", "long"]) {
    const words = `кот у окна sandbox:writer-${fault}`;
    await made(await draft(words), /отправляю ваши слова как есть/);
    assert.ok((await sent()).at(-1).includes(words), fault);
  }
});

test("Row150 a translation against the rules ends it, and the coins return", async () => {
  const coins = () => Number(world.sql("SELECT sum(balance) AS b FROM ledger_account WHERE kind = 'available'")[0].b);
  const had = coins();
  const requests = (await sent()).length;
  const card = await draft("кот у реки sandbox:writer-rude");
  await person.press(card, "Создать");
  await person.sees("the refusal", (m) => m.message_id === card.message_id && /не могу использовать/.test(wordsOf(m)));
  assert.equal(coins(), had);
  assert.equal((await sent()).length, requests);
});

test("whoever switches it on has English words written out, and off again", async () => {
  const card = await draft("a cat by the window");
  assert.ok(hasButton(card, "Улучшать: нет"));
  await person.press(card, "Улучшать: нет");
  const on = await person.sees("the switch", (m) => m.message_id === card.message_id && hasButton(m, "Улучшать: да"));
  assert.match(await made(on, /✨ Описание/), /a cat by the window, soft window light/);
  assert.match((await sent()).at(-1), /85 mm lens/);
  assert.match((await sent()).at(-1), /a cat by the window, soft window light/);
  const next = await draft("a dog by the window");
  await person.press(next, "Улучшать: да");
  const off = await person.sees("the switch", (m) => m.message_id === next.message_id && hasButton(m, "Улучшать: нет"));
  await person.press(off, "Создать");
  await person.sees("the result", (m) => m.message_id === next.message_id && isResult(m));
  assert.doesNotMatch((await sent()).at(-1), /lens/);
  await until("nothing is open", () => Number(world.sql("SELECT count(*) AS n FROM generation_requests WHERE status = 'open'")[0].n) === 0);
});
