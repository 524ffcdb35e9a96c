// SPDX-License-Identifier: Apache-2.0
// Thirty files of about 10 MB within seconds, as albums in any order, of every bad kind: each is named, other people are
// answered meanwhile, and memory stays small.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import { beside, blurred, cat, flat, lit, padded, png, portrait, view } from "./photo_kit.mjs";
import { World, buttonsOf, hasButton, pause, until, wordsOf } from "./world.mjs";

const kMegabyte = 1024 * 1024;
/** The figure is printed: about 190 MB. Of what is not given back it would be far more. */
const kMostMemory = 256;
/** Of presses in another chat meanwhile; if they waited for the photos there would be one or two. */
const kAnswers = 10;

let world;
before(async () => { world = await World.start(); });
after(() => world?.stop());

/** Name, bytes, and what the card says of it; "" = kept. */
function files() {
  const sitter = portrait();
  const face = view(sitter, { scale: 2 });
  const large = (pixels) => padded(png(pixels), 10 * kMegabyte);
  const good = [[0, 0, 512], [40, 0, 470], [0, 0, 470], [80, 0, 430], [60, 0, 400], [120, 0, 380]];
  const out = good.map(([x, y, side], i) => [`good${i}.png`, large(view(sitter, { x, y, width: side, height: side, scale: 1100 / side })), ""]);
  out.push(["mirrored.png", large(view(sitter, { scale: 2, mirrored: true })), ""]);
  const whole = large(face);
  const many = [
    ["again.png", large(view(sitter, { scale: 1000 / 512 })), "повтор"],
    ["black.png", large(lit(face, 0.05)), "темно"],
    ["white.png", large(lit(face, 0.2, 225)), "засвечено"],
    ["smear.png", large(blurred(face, 12)), /смазано|лица не видно/],
    ["cat.png", large(view(cat(), { scale: 3 })), "лица не видно"],
    ["wall.png", large(flat(1200, 1200, 128)), "лица не видно"],
    ["pair.png", large(beside(view(sitter, { x: 90, width: 270, scale: 2 }), view(sitter, { x: 90, width: 270, scale: 2, mirrored: true }))), "несколько людей"],
    ["small.png", large(view(sitter, { scale: 0.9 })), "слишком маленькое"],
    ["dot.png", large(flat(1, 1, 128)), "слишком маленькое"],
    ["far.png", large({ ...flat(3000, 3000, 90), ...beside(flat(2700, 512, 90), view(sitter, { width: 300, height: 512 })) }), /лица не видно|лицо слишком мелкое/],
    ["cut.png", whole.subarray(0, 400_000), "файл повреждён"],
    ["words.png", Buffer.alloc(10 * kMegabyte, "text "), /не картинка|формат/],
    ["paper.pdf", Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(10 * kMegabyte)]), "формат не подходит"],
    ["film.mp4", Buffer.alloc(10 * kMegabyte), "формат не подходит"],
    ["moving.gif", Buffer.concat([Buffer.from("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;", "latin1"), Buffer.alloc(9 * kMegabyte)]), /формат/],
    ["phone.heic", Buffer.concat([Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), Buffer.alloc(9 * kMegabyte)]), /формат|не картинка/],
    ["sticker.webp", Buffer.concat([Buffer.from("RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\xff\x03\0\xff\x03\0ANIM\x06\0\0\0\xff\xff\xff\xff\0\0", "latin1"), Buffer.alloc(9 * kMegabyte)]), /формат|файл повреждён|не картинка/],
    ["poster.png", padded(png(flat(8000, 6300, 90)), 10 * kMegabyte), "больше 33 Мп"],
    ["heavy.png", padded(png(face), 25 * kMegabyte), "больше 20 МБ"],
  ];
  const mime = (name) => ({ pdf: "application/pdf", mp4: "video/mp4", gif: "image/gif", heic: "image/heic", webp: "image/webp" })[name.split(".")[1]] ?? "image/png";
  return [...out, ...many].map(([name, bytes, says]) => ({ name, says, media: { document: bytes.toString("base64"), name, mime_type: mime(name) } }));
}

/** As large as the sandbox takes them in one call, ten at most. */
function albums(all) {
  const out = [[]];
  let filled = 0;
  for (const one of all) {
    const size = one.media.document.length;
    if (out.at(-1).length === 10 || filled + size > 60 * kMegabyte) {
      out.push([]);
      filled = 0;
    }
    out.at(-1).push(one);
    filled += size;
  }
  return out;
}

/** The same order at each run. */
function shuffled(album) {
  return album.map((one, i) => [(i * 7 + 3) % 11, one]).sort((a, b) => a[0] - b[0]).map(([, one]) => one);
}

/** "" for a process that has ended. */
function said(pid, file) {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** Of the product and the processes it started, in MB. */
function resident() {
  const own = fs.readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && Number(said(pid, "stat").split(") ")[1]?.split(" ")[1]) === world.product.pid);
  return [world.product.pid, ...own].reduce((sum, pid) => sum + Number(/VmRSS:\s+(\d+) kB/.exec(said(pid, "status"))?.[1] ?? 0) / 1024, 0);
}

test("photo_flood: thirty files in albums are each named, others are answered, memory stays small", { timeout: 600_000 }, async () => {
  const all = files();
  while (all.length < 30) {
    const i = all.length;
    all.push({ name: `more${i}.png`, says: /повтор|^$/, media: { ...all[i % 7].media, name: `more${i}.png` } });
  }
  const other = await world.person({ first_name: "Оля" });
  const create = await other.openCreate();
  const person = await world.person({ first_name: "Флора" });
  await person.send("/start");
  await person.sees("the welcome", (m) => hasButton(m, "Создать изображение"));

  let most = 0;
  const slow = [];
  let going = true;
  const watching = (async () => {
    while (going) {
      most = Math.max(most, resident());
      await pause(50);
    }
  })();
  const asking = (async () => {
    let to = "🏠";
    while (going) {
      const begun = Date.now();
      const [card] = (await other.fromBot()).slice(-1);
      await other.press(card, buttonsOf(card).some((b) => b.text.includes("Меню")) ? "Меню" : "Создать изображение").catch(() => {});
      slow.push(Date.now() - begun);
      await pause(200);
      to = to === "🏠" ? "🎨" : "🏠";
    }
  })();
  const begun = Date.now();
  for (const album of albums(all)) {
    await world.sim("POST", `/sim/chats/${person.id}/send`, album.length === 1 ? album[0].media : { media: shuffled(album).map((one) => one.media) });
  }
  const sent = Date.now() - begun;
  await until("all to be looked at", () => world.sql("SELECT count(*) AS n FROM training_photos WHERE state = 'new'")[0].n === 0 &&
    world.sql("SELECT count(*) AS n FROM training_photos")[0].n >= 26, 300_000);
  const took = Date.now() - begun;
  await pause(2_500);
  going = false;
  await Promise.all([watching, asking]);

  const rows = world.sql("SELECT name, state, reason, message_id FROM training_photos ORDER BY message_id");
  const last = (await person.fromBot()).filter((m) => wordsOf(m).includes("Кто на фото")).at(-1);
  const words = wordsOf(last);
  for (const one of all.slice(0, 26)) {
    const row = rows.find((r) => r.name === one.name);
    assert.ok(row, `${one.name} has a row`);
    if (one.says === "") {
      assert.equal(row.state, "kept", `${one.name}: ${row.reason}`);
      continue;
    }
    const line = words.split("\n").find((l) => l.includes(one.name));
    assert.ok(line, `${one.name} is not named (${row.state} ${row.reason}):\n${words}`);
    assert.match(line, one.says instanceof RegExp ? one.says : new RegExp(one.says), one.name);
  }
  slow.sort((a, b) => a - b);
  const p95 = slow[Math.floor(slow.length * 0.95)];
  console.log(`photo_flood: ${all.length} files sent in ${(sent / 1000).toFixed(1)} s, looked at after ${(took / 1000).toFixed(1)} s; another chat's ${slow.length} presses: median ${slow[slow.length >> 1]} ms, 95 % within ${p95} ms, slowest ${slow.at(-1)} ms; resident memory at most ${most.toFixed(0)} MB`);
  // How long they take is printed: on a machine that does other work too, and whose sandbox reads the files, it says little.
  assert.ok(slow.length >= kAnswers, `another chat was answered ${slow.length} times while the photos were looked at`);
  assert.ok(most <= kMostMemory, `${most} MB`);
  assert.ok(create);
});
