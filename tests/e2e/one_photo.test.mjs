// SPDX-License-Identifier: Apache-2.0
// A stranger sends one photo and presses two buttons: a picture of that face, made of that photo, and what becomes of it.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { png, portrait, view } from "./photo_kit.mjs";
import { World, hasButton, isResult, until, wordsOf } from "./world.mjs";

let world;
before(async () => {
  world = await World.start({ settings: { timing: { sweep_ms: 200 } } });
  await world.sim("POST", "/sim/fal/settings", { max_side: 512, queue_ms: 20, run_ms: 200 });
});
after(() => world?.stop());

const sendPhoto = (person, bytes) => world.sim("POST", `/sim/chats/${person.id}/send`, { photo: bytes.toString("base64") });
const store = () => path.join(world.folder, "blobs", "aisha-v2-generated");
const photosOf = (person) => world.sql(`SELECT p.* FROM training_photos p JOIN users u ON u.id = p.user_id WHERE u.telegram_id = '${person.id}'`);
const face = () => png(view(portrait(), { scale: 2 }));

for (const [language, words] of Object.entries({
  ru: { who: "Кто на фото", woman: "Женщина", ready: "Готово, можно создавать", first: "Первый портрет" },
  en: { who: "Who it is", woman: "Woman", ready: "Ready to create", first: "First portrait" },
})) {
  test(`one_photo: Start, one photo and two taps are a picture of that face (${language})`, async () => {
    const person = await world.person({ first_name: "Ада", language_code: language });
    await person.send("/start");
    await person.sees("the welcome", (m) => hasButton(m, language === "ru" ? "Создать изображение" : "Create image"));
    await sendPhoto(person, face());
    const consent = await person.sees("who it is", (m) => wordsOf(m).includes(words.who));
    await person.press(consent, words.woman);
    const ready = await person.sees("that it is ready", (m) => wordsOf(m).includes(words.ready));
    assert.equal(ready.message_id, consent.message_id, "the same message");
    await person.press(ready, words.first);
    const result = await person.sees("the picture", isResult);
    assert.equal(result.message_id, consent.message_id, "it became the picture");

    const [photo] = photosOf(person);
    assert.equal(photo.state, "kept");
    const kept = fs.readFileSync(path.join(store(), photo.object_key));
    const sha256 = crypto.createHash("sha256").update(kept).digest("hex");
    assert.equal(sha256, photo.sha256);
    const [job] = world.sql(`SELECT model, request_id FROM jobs WHERE chat_id = ${person.id}`);
    const request = (await world.sim("GET", "/sim/fal/requests")).requests.find((one) => one.id === job.request_id);
    assert.equal(request.painted_of[0].sha256, sha256, "painted of the photo that was sent");
    assert.notEqual(request.painted_of[0].face, "", "a face was seen on it");
    assert.equal(world.sql(`SELECT count(*) AS n FROM consents c JOIN users u ON u.id = c.user_id WHERE u.telegram_id = '${person.id}' AND c.language = '${language}'`)[0].n, 1);
  });
}

test("one_photo: a withdrawn consent takes photos and avatar at once, what was made stays", async () => {
  const person = await world.person({ first_name: "Лев" });
  await sendPhoto(person, face());
  const consent = await person.sees("who it is", (m) => wordsOf(m).includes("Кто на фото"));
  await person.press(consent, "Мужчина");
  await person.sees("that it is ready", (m) => wordsOf(m).includes("Готово, можно создавать"));
  const [photo] = photosOf(person);
  const file = path.join(store(), photo.object_key);
  assert.ok(fs.existsSync(file));
  await person.send("/start");
  const home = await person.sees("the menu", (m) => hasButton(m, "Аватары"));
  await person.press(home, "Аватары");
  const list = await person.sees("the avatars", (m) => hasButton(m, "Создать аватар"));
  await person.press(list, "Мой аватар");
  const card = await person.sees("the avatar", (m) => hasButton(m, "Удалить"));
  await person.press(card, "Удалить");
  const question = await person.sees("the question", (m) => hasButton(m, "Отозвать согласие"));
  await person.press(question, "Отозвать согласие");
  await person.sees("that it is gone", (m) => wordsOf(m).includes("удалён навсегда"));
  await until("the photo to go", () => !fs.existsSync(file) && photosOf(person).length === 0, 5_000);
  const left = world.sql(`SELECT withdrawn_at FROM consents c JOIN users u ON u.id = c.user_id WHERE u.telegram_id = '${person.id}'`);
  assert.ok(left[0].withdrawn_at, "that it was withdrawn is remembered");
});
