// SPDX-License-Identifier: Apache-2.0
// What deploy/ draws and judges is what the product really says.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { root } from "./programs.mjs";
import { World, isResult, until } from "./world.mjs";

const read = (name) => fs.readFileSync(path.join(root, name), "utf8");
const family = (name) => name.replace(/_(bucket|sum|count)$/, "");
let world;
before(async () => {
  world = await World.start({ webhooks: true });
});
after(() => world?.stop());

test("every figure of the dashboard and the alerts is one of the product's", async () => {
  const person = await world.person();
  await person.press(await person.openCreate(), "1");
  await person.sees("the picture", isResult);
  const metrics = async () => (await fetch(`http://127.0.0.1:${world.listenPort}/metrics`)).text();
  const told = await until("the picture in the figures", async () => {
    const text = await metrics();
    return /^aisha_pictures_stored_total 1$/m.test(text) && /^aisha_jobs_open/m.test(text) && text;
  });
  const said = new Set([...told.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
  assert.ok(said.size > 20, `${said.size} figures`);
  // What only counts trouble begins with the first trouble; its name stands in the source as it is.
  const source = execFileSync("git", ["grep", "-hoE", '"aisha_[a-z_]+"', "--", "src/*.cpp"], { cwd: root, encoding: "utf8" });
  const drawn = JSON.stringify(JSON.parse(read("deploy/grafana/aisha.json")).panels.flatMap((panel) => (panel.targets ?? []).map(({ expr }) => expr)));
  const judged = read("deploy/prometheus/alerts.yml");
  for (const [name] of (drawn + judged).matchAll(/\b(?:aisha|process)_[a-z0-9_]+/g)) {
    assert.ok(said.has(family(name)) || said.has(name) || source.includes(`"${name}"`), name);
  }
});
