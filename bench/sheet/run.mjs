#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// How long a sheet of nine own pictures takes that nobody has seen yet: from the press to its upload at the sandbox, which holds
// the reading of nine thumbnails, the drawing in the imager process and all that any press costs.
//   AISHA_BUILD=build/release bench/sheet/run.mjs [SHEETS]
import { World, hasButton, isResult, until } from "../../tests/e2e/world.mjs";

const kPage = 9;
const sheets = Number(process.argv[2] ?? 20);

const limits = { requests_per_minute: 10_000, updates_per_minute: 100_000 };
const world = await World.start({ settings: { money: { starting_grant: 1_000_000 }, limits } });
try {
  await world.sim("POST", "/sim/fal/settings", { queue_ms: 1, run_ms: 1, max_side: 512 });
  const person = await world.person({ language_code: "en" });
  for (let n = 0; n < sheets * kPage + 1; ++n) {
    await person.send("/create");
    const card = await person.sees("the create screen", (m) => hasButton(m, "6"));
    await person.press(card, String((n % 6) + 1));
    await until("a picture", async () => (await person.fromBot()).filter(isResult).length > n);
  }
  await person.send("/images");
  let day = await person.sees("the newest page", (m) => hasButton(m, `1/${sheets + 1}`));
  const took = [];
  for (let page = 2; page <= sheets; ++page) {
    const pressed = Date.now();
    await person.press(day, "›");
    day = await person.sees(`page ${page}`, (m) => hasButton(m, `${page}/${sheets + 1}`));
    const { calls } = await world.sim("GET", `/sim/calls?method=editMessageMedia&chat=${person.id}`);
    if (calls.at(-1).files.length !== 1) throw new Error("the sheet was no upload");
    took.push(calls.at(-1).at - pressed);
  }
  took.sort((a, b) => a - b);
  const at = (share) => took[Math.min(took.length - 1, Math.floor(took.length * share))];
  console.log(`${took.length} cold sheets of ${kPage}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${took.at(-1)} ms`);
} finally {
  await world.stop();
}
