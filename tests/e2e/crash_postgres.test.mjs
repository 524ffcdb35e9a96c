// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { crashLoop } from "./crash.mjs";

const skip = process.env.AISHA_TEST_POSTGRES ? false : "no PostgreSQL: run by tools/run_tests";

test("three processes on PostgreSQL: 30 kills, 2 frozen past their leases and 2 restarts of the server lose no request, no picture and no coin", { skip }, async () => {
  const verdict = await crashLoop({ kills: 30, restarts: 2, freezes: 2, visitors: 120, seed: 5, postgres: true });
  console.log(`crash loop: PostgreSQL, ${verdict.kills} kills, ${verdict.restarts} restarts, ${verdict.freezes} freezes, ${verdict.requests} requests, ${verdict.surplus} surplus submits`);
  assert.deepEqual(verdict.wrong, []);
  assert.ok(verdict.surplus <= verdict.kills + verdict.restarts, "at most one surplus submit a kill");
});
