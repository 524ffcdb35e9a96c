// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { World, hasButton, isResult, pause, until, wordsOf } from "./world.mjs";

let world;
before(async () => { world = await World.start({ settings: { limits: { active_jobs: 2 } } }); });
after(() => world?.stop());

const balanceOf = (person) => person.world.sql(`SELECT a.balance FROM ledger_account a JOIN users u ON u.id = a.user_id WHERE a.kind = 'available' AND u.telegram_id = '${person.id}'`)[0].balance;

async function failsWith(words, name, where = world) {
  const person = await where.person({ first_name: name });
  const create = await person.openCreate();
  await person.press(create, "1");
  const card = await person.sees(words, (m) => m.message_id === create.message_id && wordsOf(m).includes(words));
  assert.equal(balanceOf(person), 25, "the coins are back");
  assert.ok(wordsOf(card).includes("Вернулось"), wordsOf(card));
  return { person, card };
}

/** An own prompt with one of the sandbox's words for trouble; the card that tells how it ended. */
async function promptEndsWith(prompt, words, name) {
  const person = await world.person({ first_name: name });
  const confirm = await person.describe(prompt);
  await person.press(confirm, "Создать ·");
  const card = await person.sees(words, (m) => wordsOf(m).includes(words));
  assert.equal(balanceOf(person), 25, "the coins are back");
  assert.ok(wordsOf(card).includes("Вернулось"), wordsOf(card));
  assert.equal((await person.fromBot()).filter(isResult).length, 0);
  return world.sql(`SELECT status, error_code FROM generation_requests WHERE chat_id = ${person.id}`)[0];
}

test("Row38: a request refused by the provider's rules returns the coins and says so", async () => {
  const row = await promptEndsWith("портрет sandbox:422", "Вернулось", "Ада");
  assert.deepEqual(row, { status: "failed", error_code: "provider.rejected" });
});

test("Row40: a picture blanked by the provider is neither shown nor charged", async () => {
  const row = await promptEndsWith("портрет sandbox:nsfw", "Вернулось", "Ася");
  assert.deepEqual(row, { status: "failed", error_code: "provider.nsfw" });
});

test("Row39: a success without a picture returns the coins", async () => {
  const row = await promptEndsWith("портрет sandbox:empty", "Вернулось", "Аня");
  assert.deepEqual(row, { status: "failed", error_code: "provider.empty" });
});

test("Row46: a locked provider account pauses the queue, burns no attempt and charges nobody", async () => {
  await world.fault("fal", { endpoint: "fal-ai/flux-lora" }, { status: 403, body: JSON.stringify({ detail: "User is locked. Reason: Exhausted balance." }) }, 1);
  const person = await world.person({ first_name: "Алла" });
  const create = await person.openCreate();
  await person.press(create, "1");
  await person.sees("the picture once the account is open again", isResult);
  const [row] = world.sql(`SELECT max_attempts - attempt AS spare FROM jobs WHERE chat_id = ${person.id}`);
  assert.equal(row.spare, 2, "the refused submit was given back");
});

test("Row44 and Row49: a result that is gone, cut off or no picture returns the coins after its tries", async () => {
  await world.fault("fal_files", {}, { status: 404 }, 50);
  const gone = await promptEndsWith("портрет на мосту", "Вернулось", "Агата");
  assert.equal(gone.status, "failed");
  for (const fault of (await world.sim("GET", "/sim/faults")).faults) await world.sim("DELETE", `/sim/faults/${fault.id}`);
});

test("a provider that never finishes runs into the deadline and the coins return", async () => {
  // A world of its own: everywhere else a short deadline would be a limit on how busy the machine may be.
  const hasty = await World.start({ settings: { timing: { job_deadline_ms: 2000 } } });
  try {
    await hasty.sim("POST", "/sim/fal/settings", { run_ms: 3_600_000 });
    await failsWith("Вернулось", "Боря", hasty);
  } finally {
    await hasty.stop();
  }
});

test("Row55/flood: after a 429 nothing of that chat but answers to buttons goes out before retry_after, and nothing is lost", async () => {
  const person = await world.person({ first_name: "Вика" });
  const create = await person.openCreate();
  await world.fault("telegram", { method: "editMessageMedia", chat: person.id }, { status: 429, retry_after: 3 }, 1);
  const since = (await world.sim("GET", "/sim/calls")).calls.length;
  await person.press(create, "1");
  await person.sees("the picture", isResult);
  const calls = (await world.sim("GET", "/sim/calls")).calls.slice(since).filter((c) => c.parameters?.chat_id == person.id || c.method === "answerCallbackQuery");
  const flooded = calls.findIndex((c) => c.status === 429);
  assert.ok(flooded >= 0, "the fault struck");
  const at = (c) => c.at ?? c.time ?? c.started_ms;
  for (const call of calls.slice(flooded + 1)) {
    if (call.method !== "answerCallbackQuery") assert.ok(at(call) - at(calls[flooded]) >= 2900, `${call.method} went out after ${at(call) - at(calls[flooded])} ms`);
  }
});

test("presses in a flooded chat are each answered at once, and only the last one's screen is drawn", async () => {
  const person = await world.person({ first_name: "Глаша" });
  const create = await person.openCreate();
  await world.fault("telegram", { method: "editMessageMedia", chat: person.id }, { status: 429, retry_after: 4 }, 1);
  await person.press(create, "Портреты");
  await until("the refusal", async () => (await world.sim("GET", "/sim/calls?method=editMessageMedia")).calls.some((c) => c.status === 429 && c.parameters?.chat_id == person.id));
  const before = (await world.sim("GET", "/sim/calls")).calls.length;
  for (const button of ["Фэнтези", "Меню"]) {
    const pressed = await person.press(create, button);
    assert.match(pressed.toast ?? "", /Telegram просит подождать \d/);
  }
  await person.sees("the menu", (m) => m.message_id === create.message_id && wordsOf(m).includes("Главное меню"));
  const edits = (await world.sim("GET", "/sim/calls")).calls.slice(before).filter((c) => c.method.startsWith("edit") && c.parameters?.chat_id == person.id);
  assert.equal(edits.length, 1, "the screens nobody waits for any more were not drawn");
});

test("Row24: a third picture at once is refused with a sentence and costs nothing", async () => {
  await world.sim("POST", "/sim/fal/settings", { run_ms: 3_000 });
  const person = await world.person({ first_name: "Глеб" });
  let create = await person.openCreate();
  await person.press(create, "1");
  for (const button of ["2", "3"]) {
    await person.send("/create");
    create = await person.sees("a fresh create card", (m) => m.message_id > create.message_id && hasButton(m, "6"));
    const pressed = await person.press(create, button);
    if (button === "3") {
      const shown = (pressed.toast ?? "") + wordsOf(pressed.message ?? {});
      assert.match(shown, /2/, "says how many are running");
    }
  }
  assert.equal(balanceOf(person), 15);
  await world.sim("POST", "/sim/fal/settings", { run_ms: 300 });
});

test("Row26: one coin short is said with both figures and starts nothing", async () => {
  const person = await world.person({ first_name: "Дима" });
  let create = await person.openCreate();
  for (let n = 1; n <= 5; ++n) {
    await person.press(create, "1");
    await person.sees("picture " + n, (m) => m.message_id === create.message_id && isResult(m));
    const last = create.message_id;
    await person.send("/create");
    create = await person.sees("a fresh create card", (m) => m.message_id > last && hasButton(m, "6"));
  }
  assert.equal(balanceOf(person), 0);
  const before = (await world.sim("GET", "/sim/fal/requests")).requests.length;
  const pressed = await person.press(create, "1");
  await pause(300);
  const text = (pressed.toast ?? "") + (await person.fromBot()).map(wordsOf).join(" ");
  assert.match(text, /Не хватает 5/);
  assert.equal((await world.sim("GET", "/sim/fal/requests")).requests.length, before);
});
