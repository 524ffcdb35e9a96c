// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { World, isResult, wordsOf } from "./world.mjs";
import { endure, hurried, report } from "./outage.mjs";
import { spoil } from "./spoiler.mjs";

let world;
before(async () => {
  world = await World.start({ proxied: true, settings: { timing: hurried } });
  await world.sim("POST", "/sim/fal/settings", { max_side: 256, concurrency: 8, queue_ms: 20, run_ms: 200 });
});
after(() => world?.stop());

const submits = { method: "POST", endpoint: "fal-ai/flux" };
const queries = { method: "GET", path: "/requests/" };
const answers = (match, then, where = "fal") => ({ inject: () => world.fault(where, match, then, 0), remove: () => world.sim("DELETE", "/sim/faults") });
const struck = async () => (await world.fal.struck()) > 0;

async function row(name, order) {
  report(name, await endure(world, order));
}

test("fal down: requests that cannot be made return their coins, later ones are made", () =>
  row("fal down", { inject: () => world.fal.down(), remove: () => world.fal.up(), also: "returned" }));

test("fal half-open: a submit without answer is repeated, a running request is found again", () =>
  row("fal half-open", { inject: () => world.fal.vanish(), remove: () => world.fal.heal(), felt: struck, also: "returned" }));

test("fal answers submits with 503", () => row("fal submit 503", { ...answers(submits, { status: 503 }), also: "returned" }));

test("fal answers submits with 500: perhaps done, so asked again", () =>
  row("fal submit 500", { ...answers(submits, { status: 500 }), also: "returned" }));

test("fal answers submits with 429 and retry-after", () =>
  row("fal submit 429", { ...answers(submits, { status: 429, retry_after: 1 }), also: "returned" }));

for (const [status, body] of [[401, { detail: "No user found for Key ID and Secret" }], [403, { detail: "User is locked. Reason: Exhausted balance." }]]) {
  test(`fal refuses the account with ${status}: the queue waits and burns no attempt, new taps are refused`, async () => {
    await row(`fal ${status}`, { ...answers(submits, { status, body: JSON.stringify(body) }), also: "refused" });
    assert.deepEqual(world.sql("SELECT count(*) AS n FROM generation_requests WHERE status = 'failed' AND error_code IN ('provider.auth', 'provider.balance')"), [{ n: 0 }]);
  });
}

test("fal takes submits and their answers get lost: nobody pays twice", () =>
  row("fal submit answer lost", {
    inject: () => world.fal.toxic("drop_response", { match: "POST /fal/", times: 3 }),
    remove: () => world.fal.heal(),
    felt: struck,
    surplus: 3,
    cpu: 1,
  }));

test("fal's answer to a submit is no JSON", () =>
  row("fal submit HTML", { ...answers(submits, { status: 200, body: "<html>maintenance</html>" }), also: "returned" }));

test("fal's answer to a submit names no request", () =>
  row("fal submit without id", { ...answers(submits, { status: 200, body: "{}" }), also: "returned" }));

test("fal answers questions with 500", () => row("fal status 500", answers(queries, { status: 500 })));

test("fal's answers to questions are garbage", () => row("fal status HTML", answers(queries, { status: 200, body: "<html></html>" })));

test("fal's answers are slow and cut into pieces", () =>
  row("fal slow", {
    inject: async () => { await world.fal.toxic("latency", { latency: 200, jitter: 100 }); await world.fal.toxic("slicer", { average_size: 4000, size_variation: 2000, delay: 1000 }); },
    remove: () => world.fal.heal(),
    felt: struck,
    cpu: 1,
  }));

test("fal's picture is cut off: fetched again, never kept in part", () =>
  row("fal picture cut", { ...answers({}, { truncate: true }, "fal_files"), cpu: 1 }));

test("fal's file store is away", () => row("fal files 503", answers({}, { status: 503 }, "fal_files")));

test("bytes are changed on the way: a broken picture is never shown", () =>
  row("fal corrupt", {
    inject: () => world.fal.toxic("corrupt", { every: 3000 }),
    remove: () => world.fal.heal(),
    felt: struck,
    also: "returned",
    surplus: 12,
    cpu: 1,
  }));

/** The head of a PNG of 60,000 x 60,000 points: a few bytes that want gigabytes. */
const bomb = Buffer.from("89504e470d0a1a0a0000000d494844520000ea600000ea60010000000000000000", "hex");
const pictures = {
  "an image bomb": (response) => response.end(bomb),
  "nothing": (response) => response.end(),
  "a page": (response) => response.end("<html>not found</html>"),
  "40 MB": (response) => response.end(Buffer.alloc(40 << 20)),
  "a redirect": (response) => { response.writeHead(302, { location: `${world.url}/fal-files/x` }); response.end(); },
};
for (const [what, answer] of Object.entries(pictures)) {
  test(`fal's picture is ${what}: not shown, the coins are back`, async () => {
    const stop = await spoil(world.fal, world.port, ({ url }, response) => url.startsWith("/fal-files/") && (answer(response), true));
    try {
      const person = await world.person({ first_name: "Яна" });
      const card = await person.openCreate();
      await person.press(card, "1", { wait: 0 });
      await person.sees("the coins are back", (m) => /Вернулось/.test(wordsOf(m)));
      assert.equal((await person.fromBot()).filter(isResult).length, 0);
      assert.equal(world.product.exitCode, null);
    } finally {
      await stop();
    }
  });
}
