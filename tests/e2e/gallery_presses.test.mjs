// SPDX-License-Identifier: Apache-2.0
// Two pages press whatever they see in one chat, on new cards and old ones: every button is answered, nothing is charged, and no
// card shows another picture than the one its buttons are about.
import assert from "node:assert/strict";
import { test } from "node:test";
import { onEngines } from "./on_engines.mjs";
import { buttonsOf, hasButton, isResult, until } from "./world.mjs";

const kPresses = Number(process.env.AISHA_PRESSES ?? 150);
/** What costs coins is pressed elsewhere; a language or a zone would change what is looked for. */
const kNotPressed = /^1(g|gc|gl|gw|r|v|vb|vf|vq|vl|vi|vw|vg|br|l|e|tzs|p|pt|q|qt|qp|nm|an|tzo):?/;
/** Buttons that name the picture which the card shows. */
const kAbout = /^1(?:d|nm|sh):([A-Za-z0-9_-]{22})$/;

/** A random number generator that can be begun again: mulberry32. */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

async function page(person, seed, seen) {
  const next = random(seed);
  const any = (list) => list[Math.floor(next() * list.length)];
  for (let n = 0; n < kPresses; ++n) {
    const cards = (await person.fromBot()).filter((m) => buttonsOf(m).some((b) => b.callback_data && !kNotPressed.test(b.callback_data)));
    const card = next() < 0.6 ? cards.at(-1) : any(cards);
    const button = any(buttonsOf(card).filter((b) => b.callback_data && !kNotPressed.test(b.callback_data)));
    const done = await person.press(card, { data: button.callback_data }).catch((error) => {
      // The other page was quicker: the card has no such button any more.
      assert.match(error.message, /no such button|no such message/, `${button.text} ${error.message}`);
      return null;
    });
    if (done) {
      ++seen.presses;
      assert.equal(done.answered, true, `${button.text} (${button.callback_data}) had no answer`);
    }
  }
}

onEngines((scene) => {
  test("two pages in one chat: every press is answered and every card shows its own picture", { timeout: 600_000 }, async () => {
    const { world } = scene;
    const person = await world.person();
    await person.send("/start");
    await person.sees("the welcome", (m) => hasButton(m, "Создать изображение"));
    for (let n = 0; n < 6; ++n) {
      const made = (await person.fromBot()).filter(isResult).length;
      await person.send("/create");
      const create = await person.sees("the create card", (m) => hasButton(m, "6") && !isResult(m));
      await person.press(create, String(n + 1));
      await until("another picture", async () => (await person.fromBot()).filter(isResult).length > made);
    }
    await person.send("/images");
    await person.sees("my images", (m) => hasButton(m, "Даты"));
    const coins = world.sql("SELECT sum(amount) AS n FROM ledger_transfer WHERE kind = 'capture'")[0].n;
    const seen = { presses: 0 };
    await Promise.all([page(person, 11, seen), page(person, 23, seen)]);
    assert.ok(seen.presses > kPresses, `${seen.presses} presses reached a button`);

    await until("all is told", async () => world.sql("SELECT count(*) AS n FROM outbox WHERE done_at IS NULL")[0].n === 0);
    const keys = new Map(world.sql("SELECT photo_key, file_id FROM file_ids").map((row) => [row.file_id, row.photo_key]));
    for (const message of await person.fromBot()) {
      const about = buttonsOf(message).map((b) => kAbout.exec(b.callback_data ?? "")?.[1]).find(Boolean);
      if (!about || !message.photo) continue;
      const shown = message.photo.map((size) => keys.get(size.file_id)).find(Boolean);
      if (!shown) continue;
      assert.equal(shown, `result/${about}`, `message ${message.message_id} shows another picture`);
    }
    assert.equal(world.sql("SELECT sum(amount) AS n FROM ledger_transfer WHERE kind = 'capture'")[0].n, coins, "nothing was charged");
  });
}, { settings: { money: { starting_grant: 1000 }, limits: { requests_per_minute: 1000, updates_per_minute: 100000 } } });
