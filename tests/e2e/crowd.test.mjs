// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { World, isResult } from "./world.mjs";

const people = Number(process.env.AISHA_CROWD ?? 200);
let world;
before(async () => {
  world = await World.start();
  await world.sim("POST", "/sim/fal/settings", { max_side: 512, concurrency: 8, queue_ms: 20, run_ms: 100 });
});
after(() => world?.stop());

test(`${people} people tapping within one second each get an answer to the button and a picture`, async () => {
  const crowd = [];
  for (let n = 0; n < people; ++n) {
    const person = await world.person({ first_name: `P${n}` });
    crowd.push({ person, card: await person.openCreate() });
  }
  const started = Date.now();
  const answers = await Promise.all(crowd.map(async ({ person, card }, n) => {
    await new Promise((resolve) => setTimeout(resolve, (n * 1000) / people));
    return person.press(card, String(1 + (n % 6)), { wait: 30_000 });
  }));
  assert.ok(answers.every((answer) => answer.answered), "every button was answered");
  const waits = answers.map((answer) => answer.ms).sort((a, b) => a - b);
  for (const { person } of crowd) await person.sees("the picture", isResult, 120_000);
  const at = (share) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))];
  console.log(`crowd: ${people} people, answer p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, all pictures after ${((Date.now() - started) / 1000).toFixed(1)} s`);
  const [sums] = world.sql("SELECT (SELECT count(*) FROM generation_requests WHERE status = 'ready') AS pictures, (SELECT count(*) FROM ledger_transfer WHERE kind = 'capture') AS charges");
  assert.deepEqual(sums, { pictures: people, charges: people });
});
