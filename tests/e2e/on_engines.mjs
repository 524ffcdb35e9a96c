// SPDX-License-Identifier: Apache-2.0
// The same tests over SQLite and a folder, and over real PostgreSQL, Redis and MinIO.
import { after, before, describe } from "node:test";
import { Servers } from "./servers.mjs";
import { World } from "./world.mjs";

const real = process.env.AISHA_TEST_POSTGRES ? false : "no servers: run by tools/run_tests";

/** tests(scene): registers them; `scene.world` is there while they run. more: of World.start. */
export function onEngines(tests, more = {}) {
  for (const [name, servers] of [["SQLite, a folder", []], ["PostgreSQL, Redis, MinIO", ["postgres", "redis", "minio"]]]) {
    describe(`on ${name}`, { skip: servers.length > 0 && real }, () => {
      const scene = {};
      before(async () => {
        if (servers.length > 0 && real) return;
        scene.servers = servers.length > 0 ? await Servers.start(...servers) : undefined;
        scene.world = await World.start({ servers: scene.servers, ...more });
        await scene.world.sim("POST", "/sim/fal/settings", { max_side: 512, queue_ms: 20, run_ms: 50 });
      });
      after(async () => {
        await scene.world?.stop();
        await scene.servers?.stop();
      });
      tests(scene);
    });
  }
}
