// SPDX-License-Identifier: Apache-2.0
// Photos that people send, good and bad, made of the demo's portrait. Pixels are {width, height, rgb}.
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Of an 8-bit RGB PNG without interlacing (https://www.w3.org/TR/png-3/#9Filters). */
export function readPng(file) {
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const data = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString("latin1", at + 4, at + 8) === "IDAT") data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  const raw = zlib.inflateSync(Buffer.concat(data));
  const line = width * 3;
  const rgb = Buffer.alloc(height * line);
  for (let y = 0; y < height; ++y) {
    const filter = raw[y * (line + 1)];
    for (let x = 0; x < line; ++x) {
      const left = x < 3 ? 0 : rgb[y * line + x - 3];
      const up = y === 0 ? 0 : rgb[(y - 1) * line + x];
      const corner = x < 3 || y === 0 ? 0 : rgb[(y - 1) * line + x - 3];
      const guess = left + up - corner;
      const [a, b, c] = [left, up, corner].map((v) => Math.abs(guess - v));
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      const add = [0, left, up, (left + up) >> 1, paeth][filter];
      rgb[y * line + x] = (raw[y * (line + 1) + 1 + x] + add) & 255;
    }
  }
  return { width, height, rgb };
}

function chunk(type, data) {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, "latin1");
  data.copy(out, 8);
  out.writeUInt32BE(zlib.crc32 ? zlib.crc32(out.subarray(4, 8 + data.length)) : crc(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let i = 0; i < 8; ++i) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

/** level 0: the file is as large as its pixels. */
export function png({ width, height, rgb }, level = 6) {
  const raw = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0; y < height; ++y) rgb.copy(raw, y * (width * 3 + 1) + 1, y * width * 3, (y + 1) * width * 3);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", zlib.deflateSync(raw, { level })), chunk("IEND", Buffer.alloc(0))]);
}

/** A file of that size at least: with a chunk that every decoder passes over. */
export function padded(file, bytes) {
  const end = file.length - 12;
  return Buffer.concat([file.subarray(0, end), chunk("paDd", Buffer.alloc(Math.max(0, bytes - file.length - 12), 0x5a)), file.subarray(end)]);
}

/** Bilinear, of the part that begins at (x, y). */
export function view(from, { x = 0, y = 0, width = from.width, height = from.height, scale = 1, mirrored = false }) {
  const out = { width: Math.round(width * scale), height: Math.round(height * scale) };
  out.rgb = Buffer.alloc(out.width * out.height * 3);
  for (let v = 0; v < out.height; ++v) {
    const sy = Math.min(from.height - 1, y + v / scale);
    const y0 = Math.floor(sy);
    const y1 = Math.min(from.height - 1, y0 + 1);
    for (let u = 0; u < out.width; ++u) {
      const at = mirrored ? out.width - 1 - u : u;
      const sx = Math.min(from.width - 1, x + at / scale);
      const x0 = Math.floor(sx);
      const x1 = Math.min(from.width - 1, x0 + 1);
      for (let c = 0; c < 3; ++c) {
        const top = from.rgb[(y0 * from.width + x0) * 3 + c] * (x0 + 1 - sx) + from.rgb[(y0 * from.width + x1) * 3 + c] * (sx - x0);
        const low = from.rgb[(y1 * from.width + x0) * 3 + c] * (x0 + 1 - sx) + from.rgb[(y1 * from.width + x1) * 3 + c] * (sx - x0);
        out.rgb[(v * out.width + u) * 3 + c] = Math.round(top * (y0 + 1 - sy) + low * (sy - y0));
      }
    }
  }
  return out;
}

export const flat = (width, height, grey) => ({ width, height, rgb: Buffer.alloc(width * height * 3, grey) });

export function lit(from, factor, plus = 0) {
  return { ...from, rgb: Buffer.from(from.rgb.map((v) => Math.max(0, Math.min(255, v * factor + plus)))) };
}

/** The mean of a square of 2 r + 1, thrice: close to a Gaussian blur. */
export function blurred(from, r) {
  let out = from;
  for (let pass = 0; pass < 3; ++pass) {
    for (const [step, count, lines, jump] of [[3, out.width, out.height, out.width * 3], [out.width * 3, out.height, out.width, 3]]) {
      const rgb = Buffer.alloc(out.rgb.length);
      for (let line = 0; line < lines; ++line) {
        for (let c = 0; c < 3; ++c) {
          const at = (i) => out.rgb[line * jump + Math.max(0, Math.min(count - 1, i)) * step + c];
          let sum = 0;
          for (let i = -r; i <= r; ++i) sum += at(i);
          for (let i = 0; i < count; ++i) {
            rgb[line * jump + i * step + c] = Math.round(sum / (2 * r + 1));
            sum += at(i + r + 1) - at(i - r);
          }
        }
      }
      out = { ...out, rgb };
    }
  }
  return out;
}

export function beside(left, right) {
  const out = { width: left.width + right.width, height: left.height, rgb: Buffer.alloc((left.width + right.width) * left.height * 3) };
  for (let y = 0; y < left.height; ++y) {
    left.rgb.copy(out.rgb, y * out.width * 3, y * left.width * 3, (y + 1) * left.width * 3);
    right.rgb.copy(out.rgb, (y * out.width + left.width) * 3, y * right.width * 3, (y + 1) * right.width * 3);
  }
  return out;
}

export const portrait = () => readPng(fs.readFileSync(path.join(root, "data/demo/astronaut.png")));
export const cat = () => readPng(fs.readFileSync(path.join(root, "data/demo/chelsea.png")));
