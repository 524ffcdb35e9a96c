// SPDX-License-Identifier: Apache-2.0
// The catalogue is a folder: what is written there is on the next card of each process, and what is broken there is not.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { aisha, root } from "./programs.mjs";
import { World, freePort, hasButton, until, wordsOf } from "./world.mjs";

let world;
let file;
let listen;

before(async () => {
  world = await World.start({
    prepare: async (made) => {
      const folder = path.join(made.folder, "catalogue");
      fs.cpSync(path.join(root, "data/templates"), path.join(folder, "templates"), { recursive: true });
      fs.cpSync(path.join(root, "data/models"), path.join(folder, "models"), { recursive: true });
      file = path.join(folder, "templates/portrait.toml");
      listen = `127.0.0.1:${await freePort()}`;
      return { catalog: { dir: folder }, server: { listen } };
    },
  });
});
after(() => world?.stop());

const edit = (from, to) => fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(from, to));
const catalogueState = async () => (await (await fetch(`http://${listen}/readyz`)).json()).dependencies.find((one) => one.name === "catalogue");

async function categoryCard(person) {
  await person.send("/create");
  const create = await person.sees("the create screen", (m) => hasButton(m, "Portraits"));
  await person.press(create, "Portraits");
  return person.sees("the shelf", (m) => m.message_id === create.message_id && !hasButton(m, "Portraits"));
}

test("a changed name is on the next card without a restart, a broken file is named and changes nothing", async () => {
  const person = await world.person({ language_code: "en" });
  assert.match(wordsOf(await categoryCard(person)), /Business/);
  assert.equal((await catalogueState()).ok, true);

  edit('en = "Business"', 'en = "Boardroom"');
  const card = await until("the new name", async () => {
    const shown = await categoryCard(person);
    return /Boardroom/.test(wordsOf(shown)) && shown;
  });
  assert.doesNotMatch(wordsOf(card), /Business/);

  edit('id = "business"', 'id = "Not a slug!"');
  const broken = await until("the broken state", async () => {
    const state = await catalogueState();
    return !state.ok && state;
  });
  assert.match(broken.detail, /portrait\.toml:\d+: /);
  assert.match(world.productLog(), /the catalogue before stays in force: .*portrait\.toml:\d+: /);
  assert.match(wordsOf(await categoryCard(person)), /Boardroom/);

  edit('id = "Not a slug!"', 'id = "business"');
  edit('en = "Boardroom"', 'en = "Meeting"');
  await until("the mended name", async () => /Meeting/.test(wordsOf(await categoryCard(person))));
  await until("the state of a whole catalogue", async () => (await catalogueState()).ok);
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
  const lines = aisha("templates", "list").stdout;
  assert.match(lines, /autumn-park +Осенний парк \/ Autumn park · .*09-01\.\.11-30/);
  const wrong = aisha("templates", "list", "--day", "02-30");
  assert.deepEqual([wrong.status, wrong.stderr.trim()], [2, 'aisha: --day: "02-30" is no date like "12-31" [config.invalid]']);
});
