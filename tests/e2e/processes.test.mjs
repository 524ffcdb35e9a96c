// SPDX-License-Identifier: Apache-2.0
// Several processes over one PostgreSQL: each role apart, then every one of them replaced while people use the bot.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Servers } from "./servers.mjs";
import { World, isResult } from "./world.mjs";

const skip = process.env.AISHA_TEST_POSTGRES ? false : "no PostgreSQL: run by tools/run_tests";
const roles = ["bot", "jobs", "web", "bot", "jobs", "web"];
let servers;
let world;

before(async () => {
  if (skip) return;
  servers = await Servers.start("postgres");
  world = await World.start({ servers, roles, webhooks: true });
  await world.sim("POST", "/sim/fal/settings", { max_side: 512, concurrency: 8, queue_ms: 20, run_ms: 100 });
});
after(async () => {
  await world?.stop();
  await servers?.stop();
});

async function picture(person) {
  const create = await person.openCreate();
  await person.press(create, "1");
  return person.sees("the picture", isResult, 120_000);
}

test("web, bot and jobs as processes of their own make a picture together", { skip }, async () => {
  const person = await world.person();
  await picture(person);
  assert.equal((await world.sim("GET", "/sim/calls?method=getUpdates")).calls.length, 0);
  assert.equal((await world.sim("GET", "/sim/fal/requests")).requests[0].deliveries[0].status, 200);
});

test("replacing every process one after the other loses and doubles nothing", { skip }, async () => {
  const before = world.sql("SELECT id FROM generation_requests").length;
  const people = await Promise.all(Array.from({ length: 12 }, (_, n) => world.person({ first_name: `P${n}` })));
  const done = Promise.all(people.map(picture));
  for (let slot = 0; slot < roles.length; ++slot) {
    assert.deepEqual(await world.stopProduct(slot), { code: 0, signal: null });
    await world.startProduct({ slot, wait: false });
  }
  await done;
  for (const person of people) assert.equal((await person.fromBot()).filter(isResult).length, 1);
  const rows = world.sql("SELECT status, count(*) AS n FROM generation_requests GROUP BY status");
  assert.deepEqual(rows, [{ status: "ready", n: before + people.length }]);
  assert.equal((await world.sim("GET", "/sim/fal/requests")).requests.length, before + people.length, "nothing was submitted twice");
  assert.equal(world.sql("SELECT 1 FROM ledger_transfer WHERE kind = 'capture'").length, before + people.length);
  assert.equal(world.sql("SELECT 1 FROM inbox WHERE state <> 'done'").length, 0);
});
