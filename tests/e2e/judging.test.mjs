// SPDX-License-Identifier: Apache-2.0
// A result is judged by its pixels before it is charged: what is no good is made once more for nothing, then the coins
// return. The sandbox's words sandbox:black, ... spoil a picture; with -twice the second one too.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { World, freePort, isResult, wordsOf } from "./world.mjs";

const defects = { black: "black", grey: "blank", swapped: "wrong_ratio", tiny: "too_small", blur: "blurred_out", cut: "truncated" };

let world, listen;
before(async () => {
  listen = `127.0.0.1:${await freePort()}`;
  world = await World.start({ settings: { server: { listen } } });
  await world.sim("POST", "/sim/fal/settings", { max_side: 512, queue_ms: 20, run_ms: 600 });
});
after(() => world?.stop());

const transfersOf = (person, kind) => Number(world.sql(`SELECT count(*) AS n FROM ledger_transfer t JOIN generation_requests g ON g.id = t.job_id WHERE t.kind = '${kind}' AND g.chat_id = ${person.id}`)[0].n);
const balanceOf = (person) => Number(world.sql(`SELECT a.balance FROM ledger_account a JOIN users u ON u.id = a.user_id WHERE a.kind = 'available' AND u.telegram_id = '${person.id}'`)[0].balance);
const jobOf = (person) => world.sql(`SELECT j.status, j.attempt, j.rerolls, j.defect, g.seed, g.error_code FROM jobs j JOIN generation_requests g ON g.id = j.id WHERE j.chat_id = ${person.id}`)[0];
const requestsOf = async (word) => (await world.sim("GET", "/sim/fal/requests")).requests.filter((request) => (request.input.prompt ?? "").endsWith(word));

async function asks(prompt, name, language = "ru") {
  const person = await world.person({ first_name: name, language_code: language });
  const confirm = await person.describe(prompt);
  await person.press(confirm, language === "ru" ? "Создать ·" : "Create ·");
  return person;
}

for (const [word, defect] of Object.entries(defects)) {
  test(`judging: a result that is ${defect} (sandbox:${word}) is made once more under the same hold and paid once`, async () => {
    const prompt = `портрет у окна sandbox:${word}`;
    const person = await asks(prompt, `Судья ${word}`);
    await person.sees("that it is made again for nothing", (m) => wordsOf(m).includes("🔁 Картинка вышла неудачной, делаю ещё раз — бесплатно."));
    await person.sees("the picture", isResult);
    const job = jobOf(person);
    assert.deepEqual([job.status, Number(job.attempt), Number(job.rerolls), job.defect], ["succeeded", 2, 1, defect]);
    assert.deepEqual([transfersOf(person, "hold"), transfersOf(person, "capture"), transfersOf(person, "release")], [1, 1, 0]);
    assert.equal(balanceOf(person), 20);
    const made = await requestsOf(prompt);
    assert.deepEqual(made.map((request) => request.flaw), [word, ""]);
    assert.notEqual(made[0].input.seed, made[1].input.seed, "another seed");
    assert.equal(Number(job.seed), made[1].input.seed, "the picture's own");
    assert.equal((await person.fromBot()).filter(isResult).length, 1);
  });

  test(`judging: twice ${defect} (sandbox:${word}-twice) returns the coins and says so`, async () => {
    const prompt = `портрет у окна sandbox:${word}-twice`;
    const person = await asks(prompt, `Дважды ${word}`);
    const card = await person.sees("that it failed", (m) => wordsOf(m).includes("Не получилось создать изображение"));
    assert.ok(wordsOf(card).includes("Вернулось 5 монет"), wordsOf(card));
    const job = jobOf(person);
    assert.deepEqual([job.status, Number(job.attempt), Number(job.rerolls), job.defect, job.error_code], ["failed", 2, 1, defect, "result.defect"]);
    assert.deepEqual([transfersOf(person, "hold"), transfersOf(person, "capture"), transfersOf(person, "release")], [1, 0, 1]);
    assert.equal(balanceOf(person), 25);
    assert.equal((await person.fromBot()).filter(isResult).length, 0);
    const stored = world.sql(`SELECT object_key FROM generation_requests WHERE chat_id = ${person.id}`);
    assert.equal(stored[0].object_key ?? "", "", "nothing of it is kept");
  });
}

test("judging: the second try is told in English too", async () => {
  const person = await asks("a portrait by the window sandbox:black", "Judge", "en");
  await person.sees("that it is made again for nothing", (m) => wordsOf(m).includes("🔁 That one came out badly, trying again for free."));
  await person.sees("the picture", isResult);
});

test("judging: a file that is cut once on its way is fetched again and costs no second attempt", async () => {
  await world.fault("fal_files", {}, { truncate: true }, 1);
  const person = await asks("портрет в саду", "Рая");
  await person.sees("the picture", isResult);
  const job = jobOf(person);
  assert.deepEqual([Number(job.attempt), Number(job.rerolls), job.defect], [1, 0, null]);
});

test("judging: how often and why is counted", async () => {
  const page = await (await fetch(`http://${listen}/metrics`)).text();
  for (const defect of Object.values(defects)) assert.match(page, new RegExp(`^aisha_rerolls_total\\{defect="${defect}"\\} [2-9]`, "m"));
});
