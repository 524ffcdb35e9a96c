// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { World } from "./world.mjs";
import { endure, hurried, report } from "./outage.mjs";
import { Servers } from "./servers.mjs";

const skip = process.env.AISHA_TEST_REDIS ? false : "no Redis: run by tools/run_tests";
let servers;
let world;
before(async () => {
  if (skip) return;
  servers = await Servers.start("redis");
  world = await World.start({ servers, settings: { timing: hurried } });
  await world.sim("POST", "/sim/fal/settings", { max_side: 256, concurrency: 8, queue_ms: 20, run_ms: 200 });
});
after(async () => { await world?.stop(); await servers?.stop(); });

const redis = (...words) => execFileSync("redis-cli", ["-h", "127.0.0.1", "-p", String(world.redisPort), ...words], { encoding: "utf8" });
const nothing = async () => {};

/** Losing Redis costs latency only: everybody is served while it is broken. */
async function row(name, order) {
  report(name, await endure(world, { ...order, through: true }));
}

test("Redis down", { skip }, () => row("Redis down", { inject: () => world.redis.down(), remove: () => world.redis.up() }));

test("Redis killed and started again, empty", { skip }, () =>
  row("Redis killed", { inject: () => servers.kill("redis"), remove: () => servers.restart("redis") }));

test("Redis hung: it takes questions and gives no answer", { skip }, () =>
  row("Redis hung", { inject: () => world.redis.vanish(), remove: () => world.redis.heal() }));

test("Redis slow: 200 ms an answer", { skip }, () =>
  row("Redis slow", { inject: () => world.redis.toxic("latency", { latency: 200 }), remove: () => world.redis.heal() }));

test("Redis flushed", { skip }, () => row("Redis flushed", { inject: async () => { redis("FLUSHALL"); }, remove: nothing }));

test("Redis lying: every value is rubbish, of the wrong type too", { skip }, () =>
  row("Redis lying", {
    inject: async () => {
      const keys = redis("KEYS", "*").split("\n").filter(Boolean);
      keys.forEach((key, n) => { redis("DEL", key); redis(...(n % 2 ? ["SET", key, "\x01rubbish{"] : ["LPUSH", key, "x"])); });
    },
    remove: nothing,
  }));

test("Redis speaks no protocol", { skip }, () =>
  row("Redis corrupt", { inject: () => world.redis.toxic("corrupt", { every: 3 }), remove: () => world.redis.heal() }));
