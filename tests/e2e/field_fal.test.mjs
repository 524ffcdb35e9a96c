// SPDX-License-Identifier: Apache-2.0
// Kinds of fault that real bots met between themselves and fal; each is named by its kind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World, isResult, until, wordsOf } from "./world.mjs";

const refused = { status: 401, body: JSON.stringify({ detail: "No user found for Key ID and Secret" }) };

test("k01a: a key that was refused once opens by itself when it is mended, although nothing waits any more", async () => {
  const world = await World.start({ settings: { timing: { job_deadline_ms: 4000, retry_slowest_ms: 1000 } } });
  try {
    await world.sim("POST", "/sim/fal/settings", { max_side: 256, queue_ms: 20, run_ms: 100 });
    const early = await world.person({ first_name: "Ада" });
    const fault = await world.fault("fal", { method: "POST", endpoint: "fal-ai/flux" }, refused, 0);
    const card = await early.openCreate();
    await early.press(card, "1", { wait: 0 });
    await early.sees("the coins are back", (m) => /Вернулось/.test(wordsOf(m)));
    await until("an empty queue", () => world.sql("SELECT 1 FROM jobs WHERE finished_at IS NULL").length === 0);
    await world.sim("DELETE", `/sim/faults/${fault.id}`);
    let later;
    await until("a request that is taken", async () => {
      later = await world.person();
      await later.press(await later.openCreate(), "1");
      return world.sql(`SELECT 1 FROM generation_requests WHERE chat_id = ${later.id}`).length === 1;
    }, 20_000);
    await later.sees("its picture", isResult);
    assert.deepEqual(world.sql("SELECT closed_code FROM provider_state"), [{ closed_code: null }]);
  } finally {
    await world.stop();
  }
});
