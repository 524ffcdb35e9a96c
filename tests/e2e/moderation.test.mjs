// SPDX-License-Identifier: Apache-2.0
// Words against the rules: a reason, no coins; an appeal that the operator allows by a command, and one that they refuse.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { onEngines } from "./on_engines.mjs";
import { aisha } from "./programs.mjs";
import { World, hasButton, isResult, until, wordsOf } from "./world.mjs";

const kBlocked = "плакат о теракте, тушь";
const kOther = "террорист с гитарой";

/** The words written where they are asked for; the card that refuses them. */
async function refused(person, words, reason) {
  const create = await person.openCreate();
  await person.press(create, "📝");
  await person.sees("the request for words", (m) => m.message_id === create.message_id && hasButton(m, "Идея"));
  await person.send(words);
  return person.sees("the refusal", (m) => m.message_id > create.message_id && wordsOf(m).includes(`Такое описание я не могу использовать: ${reason}`));
}

const coins = (world) => world.sql("SELECT sum(balance) AS b FROM ledger_account WHERE kind = 'available'")[0].b;
const asked = (world) => world.sql("SELECT count(*) AS n FROM generation_requests")[0].n;

onEngines((scene) => {
  let person;

  /** `aisha appeals`: where the database is a file the bot stands still for it. */
  async function appeals(...words) {
    const { world } = scene;
    const writes = words[0] !== "list" && !world.database;
    if (writes) await world.stopProduct();
    const done = aisha("appeals", ...words, "--config", world.config);
    if (writes) await world.startProduct();
    return done;
  }

  const idOf = (listing, words) => listing.split("\n").find((line, n, all) => all[n + 1]?.trim() === words).split(" ")[0];

  test("a prompt against the rules is refused with its reason and takes no coins", async () => {
    const { world } = scene;
    person = await world.person();
    const card = await refused(person, kBlocked, "экстремизм");
    assert.match(wordsOf(card), /Монеты не списаны/);
    assert.doesNotMatch(wordsOf(card), /теракт/);
    assert.ok(hasButton(card, "Изменить") && hasButton(card, "Это ошибка"));
    assert.equal(asked(world), 0);
    assert.equal(Number(coins(world)), 25);
    assert.equal(world.sql("SELECT count(*) AS n FROM ledger_transfer WHERE kind = 'hold'")[0].n, 0);
    assert.equal((await world.sim("GET", "/sim/fal/requests")).requests?.length ?? 0, 0);
    assert.doesNotMatch(fs.readFileSync(path.join(world.folder, "aisha.log"), "utf8"), /теракт/);
  });

  test("an appeal that is allowed by a command: the same text is made, for everybody", async () => {
    const { world } = scene;
    const card = await refused(person, kBlocked, "экстремизм");
    await person.press(card, "Это ошибка");
    await until("the appeal", () => world.sql("SELECT count(*) AS n FROM moderation_appeals")[0].n === 1);
    const listing = await appeals("list");
    assert.equal(listing.status, 0, listing.stderr);
    assert.match(listing.stdout, /extremism\n {4}плакат о теракте, тушь\n1 open/);
    const id = idOf(listing.stdout, kBlocked);
    assert.notEqual((await appeals("allow", "0199d0a2-7c4f-7d10-8a55-2f6f0c6a1b2e")).status, 0);
    const allowed = await appeals("allow", id);
    assert.equal(allowed.status, 0, allowed.stderr);
    assert.match((await appeals("reject", id)).stderr, /it is allowed already/);
    const answer = await person.sees("the answer", (m) => wordsOf(m).includes("Оператор разрешил") && wordsOf(m).includes(kBlocked));
    await person.press(answer, "Создать по нему");
    const confirm = await person.sees("the question", (m) => wordsOf(m).includes(kBlocked) && hasButton(m, "Создать ·"));
    await person.press(confirm, "Создать ·");
    await person.sees("the picture", (m) => isResult(m) && wordsOf(m).includes(kBlocked));
    assert.equal(Number(coins(world)), 20);
    const other = await world.person();
    await other.describe(kBlocked);
  });

  test("one that is rejected: the person is told, the refusal stands", async () => {
    const { world } = scene;
    const card = await refused(person, kOther, "экстремизм");
    await person.press(card, "Это ошибка");
    await until("the appeal", () => world.sql("SELECT count(*) AS n FROM moderation_appeals WHERE state = 'open'")[0].n === 1);
    const id = idOf((await appeals("list")).stdout, kOther);
    const rejected = await appeals("reject", id);
    assert.equal(rejected.status, 0, rejected.stderr);
    await person.sees("the answer", (m) => wordsOf(m).includes("Оператор оставил запрет") && wordsOf(m).includes(kOther));
    const before = asked(world);
    await refused(person, kOther, "экстремизм");
    assert.equal(asked(world), before);
  });

  test("an idea and a recent description become pictures", async () => {
    const create = await person.openCreate();
    await person.press(create, "📝");
    const ask = await person.sees("the request for words", (m) => m.message_id === create.message_id && hasButton(m, "Последние"));
    await person.press(ask, "Последние");
    const list = await person.sees("the list", (m) => wordsOf(m).includes(`1. ${kBlocked}`));
    await person.press(list, "Идея");
    const idea = await person.sees("an idea", (m) => m.message_id === list.message_id && hasButton(m, "Другая идея"));
    await person.press(idea, "Создать ·");
    await person.sees("the picture", (m) => m.message_id === idea.message_id && isResult(m));
  });

  test("the database holds together", async () => {
    const { world } = scene;
    if (!world.database) await world.stopProduct();
    const checked = aisha("check", "--config", world.config);
    assert.equal(checked.status, 0, checked.stdout + checked.stderr);
    if (!world.database) await world.startProduct();
  });
});

test("rules of an operator's folder: a broken one stops the start, while it runs the ones before stay", async () => {
  const rule = (word) => `[[rule]]\nid = "own"\ncategory = "people"\nwords = ["${word}"]\n`;
  const world = await World.start({
    prepare: (made) => {
      made.rules = path.join(made.folder, "rules");
      fs.mkdirSync(made.rules);
      fs.writeFileSync(path.join(made.rules, "own.toml"), rule("тыква"));
      return { prompts: { moderation_dir: made.rules } };
    },
  });
  try {
    const file = path.join(world.rules, "own.toml");
    const person = await world.person();
    await refused(person, "жёлтая тыква", "реальные люди");
    await person.describe("плакат о теракте");
    fs.writeFileSync(file, rule("арбуз"));
    await until("the changed rules", () => /1 rules of moderation are in force[\s\S]*1 rules of moderation are in force/.test(world.productLog()), 6_000);
    await person.describe("жёлтая тыква");
    fs.writeFileSync(file, rule("!?"));
    await until("the complaint", () => /stays in force: .*own\.toml:4: /.test(world.productLog()), 6_000);
    await refused(person, "полосатый арбуз", "реальные люди");
    await world.stopProduct();
    const started = aisha("serve", "--config", world.config);
    assert.equal(started.status, 2);
    assert.match(started.stderr, /own\.toml:4: rule\.words: .*\[catalog\.invalid\]/);
  } finally {
    await world.stop();
  }
});
