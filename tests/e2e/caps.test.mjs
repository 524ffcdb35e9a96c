// SPDX-License-Identifier: Apache-2.0
// What may be spent at fal in a day, and our books beside its bill.
import assert from "node:assert/strict";
import { test } from "node:test";
import { onEngines } from "./on_engines.mjs";
import { aisha } from "./programs.mjs";
import { hasButton, isResult, until, wordsOf } from "./world.mjs";

const kCap = 1;
const kPersonCap = 0.5;
const kPicture = 0.105; // three megapixels of fal-ai/flux-lora
const kFits = Math.floor(kCap / kPicture);
const kAdmin = { authorization: "Key test:secret" };
const isSpent = (message) => /На сегодня всё|That is all for today/.test(wordsOf(message));

onEngines((scene) => {
  const ofPerson = (person, from) => Number(scene.world.sql(`${from} JOIN users u ON u.id = t.user_id WHERE u.telegram_id = '${person.id}'`)[0].n);
  const coins = (person) => ofPerson(person, "SELECT sum(CASE WHEN t.kind = 'available' THEN t.balance ELSE 0 END) AS n FROM ledger_account t");
  const pictures = (person) => ofPerson(person, "SELECT sum(CASE WHEN t.status = 'ready' THEN 1 ELSE 0 END) AS n FROM generation_requests t");
  const open = () => Number(scene.world.sql("SELECT count(*) AS n FROM generation_requests WHERE status = 'open'")[0].n);

  async function bill() {
    const answer = await fetch(`${scene.world.url}/fal/v1/models/billing-events?limit=1000&start=2020-01-01`, { headers: kAdmin });
    assert.equal(answer.status, 200);
    return (await answer.json()).billing_events;
  }
  const spent = async () => (await bill()).reduce((sum, one) => sum + one.cost_estimate_nano_usd / 1e9, 0);

  function reconcile(...words) {
    const run = aisha("reconcile", "fal", "--json", "--config", scene.world.config, ...words);
    return { status: run.status, stderr: run.stderr, books: run.stdout ? JSON.parse(run.stdout) : undefined };
  }

  /** Asks for a style, on a card of its own each time. */
  async function order(person, times) {
    let last = 0;
    for (let n = 0; n < times; ++n) {
      await person.send("/create");
      const card = await person.sees("a create card", (m) => m.message_id > last && hasButton(m, "1") && hasButton(m, "6"));
      last = card.message_id;
      await person.press(card, "1");
    }
  }

  test("Row148 caps: a day's spend does not pass the cap, nor a person's theirs, and coins go for pictures alone", async () => {
    const people = await Promise.all(Array.from({ length: 4 }, (_, n) => scene.world.person({ first_name: `C${n}`, language_code: n % 2 ? "ru" : "en" })));
    await Promise.all(people.map((person) => order(person, 6)));
    await until("every order's end", async () => open() === 0, 60_000);
    const cost = await spent();
    const made = people.reduce((sum, person) => sum + pictures(person), 0);
    assert.ok(cost <= kCap + 1e-9, `${cost} USD billed with a cap of ${kCap}`);
    assert.equal(Math.round(cost / kPicture), made, "what was billed is what people have");
    assert.equal(made, kFits, "and the cap was used up");
    for (const person of people) {
      assert.ok(pictures(person) * kPicture <= kPersonCap + 1e-9, "a person's own cap");
      assert.equal(coins(person), 1000 - 5 * pictures(person), "coins went for pictures alone");
    }
    const told = (await Promise.all(people.map((person) => person.fromBot()))).flat().filter(isSpent);
    assert.ok(told.length > 0, "somebody is told that it is all for today");
    for (const message of told) assert.match(wordsOf(message), /(Откроется через|opens in) \d+ (час|hour|минут|minute)/);
  });

  test("caps: whoever comes when the day is spent is told so, and nothing is taken", async () => {
    const person = await scene.world.person({ language_code: "en" });
    await person.press(await person.openCreate(), "1");
    const told = await person.sees("that it is all for today", isSpent);
    assert.match(wordsOf(told), /No coins were taken|5 coins returned/);
    assert.equal(coins(person), 1000);
    assert.equal((await person.fromBot()).filter(isResult).length, 0);
  });

  test("reconcile fal: equal books are exit 0; a request that is none of ours is exit 1 and named", async () => {
    // A database in a file belongs to the bot while it runs.
    if (!scene.world.database) await scene.world.stopProduct();
    const equal = reconcile();
    assert.equal(equal.status, 0, equal.stderr);
    assert.deepEqual(equal.books.unknown, []);
    assert.equal(equal.books.requests, kFits);
    assert.ok(Math.abs(equal.books.usd - (await spent())) < 1e-6);
    assert.deepEqual(Object.keys(equal.books.models), ["fal-ai/flux-lora"]);
    const billed = scene.world.sql("SELECT count(*) AS n FROM provider_attempt WHERE cost_source = 'billing'");
    assert.equal(Number(billed[0].n), kFits);

    const body = JSON.stringify({ prompt: "a lighthouse", image_size: { width: 512, height: 512 } });
    const foreign = await fetch(`${scene.world.url}/fal/fal-ai/flux-lora`, { method: "POST", headers: { ...kAdmin, "content-type": "application/json" }, body });
    assert.equal(foreign.status, 200);
    const { request_id: id } = await foreign.json();
    await until("the foreign request is billed", async () => (await bill()).some((one) => one.request_id === id));
    const unequal = reconcile();
    assert.equal(unequal.status, 1, unequal.stderr);
    assert.deepEqual(unequal.books.unknown.map((one) => one.request_id), [id]);

    for (const words of [["--since", "tomorrow"], ["--since", "2026-01-01", "--until", "2026-09-01"]]) {
      const refused = reconcile(...words);
      assert.notEqual(refused.status, 0);
      assert.match(refused.stderr, /\[option\.out_of_range\]/);
    }
  });
}, { settings: { limits: { usd_per_day: kCap, usd_per_person_day: kPersonCap, active_jobs: 20 }, money: { starting_grant: 1000 }, fal: { admin_key: "test:secret" } } });
