// SPDX-License-Identifier: Apache-2.0
import { World, isResult, pause, until } from "./world.mjs";

/** SplitMix32: the moments of the kills repeat with the seed. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad) >>> 0;
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97) >>> 0;
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** Each visitor makes one picture and leaves. */
async function visit(world, number) {
  const person = await world.person({ first_name: `P${number}`, language_code: number % 2 ? "ru" : "en" });
  const card = await person.openCreate();
  await person.press(card, String(1 + (number % 6)), { wait: 0 });
  person.card = card;
  return person;
}

export async function crashLoop({ kills = 50, seed = 1, visitors = Math.ceil(kills * 0.8), say = () => {} } = {}) {
  const world = await World.start({ settings: { timing: { lease_ms: 1500, shutdown_grace_ms: 1000 } } });
  try {
    await world.sim("POST", "/sim/fal/settings", { max_side: 256, concurrency: 8, queue_ms: 20, run_ms: 60 });
    const next = random(seed);
    const people = [];
    let feeding = true;
    const feeder = (async () => {
      for (let n = 0; feeding && n < visitors; ++n) {
        people.push(await visit(world, n));
      }
    })();
    for (let n = 0; n < kills; ++n) {
      await pause(40 + next() * 400);
      await world.killProduct();
      await world.startProduct({ wait: false });
    }
    await feeder.finally(() => { feeding = false; });
    say(`crash loop: ${kills} kills over ${people.length} requests; waiting for what is open`);
    return { ...(await judge(world, people)), kills };
  } finally {
    await world.stop();
  }
}

async function judge(world, people) {
  const wrong = [];
  for (const person of people) {
    await until(`the picture of ${person.id}`, async () => (await person.fromBot()).some(isResult), 60_000)
      .catch((error) => wrong.push(error.message));
  }
  for (const person of people) {
    const pictures = (await person.fromBot()).filter(isResult);
    if (pictures.length !== 1) wrong.push(`chat ${person.id}: ${pictures.length} pictures`);
  }
  const asked = (await world.sim("GET", "/sim/fal/requests")).requests;
  const rows = world.sql("SELECT status AS state, count(*) AS n FROM generation_requests GROUP BY status");
  if (rows.some((row) => row.state !== "succeeded")) wrong.push(`requests: ${JSON.stringify(rows)}`);
  const captures = world.sql("SELECT count(*) AS n, count(DISTINCT job_id) AS jobs FROM ledger_transfer WHERE kind = 'capture'")[0];
  if (captures.n !== people.length || captures.jobs !== people.length) wrong.push(`charges: ${JSON.stringify(captures)} for ${people.length} requests`);
  const open = world.sql("SELECT coalesce(sum(balance), 0) AS held FROM ledger_account WHERE kind = 'held'")[0];
  if (open.held !== 0) wrong.push(`${open.held} coins are still held`);
  return { wrong, requests: people.length, surplus: asked.length - people.length };
}
