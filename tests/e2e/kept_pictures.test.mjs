// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { aisha, root } from "./programs.mjs";
import { World, isResult, jpegSize, until } from "./world.mjs";

/** fal as it is, but its pictures are the one that `shown` says. */
let shown;
let target;
const between = http.createServer((request, response) => {
  if (request.method === "GET" && request.url.startsWith("/fal-files/")) {
    response.writeHead(200, { "content-type": "image/jpeg", "content-length": shown.length }).end(shown);
    return;
  }
  const onward = http.request({ host: "127.0.0.1", port: target, path: request.url, method: request.method, headers: request.headers },
    (answer) => { response.writeHead(answer.statusCode, answer.headers); answer.pipe(response); });
  onward.on("error", () => response.destroy());
  request.pipe(onward);
});

/** A catalogue whose model makes pictures as small as these, of that ratio: they are what was asked for. */
function makes(ratio) {
  const row = fs.readFileSync(path.join(root, "data/models/flux-lora.toml"), "utf8");
  const small = row.replaceAll(/long_side = \d+/g, "megapixels = 0.018").replace("multiple = 16", "multiple = 1");
  fs.writeFileSync(path.join(folder, "models/flux-lora.toml"), small.replace(/ratios = .*/, `ratios = ["${ratio}"]`));
}

let folder;
let world;
before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "aisha-kept-"));
  for (const kind of ["templates", "models"]) fs.cpSync(path.join(root, "data", kind), path.join(folder, kind), { recursive: true });
  makes("3:4");
  await new Promise((listening) => between.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${between.address().port}`;
  world = await World.start({ product: false, settings: { catalog: { dir: folder }, fal: { queue_url: `${origin}/fal`, rest_url: `${origin}/fal`, file_origins: [origin] } } });
  target = world.port;
  // A smooth picture is a blurred portrait, and a style avatar's may be smooth.
  fs.writeFileSync(world.config, fs.readFileSync(world.config, "utf8").replace('kind = "portrait"', 'kind = "style"'));
  await world.startProduct();
});
after(async () => {
  await world?.stop();
  between.closeAllConnections();
  between.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** What a file holds beside its pixels, as exiftool would list it: segments of a JPEG, chunks of a PNG, a tail. */
function besidePixels(bytes) {
  const found = [];
  if (bytes[0] === 0x89) {
    let at = 8;
    while (at + 12 <= bytes.length) {
      const type = bytes.toString("latin1", at + 4, at + 8);
      if (!["IHDR", "IDAT", "IEND"].includes(type)) found.push(type);
      at += 12 + bytes.readUInt32BE(at);
    }
    return at === bytes.length ? found : [...found, "tail"];
  }
  let at = 2;
  while (bytes[at + 1] !== 0xda) {
    const length = bytes.readUInt16BE(at + 2);
    const marker = bytes[at + 1];
    const jfif = marker === 0xe0 && length === 16 && bytes.toString("latin1", at + 4, at + 8) === "JFIF";
    if ((marker >= 0xe0 && marker <= 0xef && !jfif) || marker === 0xfe) found.push(`segment ${marker.toString(16)}`);
    at += 2 + length;
  }
  return bytes.subarray(-2).equals(Buffer.from([0xff, 0xd9])) ? found : [...found, "tail"];
}

/** Sides, bits and channels from the header. */
function formOf(bytes) {
  if (bytes[0] === 0x89) {
    const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[bytes[25]];
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), bits: bytes[24], channels };
  }
  let at = 2;
  while (![0xc0, 0xc1, 0xc2].includes(bytes[at + 1])) at += 2 + bytes.readUInt16BE(at + 2);
  return { ...jpegSize(bytes), bits: bytes[at + 4], channels: bytes[at + 9] };
}

const kinds = {
  "with a place, words and lying on its side": { file: "gps_turned.jpg", width: 120, height: 160 },
  "in CMYK": { file: "cmyk.jpg", width: 160, height: 120 },
  "of 16 bits": { file: "deep.png", width: 160, height: 120 },
  "in grey with a profile of colours": { file: "grey_rgb_profile.jpg", width: 160, height: 120 },
};

for (const [what, { file, width, height }] of Object.entries(kinds)) {
  test(`k08k: a picture ${what} is kept upright, in sRGB of 8 bits, without metadata, and row and bytes agree`, async () => {
    shown = fs.readFileSync(path.join(root, "tests/fixtures/pictures", file));
    const editions = () => world.productLog().split("the catalogue has 10 models").length;
    const before = editions();
    makes(width < height ? "3:4" : "4:3");
    await until("the catalogue for it", () => editions() > before);
    const person = await world.person({ first_name: file });
    await person.press(await person.openCreate(), "1");
    const result = await person.sees("the picture", isResult);
    const [row] = world.sql(`SELECT * FROM generation_requests WHERE chat_id = ${person.id}`);
    const kept = fs.readFileSync(path.join(world.folder, "blobs", "aisha-v2-generated", row.object_key));
    assert.deepEqual(besidePixels(kept), []);
    assert.deepEqual(formOf(kept), { width, height, bits: 8, channels: 3 });
    assert.deepEqual([row.width, row.height, row.bytes], [width, height, kept.length]);
    assert.equal(row.sha256, crypto.createHash("sha256").update(kept).digest("hex"));
    for (const trace of ["GPS", "Exif", "my prompt", "ICC_PROFILE"]) assert.ok(!kept.includes(trace), trace);
    await person.press(result, "Скачать");
    const sent = await person.sees("the document", (m) => m.document);
    assert.equal(sent.document.file_size, kept.length, "and that is what goes out");
  });
}

test("k08l: check --objects finds every picture as its row says", async () => {
  await world.stopProduct();
  const checked = aisha("check", "--objects", "--config", world.config);
  assert.equal(checked.status, 0, checked.stdout + checked.stderr);
  assert.match(checked.stdout, /4 pictures read/);
});
