// SPDX-License-Identifier: Apache-2.0
// Own pictures in the chat: by day and one by one, kept, removed and back, cleared and back, found, counted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { onEngines } from "./on_engines.mjs";
import { buttonsOf, hasButton, isResult, until, wordsOf } from "./world.mjs";

const settings = { money: { starting_grant: 1000 }, limits: { requests_per_minute: 1000, updates_per_minute: 100000, active_jobs: 5 } };

/** A person with that many pictures, made one after the other. */
async function withPictures(world, count, facts = {}) {
  const person = await world.person(facts);
  await person.send("/start");
  await person.sees("the welcome", (m) => hasButton(m, "Создать изображение"));
  for (let n = 0; n < count; ++n) {
    await person.send("/create");
    const made = (await person.fromBot()).filter(isResult).length;
    const create = await person.sees("the create card", (m) => hasButton(m, "6") && !isResult(m));
    await person.press(create, String((n % 6) + 1));
    await until(`picture ${n + 1}`, async () => (await person.fromBot()).filter(isResult).length > made);
  }
  return person;
}

/** The menu card after a command. */
async function card(person, command, what, wanted) {
  await person.send(command);
  return person.sees(what, wanted);
}

/** Presses and waits until that message says something that satisfies `wanted`. */
async function go(person, message, button, what, wanted) {
  await person.press(message, button);
  return person.sees(what, (m) => m.message_id === message.message_id && wanted(m));
}

const says = (text) => (message) => wordsOf(message).includes(text);
const images = (person) => card(person, "/images", "my images", (m) => hasButton(m, "Даты"));
const rows = (world, person, query) => world.sql(query.replace("$ME", `(SELECT id FROM users WHERE telegram_id = '${person.id}')`));

onEngines((scene) => {
  test("a day, its dates, one picture, its neighbours and a name", async () => {
    const { world } = scene;
    const vera = await withPictures(world, 3);
    const day = await images(vera);
    assert.ok(day.photo, "a sheet of the day");
    assert.match(wordsOf(day), /3 изображения/);
    const dates = await go(vera, day, "Даты", "the dates", says("Нажмите день"));
    const dayLabel = buttonsOf(dates).find((b) => / · 3$/.test(b.text));
    assert.ok(dayLabel, "a day with its three pictures");
    const again = await go(vera, dates, { button: dayLabel.text }, "the day again", (m) => hasButton(m, "Даты"));
    const picture = await go(vera, again, "2", "the second", (m) => hasButton(m, "2 / 3"));
    const older = await go(vera, picture, "›", "the third", (m) => hasButton(m, "3 / 3"));
    assert.ok(!hasButton(older, "›"), "nothing behind the oldest");
    await go(vera, older, "Название", "the question", says("Пришлите до 100 символов"));
    await vera.send("Лето <b>у моря</b>");
    const named = await vera.sees("the name", says("Лето <b>у моря</b>"));
    assert.ok(wordsOf(named).includes("📌"), "naming saves");
    assert.equal(rows(world, vera, "SELECT custom_name FROM user_saved_images WHERE user_id = $ME")[0].custom_name, "Лето <b>у моря</b>");
  });

  test("hearts and pins are set, not toggled; the lists hold what was kept", async () => {
    const { world } = scene;
    const oleg = await withPictures(world, 2, { first_name: "Олег" });
    const result = (await oleg.fromBot()).filter(isResult).at(-1);
    const heart = buttonsOf(result).find((b) => b.text.includes("В избранное"));
    await Promise.allSettled([oleg.press(result, heart.text), oleg.press(result, heart.text)]);
    await oleg.sees("the heart", (m) => m.message_id === result.message_id && hasButton(m, "В избранном"));
    assert.equal(rows(world, oleg, "SELECT count(*) AS n FROM user_saved_images WHERE user_id = $ME AND is_favorite")[0].n, 1);
    assert.equal(rows(world, oleg, "SELECT sum(kept) AS n FROM user_days WHERE user_id = $ME")[0].n, 1);
    const list = await card(oleg, "/favorites", "the favourites", says("Избранное"));
    assert.match(wordsOf(list), /1 изображение/);
    const taking = await go(oleg, list, "Убрать", "the numbers that take out", (m) => hasButton(m, "Готово"));
    await go(oleg, taking, "1", "the empty list", says("Отмечайте удачные"));
    assert.equal(rows(world, oleg, "SELECT count(*) AS n FROM user_saved_images WHERE user_id = $ME")[0].n, 0);
    assert.equal(rows(world, oleg, "SELECT sum(kept) AS n FROM user_days WHERE user_id = $ME")[0].n, 0);
  });

  test("a kept style stands on the create screen and starts with one tap", async () => {
    const { world } = scene;
    const ann = await withPictures(world, 1, { first_name: "Аня" });
    const result = (await ann.fromBot()).filter(isResult).at(-1);
    await go(ann, result, "В мои стили", "the kept style", (m) => hasButton(m, "В моих стилях"));
    await ann.send("/create");
    const create = await ann.sees("the kept style's button", (m) => hasButton(m, "6") && buttonsOf(m).some((b) => b.text.startsWith("🔖")));
    const made = (await ann.fromBot()).filter(isResult).length;
    await ann.press(create, buttonsOf(create).find((b) => b.text.startsWith("🔖")).text);
    await until("another picture", async () => (await ann.fromBot()).filter(isResult).length > made);
  });

  test("a removed picture lies in the bin and comes back; a kept one is asked about", async () => {
    const { world } = scene;
    const ira = await withPictures(world, 2, { first_name: "Ира" });
    const [first, second] = (await ira.fromBot()).filter(isResult);
    await go(ira, second, "Сохранить", "the pin", (m) => hasButton(m, "Сохранено"));
    await ira.press(second, "Удалить");
    const asked = await ira.sees("the question", says("в избранном или сохранено"));
    await ira.press(asked, "Оставить");
    await ira.press(first, "Удалить");
    await ira.sees("the undo", (m) => m.message_id === first.message_id && hasButton(m, "Вернуть"));
    const day = await images(ira);
    const statistics = await go(ira, day, "Статистика", "the statistics", says("Ваша статистика"));
    assert.match(wordsOf(statistics), /Создано 2 · сейчас в галерее 1/);
    const bin = await go(ira, statistics, "Корзина", "the bin", says("Корзина"));
    const thrown = await go(ira, bin, "1", "one of it", (m) => hasButton(m, "Навсегда"));
    await ira.press(thrown, "Вернуть");
    await until("it is back", async () => rows(world, ira, "SELECT sum(pictures) AS n FROM user_days WHERE user_id = $ME")[0].n === 2);
    await ira.sees("the picture in its old message", (m) => m.message_id === first.message_id && isResult(m));
  });

  test("a cleared gallery spares what is kept and comes back whole; one press, one clear", async () => {
    const { world } = scene;
    const max = await withPictures(world, 3, { first_name: "Макс" });
    const kept = (await max.fromBot()).filter(isResult)[0];
    await go(max, kept, "В избранное", "the heart", (m) => hasButton(m, "В избранном"));
    const before = rows(world, max, "SELECT * FROM generation_requests WHERE user_id = $ME ORDER BY id");
    const statistics = await go(max, await images(max), "Статистика", "the statistics", says("Ваша статистика"));
    const clear = await go(max, statistics, "Очистить", "what could be cleared", says("Очистить историю"));
    assert.match(wordsOf(clear), /3 изображения, из них 1/);
    const sure = await go(max, clear, "Кроме избранных: 2", "the question", says("Точно удалить"));
    const yes = buttonsOf(sure).find((b) => b.text.includes("Да, удалить"));
    await Promise.allSettled([max.press(sure, yes.text), max.press(sure, yes.text)]);
    const done = await max.sees("the end", says("Удалено: 2"));
    assert.equal(rows(world, max, "SELECT count(*) AS n FROM gallery_clears WHERE user_id = $ME")[0].n, 1);
    assert.equal(rows(world, max, "SELECT sum(pictures) AS n FROM user_days WHERE user_id = $ME")[0].n, 1);
    await go(max, done, "Вернуть всё", "all of it again", says("Вернулось: 2"));
    assert.deepEqual(rows(world, max, "SELECT * FROM generation_requests WHERE user_id = $ME ORDER BY id"), before);
  });

  test("styles are found by a slip of the finger, own pictures by the words of their prompts", async () => {
    const { world } = scene;
    const lev = await withPictures(world, 1, { first_name: "Лев" });
    await lev.send("/start");
    const home = await lev.sees("the menu", (m) => hasButton(m, "Найти стиль"));
    await go(lev, home, "Найти стиль", "the question", says("Напишите слово"));
    await lev.send("пртрет");
    await lev.sees("styles", (m) => hasButton(m, "1") && /портрет/i.test(wordsOf(m)));
    const confirm = await lev.describe("маяк на скале в тумане");
    await lev.press(confirm, "Создать ·");
    await lev.sees("the picture", (m) => isResult(m) && wordsOf(m).includes("маяк"));
    await until("its words are read", async () => rows(world, lev, "SELECT count(*) AS n FROM picture_texts WHERE user_id = $ME")[0].n === 1, 120_000);
    const day = await images(lev);
    await go(lev, day, "Найти", "the question", says("Поиск по вашим изображениям"));
    await lev.send("маяки");
    const found = await lev.sees("what was found", (m) => wordsOf(m).includes("маяк на скале") && hasButton(m, "1"));
    await go(lev, found, "1", "the picture", (m) => hasButton(m, "Название"));
  });
}, { settings });
