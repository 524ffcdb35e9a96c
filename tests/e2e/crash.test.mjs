// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { crashLoop } from "./crash.mjs";

test("50 kills at random moments lose no request, no picture and no coin", async () => {
  const verdict = await crashLoop({ kills: 50, seed: 11 });
  console.log(`crash loop: ${verdict.kills} kills, ${verdict.requests} requests, ${verdict.surplus} surplus submits`);
  assert.deepEqual(verdict.wrong, []);
  assert.ok(verdict.surplus <= verdict.kills, "at most one surplus submit a kill");
});
