// SPDX-License-Identifier: Apache-2.0
// The product on a Redis: what lies there, and that nobody notices when it is gone.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { World, hasButton, isResult, until, wordsOf } from "./world.mjs";

const url = process.env.AISHA_TEST_REDIS;
const skip = url ? false : "AISHA_TEST_REDIS is not set: nothing is tried on a real Redis";
const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";
// src/cache/keys.hpp, with the most seconds each may live.
const registry = [
  [`generation:stats:${uuid}`, 3600],
  [`generation:history:${uuid}`, 3600],
  [`generation:favorites:${uuid}`, 86400],
  ["generation:popular:30d", 1800],
  [`generation:progress:${uuid}`, 300],
  [`limit:requests:${uuid}`, 60],
  ["limit:updates:[0-9]+", 60],
];

async function during(settings, act) {
  const world = await World.start({ settings });
  try {
    await act(world);
  } finally {
    await world.stop();
  }
}

async function firstPicture(world, name) {
  const person = await world.person({ first_name: name });
  const create = await person.openCreate();
  await person.press(create, "1");
  await person.sees("the picture", isResult);
  await person.send("/start");
  await person.sees("the menu", (m) => wordsOf(m).includes("Главное меню"));
  return person;
}

test("Redis holds the registry's keys and no others, none longer than stated", { skip }, async () => {
  const prefix = `e2e:${process.pid}:`;
  const redis = (...words) => execFileSync("redis-cli", ["-u", url, ...words], { encoding: "utf8" }).trim();
  const keys = () => redis("--scan", "--pattern", `${prefix}*`).split("\n").filter(Boolean);
  await during({ cache: { url, prefix } }, async (world) => {
    await world.sim("POST", "/sim/fal/settings", { run_ms: 1_500 });
    const seen = new Map();
    const look = () => keys().forEach((key) => seen.set(key.slice(prefix.length), Number(redis("PTTL", key)) / 1000));
    const picture = firstPicture(world, "Рита");
    await until("the progress of a running picture", async () => { look(); return [...seen.keys()].some((key) => key.includes(":progress:")); });
    const person = await picture;
    await person.send("/images");
    await person.sees("my images", (m) => hasButton(m, "Даты"));
    await until("the first page in short memory", async () => { look(); return [...seen.keys()].some((key) => key.includes(":history:")); });
    for (const [pattern, most] of registry) {
      const matching = [...seen].filter(([key]) => new RegExp(`^${pattern}$`).test(key));
      assert.ok(matching.length > 0, `${pattern} among ${[...seen.keys()].join(", ")}`);
      for (const [key, seconds] of matching) {
        assert.notEqual(seconds, -0.001, `${key} ends some time`);
        assert.ok(seconds <= most, `${key} lives ${seconds} s`);
        seen.delete(key);
      }
    }
    assert.deepEqual([...seen.keys()], [], "every key is in the registry");
  });
  for (const key of keys()) redis("DEL", key);
});

test("without its Redis the bot answers as ever and says so once in its log", () =>
  during({ cache: { url: "redis://:hunter2@127.0.0.1:1" } }, async (world) => {
    await firstPicture(world, "Соня");
    const log = world.productLog();
    assert.equal(log.split("is away").length - 1, 1, log);
    assert.ok(!log.includes("hunter2"));
  }));

test("Row25: who writes faster than a person can is told to wait, and nobody else", () =>
  during({ limits: { updates_per_minute: 10 } }, async (world) => {
    const fast = await world.person({ first_name: "Тая" });
    await fast.openCreate();
    for (let i = 0; i < 15; ++i) await fast.send("/help");
    const told = await fast.sees("the time to wait", (m) => /Слишком быстро\. Подождите \d+ секунд/.test(wordsOf(m)));
    const other = await world.person({ first_name: "Уля" });
    await other.openCreate();
    const words = (await fast.fromBot()).filter((m) => wordsOf(m) === wordsOf(told));
    assert.equal(words.length, 1, "told once");
  }));
