// SPDX-License-Identifier: Apache-2.0
// What deploy/ gives the servers, tried on the real ones (tools/servers).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";

const here = path.dirname(new URL(import.meta.url).pathname);

test("policy.json lets objects of the three buckets be kept, and nothing else", { skip: !process.env.AISHA_TEST_S3 && "no S3 server: tools/servers minio" }, () => {
  const run = spawnSync("python3", [path.join(here, "s3_policy.py")], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const outcomes = JSON.parse(run.stdout);
  const allowed = Object.keys(outcomes).filter((what) => /: (find|put|get|delete)$/.test(what));
  assert.equal(allowed.length, 12);
  for (const [what, outcome] of Object.entries(outcomes)) assert.equal(outcome, allowed.includes(what) ? "ok" : "AccessDenied", what);
});
