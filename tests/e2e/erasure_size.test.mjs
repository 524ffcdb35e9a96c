// SPDX-License-Identifier: Apache-2.0
// A gallery of some size is erased although the product dies on the way; `node tests/e2e/erasure_loop.mjs` does larger ones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eraseUnderKills } from "./erasure_loop.mjs";

test("300 pictures, three kills: the receipt comes within a minute of running", { timeout: 240_000 }, async (t) => {
  const { ran, at } = await eraseUnderKills({ pictures: 300, kills: 3, seed: 3 });
  t.diagnostic(`killed at ${at.join(", ")}; ${ran} ms of running`);
  assert.ok(ran <= 60_000, `${ran} ms`);
});
