// SPDX-License-Identifier: Apache-2.0
// What the product sends for every model, preset, ratio and purpose, handed to our fal by fal's own client: each is taken and
// gives a picture of the sides that were asked for.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { createFalClient } from "@fal-ai/client";
import { openSandbox, sim } from "./sandbox_api.mjs";

const folder = path.resolve(import.meta.dirname, "../unit/catalog/models/golden");
const kPaintedSide = 128;
const kAtOnce = 8;

let sandbox;
let settings;
before(async () => {
  sandbox = await openSandbox();
  settings = await sim(sandbox.url, "GET", "/sim/fal/settings");
  await sim(sandbox.url, "POST", "/sim/fal/settings", { queue_ms: 0, run_ms: 0, max_side: kPaintedSide, concurrency: kAtOnce });
});
after(async () => {
  await sim(sandbox.url, "POST", "/sim/fal/settings", settings);
  await sandbox.close();
});

const client = () => createFalClient({
  credentials: "test:secret",
  requestMiddleware: async (request) => ({ ...request, url: request.url.replace(/^https:\/\/(queue\.|rest\.)?fal\.(run|ai)/, `${sandbox.url}/fal`) }),
});

/** Width by height, and the longer side where the request names it. */
function askedOf({ input, ratio }) {
  const { width, height } = input.image_size ?? {};
  const [across, down] = ratio.split(":").map(Number);
  return { ratio: width ? width / height : across / down, side: width && Math.max(width, height) };
}

for (const name of fs.readdirSync(folder)) {
  test(`golden: every request of ${name.replace(".jsonl", "")} is taken and gives a picture of its ratio`, async () => {
    const vectors = fs.readFileSync(path.join(folder, name), "utf8").trim().split("\n").map((line) => JSON.parse(line));
    const fal = client();
    const waiting = [...vectors];
    const work = async () => {
      for (let one = waiting.pop(); one; one = waiting.pop()) {
        const what = `${one.endpoint} ${one.purpose} ${one.quality} ${one.ratio}`;
        const { data } = await fal.subscribe(one.endpoint, { input: one.input, pollInterval: 20 }).catch((error) => {
          throw new Error(`${what}: ${JSON.stringify(error.body ?? error.message)}`);
        });
        const { width, height } = data.images[0];
        const asked = askedOf(one);
        assert.ok(Math.abs(Math.log(width / height / asked.ratio)) < 0.05, `${what}: ${width}x${height}`);
        if (asked.side) assert.equal(Math.max(width, height), asked.side, what);
      }
    };
    await Promise.all(Array.from({ length: kAtOnce }, work));
    assert.ok(vectors.length > 0);
  });
}
