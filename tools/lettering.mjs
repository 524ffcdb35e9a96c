#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Writes data/lettering/label.bin: the letters that pictures are labelled with (src/imaging/lettering.hpp reads them), drawn by
// Chromium from DejaVu Sans Condensed Bold, so that no machine that runs Aisha needs a font.
//
//   cd tests/web && npm ci --ignore-scripts && cd ../.. && node tools/lettering.mjs
//
// Format: "LET1", then bytes: line height, baseline, count (two bytes, little-endian); for each letter, in order of code points:
// code point (two bytes), offset of its ink from the pen (signed), width of its ink, advance; then the ink of all letters in
// that order, row by row, four bits a pixel, a letter padded to a whole byte.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const { chromium } = createRequire(path.join(root, "tests/web/"))("playwright-core");
const kSize = 32;
const kHeight = 40;
const kBaseline = 31;

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const letters = [...range(0x20, 0x7e), ...range(0xa0, 0xff), 0x401, ...range(0x410, 0x44f), 0x451, ...[..."‐–—‘’“”„…№₽"].map((one) => one.codePointAt(0))]
  .sort((a, b) => a - b);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
const drawn = await page.evaluate(({ letters, kSize, kHeight, kBaseline }) => {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 3 * kSize, height: kHeight });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return letters.map((code) => {
    pen.fillStyle = "black";
    pen.fillRect(0, 0, canvas.width, kHeight);
    pen.fillStyle = "white";
    pen.font = `bold condensed ${kSize}px "DejaVu Sans"`;
    pen.fillText(String.fromCodePoint(code), kSize, kBaseline);
    const { data } = pen.getImageData(0, 0, canvas.width, kHeight);
    const at = (x, y) => data[4 * (y * canvas.width + x)];
    const inked = [...Array(canvas.width).keys()].filter((x) => [...Array(kHeight).keys()].some((y) => at(x, y) > 8));
    const left = inked[0] ?? kSize;
    const width = inked.length === 0 ? 0 : inked.at(-1) - left + 1;
    const ink = [];
    for (let y = 0; y < kHeight; y += 1) for (let x = 0; x < width; x += 1) ink.push(Math.round(at(left + x, y) / 17));
    return { code, offset: left - kSize, width, advance: Math.round(pen.measureText(String.fromCodePoint(code)).width), ink };
  });
}, { letters, kSize, kHeight, kBaseline });
await browser.close();

const two = (n) => [n & 255, n >> 8];
const bytes = [...Buffer.from("LET1"), kHeight, kBaseline, ...two(drawn.length)];
for (const one of drawn) bytes.push(...two(one.code), one.offset & 255, one.width, one.advance);
for (const { ink } of drawn) for (let i = 0; i < ink.length; i += 2) bytes.push((ink[i] << 4) | (ink[i + 1] ?? 0));
fs.writeFileSync(path.join(root, "data/lettering/label.bin"), Buffer.from(bytes));
console.log(`${drawn.length} letters, ${bytes.length} bytes`);
