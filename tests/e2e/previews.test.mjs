// SPDX-License-Identifier: Apache-2.0
// The styles' previews are made at the provider and shown by a process that runs meanwhile.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { aisha, build, root } from "./programs.mjs";
import { World, hasButton, jpegSize, until } from "./world.mjs";

let world;
const avatar = (name, trigger) => ({ lora_url: `${world.url}/fal-files/demo-${name}.safetensors`, trigger });
const folder = (name) => path.join(world.folder, name);
const preview = (...words) => aisha("templates", "preview", "--config", world.config, "--yes", ...words);
const styles = (...words) => JSON.parse(aisha("templates", "list", "--json", ...words).stdout);
const indexOf = (dir) => JSON.parse(fs.readFileSync(path.join(dir, "index.json"), "utf8")).previews;
const sha256 = (bytes) => crypto.createHash("sha256").update(bytes).digest("hex");

/** Each line of the index has its picture, of the right sides and bytes; nothing else lies there. */
function assertWhole(dir) {
  const lines = indexOf(dir);
  for (const line of lines) {
    const bytes = fs.readFileSync(path.join(dir, line.file));
    assert.equal(sha256(bytes), line.sha256, line.file);
    assert.deepEqual(jpegSize(bytes), { width: 512, height: 512 });
    assert.ok(bytes.length <= 40_000, `${line.file} has ${bytes.length} bytes`);
  }
  return lines;
}

before(async () => {
  world = await World.start({
    prepare: async (made) => {
      world = made;
      return { "preview_avatar.portrait": avatar("anna", "AISHA_ANNA woman"), "preview_avatar.style": avatar("chelsea", "AISHA_CHELSEA") };
    },
  });
  await world.sim("POST", "/sim/fal/settings", { max_side: 512, concurrency: 8, queue_ms: 20, run_ms: 50 });
});
after(() => world?.stop());

test("a folder gets a preview of every style for each kind of avatar it is for, and a second time none", () => {
  const dir = folder("previews");
  const wanted = styles().flatMap((style) => style.for.map((kind) => `${style.id} ${kind}`)).sort();
  assert.ok(wanted.length > 80);
  const made = preview("--to", dir);
  assert.equal(made.status, 0, made.stdout + made.stderr);
  assert.match(made.stdout, new RegExp(`^${wanted.length} to make, about \\$\\d+\\.\\d\\d at the provider$`, "m"));
  assert.deepEqual(assertWhole(dir).map((line) => `${line.style} ${line.kind}`).sort(), wanted);
  assert.equal(fs.readdirSync(dir).length, wanted.length + 1);
  assert.match(preview("--to", dir).stdout, /^0 to make/);
});

test("nobody is charged who does not agree", () => {
  const asked = aisha("templates", "preview", "--config", world.config, "--to", folder("nothing"));
  assert.equal(asked.status, 1);
  assert.match(asked.stdout, /Go on\? \[y\/N\] nothing was made/);
  assert.ok(!fs.existsSync(folder("nothing")));
  const unknown = preview("--style", "no-such-style");
  assert.deepEqual([unknown.status, unknown.stderr.trim()], [2, 'aisha: --style: no style "no-such-style" [config.invalid]']);
});

test("Row126: what the provider refuses or blanks is named and the others stay, and so is a kind without an avatar", () => {
  const dir = folder("catalogue");
  fs.cpSync(path.join(root, "data/models"), path.join(dir, "models"), { recursive: true });
  fs.mkdirSync(path.join(dir, "templates"));
  const style = (id, prompt) => `[[template]]\nid = "${id}"\ncategory = "all"\nname = { ru = "Имя", en = "Name" }\ndescription = { ru = "Строка", en = "Line" }\nemoji = "🐱"\nprompt = "${prompt}"\n`;
  fs.writeFileSync(path.join(dir, "templates/all.toml"), '[[category]]\nid = "all"\nname = { ru = "Все", en = "All" }\ndescription = { ru = "Все", en = "All" }\nemoji = "🎭"\norder = 1\n' +
    style("fine", "portrait at sunset") + style("black", "portrait sandbox:nsfw") + style("refused", "portrait sandbox:422"));
  const text = fs.readFileSync(world.config, "utf8").replace(/\[preview_avatar\.style\][^[]*/, "") + `\n[catalog]\ndir = "${dir}"\n`;
  const config = folder("other.toml");
  fs.writeFileSync(config, text, { mode: 0o600 });
  const made = aisha("templates", "preview", "--config", config, "--yes", "--to", folder("some"));
  assert.equal(made.status, 1, made.stdout);
  assert.match(made.stdout, /^made fine portrait$/m);
  assert.match(made.stdout, /^failed black portrait: .* \[provider\.nsfw\]$/m);
  assert.match(made.stdout, /^failed refused portrait: .* \[provider\.rejected\]$/m);
  assert.match(made.stdout, /^failed fine style: .*\[preview_avatar\.style\] \[avatar\.none\]$/m);
  assert.deepEqual(assertWhole(folder("some")).map((line) => line.style), ["fine"]);
});

test("previews of styles that the catalogue does not have stay, unless they are to go", () => {
  const dir = folder("previews");
  const words = ["templates", "preview", "--config", folder("other.toml"), "--yes", "--to", dir];
  const before = assertWhole(dir).length;
  assert.equal(aisha(...words).status, 1, "two of its three styles are refused");
  assert.equal(assertWhole(dir).length, before + 1);
  assert.match(aisha(...words, "--style", "fine", "--kind", "portrait", "--drop-unused").stdout, new RegExp(`^${before} of no style of the catalogue removed$`, "m"));
  assert.deepEqual(assertWhole(dir).map((line) => line.style), ["fine"]);
  assert.equal(fs.readdirSync(dir).length, 2);
});

test("killed in the middle it leaves nothing half, and the next run makes what lacks", async () => {
  const dir = folder("killed");
  let out = "";
  const words = ["templates", "preview", "--config", world.config, "--yes", "--to", dir, "--style", "art", "--style", "noir", "--style", "royal", "--style", "knight", "--style", "medieval"];
  const child = spawn(path.join(build, "aisha"), words, { stdio: ["ignore", "pipe", "ignore"] });
  child.stdout.on("data", (piece) => (out += piece));
  await until("the third preview", () => (out.match(/^made/gm) ?? []).length >= 3 || child.exitCode !== null);
  child.kill("SIGKILL");
  await new Promise((resolve) => (child.exitCode ?? child.signalCode) !== null ? resolve() : child.once("exit", resolve));
  const kept = assertWhole(dir).length;
  assert.ok(kept >= 3, out);
  const again = aisha(...words);
  assert.equal(again.status, 0, again.stdout);
  assert.match(again.stdout, new RegExp(`^${10 - kept} to make`, "m"));
  assert.equal(assertWhole(dir).length, 10);
});

test("an operator's preview is on the next card of a process that runs, and the list knows it", async () => {
  const person = await world.person();
  const look = async () => {
    const card = await person.openCreate();
    const now = (what, wanted) => person.sees(what, (m) => m.message_id === card.message_id && wanted(m));
    await person.press(card, "Портреты");
    await person.press(await now("the shelf", (m) => hasButton(m, "подробнее")), "подробнее");
    await person.press(await now("the shelf that looks", (m) => hasButton(m, "⚡ Создавать сразу")), "7");
    return sha256(await person.photo(await now("the style", (m) => /Чёрно-белый детектив/.test(m.caption ?? ""))));
  };
  const builtIn = await look();
  assert.equal(await look(), builtIn);
  assert.match(preview().stdout, /^0 to make/, "what is built in lacks nothing");
  const made = preview("--style", "noir", "--kind", "portrait", "--force");
  assert.equal(made.status, 0, made.stdout);
  const noir = styles("--config", world.config).find((style) => style.id === "noir");
  assert.deepEqual(noir.previews, { portrait: "own", style: "built-in" });
  await until("the watch", () => /1 of the previews in the store are shown/.test(world.productLog()));
  assert.notEqual(await look(), builtIn);
});

test("only a process that talks to people looks for previews", async () => {
  const index = path.join(folder("blobs"), "aisha-v2-templates/previews/index.json");
  assert.ok(fs.existsSync(index));
  fs.writeFileSync(index, "{");
  const log = path.join(world.folder, "aisha.log");
  const serve = async (role) => {
    await world.stopProduct();
    fs.truncateSync(log);
    world.roles = [role];
    await world.startProduct();
  };
  await serve("jobs");
  // Its first look, were there one, is at once.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  assert.doesNotMatch(world.productLog(), /index\.json is not taken/);
  await serve("all");
  await until("the broken index is named", () => /previews\/index\.json is not taken: /.test(world.productLog()));
});
