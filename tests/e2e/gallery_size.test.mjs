// SPDX-License-Identifier: Apache-2.0
// What the gallery's screens ask reads no table of all pictures from one end to the other, on either engine.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { build, root } from "./programs.mjs";

test("no screen of the gallery reads all pictures, among a hundred thousand", { timeout: 300_000 }, async () => {
  const words = ["--rows", "100000", "--rounds", "20", "--only-plans", "--build", build];
  const { stdout } = await promisify(execFile)(path.join(root, "tools/bench_gallery"), words, { maxBuffer: 8 << 20 });
  assert.match(stdout, /sqlite: 100,000 pictures/);
  if (process.env.AISHA_TEST_POSTGRES) assert.match(stdout, /postgres: 100,000 pictures/);
});
