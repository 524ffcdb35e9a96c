// SPDX-License-Identifier: Apache-2.0
// The way to the first picture as people read it, in both languages, against golden files.
// AISHA_GOLDEN=write renews them; look at the difference before committing it.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { root } from "./programs.mjs";
import { World, hasButton, isResult, until } from "./world.mjs";

const folder = path.join(root, "tests/e2e/golden");
let world;
before(async () => { world = await World.start(); });
after(() => world?.stop());

/** What differs from run to run: seconds, times of day. */
const steady = (text) => text
  .replace(/\d+([.,]\d+)? (с|s)(?= ·)/g, "N $2")
  .replace(/\d\d:\d\d(:\d\d)?/g, "HH:MM")
  .replace(/\d{4}-\d\d-\d\d/g, "YYYY-MM-DD")
  .replace(/_[0-9a-f]{4}\.jpg/g, "_xxxx.jpg");

const words = {
  ru: { create: "Создать изображение", category: "Портреты", download: "Скачать", remove: "Удалить", restore: "Вернуть", settings: "/settings" },
  en: { create: "Create image", category: "Portraits", download: "Download", remove: "Delete", restore: "Restore", settings: "/settings" },
};

for (const language of ["ru", "en"]) {
  test(`the chat reads well in ${language}`, async () => {
    const w = words[language];
    const person = await world.person({ first_name: language === "ru" ? "Анна" : "Anna", language_code: language });
    await person.send("/start");
    const welcome = await person.sees("the welcome card", (m) => hasButton(m, w.create));
    const shown = [await world.sim("GET", `/sim/transcript/${person.id}`)];
    const snap = async () => shown.push(await world.sim("GET", `/sim/transcript/${person.id}`));
    await person.press(welcome, w.create);
    const create = await person.sees("the create card", (m) => hasButton(m, "6"));
    await snap();
    await person.press(create, w.category);
    const category = await person.sees("the category", (m) => !hasButton(m, w.category) && hasButton(m, "1"));
    await snap();
    await person.press(category, "1");
    const result = await person.sees("the picture", isResult);
    await snap();
    await person.press(result, w.remove);
    await person.sees("the undo", (m) => hasButton(m, w.restore));
    await person.send("/settings");
    const settings = await person.sees("the settings", (m) => m.message_id > result.message_id && hasButton(m, "3:4"));
    await person.send("/help");
    await person.sees("the help", (m) => m.message_id > settings.message_id && m.photo);
    await until("the settings to make room", async () => !(await person.messages()).some((m) => m.message_id === settings.message_id));
    await snap();
    const text = steady(shown.join("\n---\n")) + "\n";
    const file = path.join(folder, `first_picture.${language}.txt`);
    if (process.env.AISHA_GOLDEN === "write") {
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(file, text);
    }
    assert.equal(text, fs.readFileSync(file, "utf8"));
  });
}
