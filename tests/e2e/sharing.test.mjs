// SPDX-License-Identifier: Apache-2.0
// A picture shown to somebody else: through inline mode, by a link, as a copy. Nothing that is pressed is refused by
// Telegram, with inline mode or without.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { World, buttonsOf, hasButton, isResult, until, wordsOf } from "./world.mjs";

let world;
before(async () => { world = await World.start(); });
after(() => world?.stop());

async function picture(person) {
  const create = await person.openCreate();
  await person.press(create, "1");
  return person.sees("the picture", isResult);
}

async function shareCard(person, result) {
  await person.press(result, hasButton(result, "Поделиться") ? "Поделиться" : "Share");
  return person.sees("the share card", (m) => hasButton(m, "Закрыть ссылку") || hasButton(m, "Close the link"));
}

const linkOf = (card) => buttonsOf(card).find((button) => button.copy_text)?.copy_text.text;
const startOf = (link) => new URL(link).searchParams.get("start");

async function follow(person, start) {
  await world.sim("POST", `/sim/chats/${person.id}/send`, { start });
}

/** What Telegram refused since the world began; that a message is so already is no refusal of a button. */
async function refusals() {
  const { calls } = await world.sim("GET", "/sim/calls");
  const told = calls.filter((call) => call.status >= 400 && call.method !== "getUpdates").map((call) => `${call.method} ${JSON.stringify(call.answer)}`);
  return told.filter((words) => !words.includes("message is not modified"));
}

test("with inline mode a friend sees the picture via the bot, and gets its style with an avatar of their own", async () => {
  const vera = await world.person();
  const emma = await world.person({ first_name: "Emma", language_code: "en" });
  const result = await picture(vera);
  const card = await shareCard(vera, result);
  assert.notEqual(card.message_id, result.message_id);
  const chosen = buttonsOf(card).find((button) => button.switch_inline_query_chosen_chat);
  assert.match(chosen.switch_inline_query_chosen_chat.query, /^i [\w-]{22}$/);

  const query = chosen.switch_inline_query_chosen_chat.query;
  const sent = await world.sim("POST", `/sim/chats/${vera.id}/inline`, { query, pick: "first", to: emma.id });
  assert.equal(sent.results.length, 1);
  const [got] = (await world.sim("GET", `/sim/shared/${emma.id}`)).messages;
  assert.equal(got.from.id, vera.id);
  assert.match(got.via_bot.username, /bot$/);
  assert.ok(got.photo.length > 0);
  assert.equal((await fetch(`${world.url}/sim/shared/${emma.id}/photo/1`)).status, 200);
  const { url } = buttonsOf(got)[0];
  assert.equal(startOf(url), startOf(linkOf(card)), "the button is the link of the card");

  await follow(emma, startOf(url));
  const shown = await emma.sees("the shared picture", (m) => hasButton(m, "I want one too"));
  assert.ok(wordsOf(shown).includes("Emma"), "somebody new is welcomed on the same card");
  assert.ok(!wordsOf(shown).includes("AISHA_ANNA"));
  await emma.press(shown, "I want one too");
  const style = await emma.sees("the style", (m) => hasButton(m, "Create ·"));
  await emma.press(style, "Create ·");
  await emma.sees("a picture of their own", isResult);
  const [mine] = world.sql(`SELECT r.template_id AS style, a.user_id = u.id AS own FROM generation_requests r JOIN users u ON u.id = r.user_id JOIN avatars a ON a.id = r.avatar_id WHERE r.chat_id = ${emma.id}`);
  assert.equal(mine.own, 1);
  const [theirs] = world.sql(`SELECT template_id AS style FROM generation_requests WHERE chat_id = ${vera.id}`);
  assert.equal(mine.style, theirs.style);
  assert.equal(world.sql("SELECT sum(opened) AS n FROM share_links")[0].n, 1);
});

test("a link that is closed, expired, forged or of a removed picture gets one and the same answer", async () => {
  const ira = await world.person({ first_name: "Ира" });
  const friend = await world.person({ first_name: "Олег" });
  await follow(friend, "");
  await friend.sees("the welcome", (m) => hasButton(m, "Создать изображение"));
  const result = await picture(ira);
  const card = await shareCard(ira, result);
  const start = startOf(linkOf(card));
  const answers = [];
  const opened = async (what) => {
    const last = (await friend.messages()).at(-1).message_id;
    await follow(friend, what);
    const told = await friend.sees("an answer", (m) => m.message_id > last && m.photo);
    answers.push(JSON.stringify([wordsOf(told), told.reply_markup, told.photo.map((size) => size.file_unique_id)]));
    return told;
  };
  assert.ok(hasButton(await opened(start), "Хочу так же"));
  answers.length = 0;
  await opened("i-AAAAAAAAAAAAAAAAAAAAAA");
  await ira.press(card, "Закрыть ссылку");
  const closed = await ira.sees("that it is closed", (m) => wordsOf(m).includes("Ссылка закрыта"));
  // What only shows is shown first and committed behind it.
  await until("the end of the link", () => world.sql("SELECT count(*) AS n FROM share_links WHERE revoked_at IS NOT NULL")[0].n === 1);
  await opened(start);
  await ira.press(closed, "Поделиться");
  const again = await ira.sees("another link", (m) => hasButton(m, "Закрыть ссылку"));
  const other = startOf(linkOf(again));
  assert.notEqual(other, start);
  await ira.press(result, "Удалить");
  await ira.sees("the removed picture", (m) => hasButton(m, "Вернуть"));
  await until("the removal", () => world.sql("SELECT count(*) AS n FROM generation_requests WHERE deleted_at IS NOT NULL")[0].n === 1);
  await opened(other);
  assert.equal(new Set(answers).size, 1, answers.join("\n"));
  assert.ok(answers[0].includes("Ссылка больше не действует"));
});

test("inline mode offers one's own pictures only, and to a stranger the button that opens the bot", async () => {
  const mia = await world.person({ first_name: "Mia", language_code: "en" });
  const stranger = await world.person({ first_name: "Nick", language_code: "en" });
  await picture(mia);
  const type = (person, query) => world.sim("POST", `/sim/chats/${person.id}/inline`, { query });
  const mine = await type(mia, "");
  assert.equal(mine.results.length, 1);
  assert.equal((await type(mia, mine.results[0].caption.replace("✨ ", ""))).results.length, 1, "by the style's name");
  assert.equal((await type(mia, "zzzzzz")).results.length, 0);
  const theirs = await type(stranger, `i ${mine.results[0].id}`);
  assert.equal(theirs.results.length, 0);
  assert.deepEqual(theirs.button, { text: "Open the bot", start_parameter: "inline" });
  assert.equal(world.sql(`SELECT count(*) AS n FROM users WHERE telegram_id = '${stranger.id}'`)[0].n, 0);
});

test("once @BotFather switches inline mode off a copy comes instead, and no button is refused in either state", async () => {
  assert.deepEqual(await refusals(), []);
  const { bots } = await world.sim("GET", "/sim/bots");
  await world.sim("POST", `/sim/bots/${bots[0].id}`, { inline: false });
  await world.stopProduct();
  await world.startProduct();
  const nora = await world.person({ first_name: "Нора" });
  const result = await picture(nora);
  const card = await shareCard(nora, result);
  assert.ok(!buttonsOf(card).some((button) => button.switch_inline_query_chosen_chat));
  await nora.press(card, "Прислать копию");
  const copy = await nora.sees("the copy", (m) => m.photo && m.message_id > card.message_id && !m.reply_markup);
  assert.ok(wordsOf(copy).includes(linkOf(card)), "who gets it can follow the link");
  await nora.press(card, "Закрыть ссылку");
  await nora.sees("that it is closed", (m) => wordsOf(m).includes("Ссылка закрыта"));
  assert.deepEqual(await refusals(), []);
});
