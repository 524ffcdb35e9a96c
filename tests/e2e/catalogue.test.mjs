// SPDX-License-Identifier: Apache-2.0
// The catalogue is a folder: what is written there is on the next card of each process, and what is broken there is not.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { aisha, root } from "./programs.mjs";
import { World, freePort, hasButton, until, wordsOf } from "./world.mjs";

/** Two processes over one folder, each with a listener of its own. */
let worlds = [];
let folder;
let file;

before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "aisha-catalogue-"));
  fs.cpSync(path.join(root, "data/templates"), path.join(folder, "templates"), { recursive: true });
  fs.cpSync(path.join(root, "data/models"), path.join(folder, "models"), { recursive: true });
  file = path.join(folder, "templates/portrait.toml");
  for (let n = 0; n < 2; ++n) {
    const listen = `127.0.0.1:${await freePort()}`;
    const world = await World.start({ settings: { catalog: { dir: folder }, server: { listen } } });
    world.listen = listen;
    worlds.push(world);
  }
});
after(async () => {
  for (const world of worlds) await world.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const kSoon = 5_000;
const edit = (from, to) => fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(from, to));
const catalogueState = async (world) => (await (await fetch(`http://${world.listen}/readyz`)).json()).dependencies.find((one) => one.name === "catalogue");

async function categoryCard(person) {
  await person.send("/create");
  const create = await person.sees("the create screen", (m) => hasButton(m, "Portraits"));
  await person.press(create, "Portraits");
  return person.sees("the shelf", (m) => m.message_id === create.message_id && !hasButton(m, "Portraits"));
}

test("a changed name is on the next card of both processes within five seconds, a broken file is named and changes nothing", async () => {
  const people = await Promise.all(worlds.map((world) => world.person({ language_code: "en" })));
  const everywhere = (what, ask, limit) => Promise.all(people.map((person, n) => until(what, () => ask(person, worlds[n]), limit)));
  for (const person of people) assert.match(wordsOf(await categoryCard(person)), /Business/);
  for (const world of worlds) assert.equal((await catalogueState(world)).ok, true);

  edit('en = "Business"', 'en = "Boardroom"');
  const cards = await everywhere("the new name", async (person) => {
    const shown = await categoryCard(person);
    return /Boardroom/.test(wordsOf(shown)) && shown;
  }, kSoon);
  for (const card of cards) assert.doesNotMatch(wordsOf(card), /Business/);

  edit('id = "business"', 'id = "Not a slug!"');
  const states = await everywhere("the broken state", async (_, world) => {
    const state = await catalogueState(world);
    return !state.ok && state;
  }, kSoon);
  for (const [n, world] of worlds.entries()) {
    assert.match(states[n].detail, /portrait\.toml:\d+: /);
    assert.match(world.productLog(), /the catalogue before stays in force: .*portrait\.toml:\d+: /);
    assert.match(wordsOf(await categoryCard(people[n])), /Boardroom/);
  }

  edit('id = "Not a slug!"', 'id = "business"');
  edit('en = "Boardroom"', 'en = "Meeting"');
  await everywhere("the mended name", async (person) => /Meeting/.test(wordsOf(await categoryCard(person))), kSoon);
  await everywhere("the state of a whole catalogue", async (_, world) => (await catalogueState(world)).ok, kSoon);
});

test("the list of styles knows shelves, kinds and seasons", () => {
  const list = (...words) => JSON.parse(aisha("templates", "list", "--json", ...words).stdout);
  const ids = (styles) => styles.map((style) => style.id);
  const park = list().find((style) => style.id === "autumn-park");
  assert.deepEqual([park.shelf, park.season], ["lifestyle", { from: "09-01", until: "11-30" }]);
  assert.ok(ids(list("--day", "09-01")).includes("autumn-park"));
  assert.ok(!ids(list("--day", "12-01")).includes("autumn-park"));
  assert.ok(ids(list("--kind", "portrait")).includes("photoshoot"));
  assert.ok(!ids(list("--kind", "style")).includes("photoshoot"));
  const jan = (day) => ids(list("--day", day));
  assert.ok(jan("01-14").includes("new-year") && !jan("01-15").includes("new-year"));
  assert.equal(list().length, 43);
  assert.deepEqual(list().find((style) => style.id === "storybook").previews, { style: "built-in" });
  const lines = aisha("templates", "list").stdout;
  assert.match(lines, /autumn-park +Осенний парк \/ Autumn park · .*09-01\.\.11-30/);
  const wrong = aisha("templates", "list", "--day", "02-30");
  assert.deepEqual([wrong.status, wrong.stderr.trim()], [2, 'aisha: --day: "02-30" is no date like "12-31" [config.invalid]']);
});
