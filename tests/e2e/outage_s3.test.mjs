// SPDX-License-Identifier: Apache-2.0
import fs from "node:fs";
import { after, before, test } from "node:test";
import { World } from "./world.mjs";
import { endure, hurried, report } from "./outage.mjs";
import { Servers } from "./servers.mjs";
import { spoil } from "./spoiler.mjs";

const skip = process.env.AISHA_TEST_S3 ? false : "no S3 server: run by tools/run_tests";
let servers;
let world;
before(async () => {
  if (skip) return;
  servers = await Servers.start("minio");
  world = await World.start({ servers, settings: { timing: hurried } });
  await world.sim("POST", "/sim/fal/settings", { max_side: 256, concurrency: 8, queue_ms: 20, run_ms: 200 });
});
after(async () => { await world?.stop(); await servers?.stop(); });

const struck = async () => (await world.s3.struck()) > 0;

async function row(name, order) {
  report(name, await endure(world, order));
}

/** A toxic for as long as the row lasts. */
const toxic = (type, attributes) => ({ inject: () => world.s3.toxic(type, attributes), remove: () => world.s3.heal(), felt: struck });

test("MinIO down: pictures wait until they can be kept, nothing is charged before", { skip }, () =>
  row("MinIO down", { inject: () => world.s3.down(), remove: () => world.s3.up() }));

test("MinIO killed and started again", { skip }, () =>
  row("MinIO killed", { inject: () => servers.kill("minio"), remove: () => servers.restart("minio") }));

test("MinIO half-open: bytes vanish, connections stay", { skip }, () =>
  row("MinIO half-open", { inject: () => world.s3.vanish(), remove: () => world.s3.heal(), felt: struck }));

test("MinIO slow", { skip }, () => row("MinIO slow", { ...toxic("bandwidth", { stream: "upstream", rate: 100 }), cpu: 1 }));

test("a PUT is cut off in its middle", { skip }, () =>
  row("MinIO PUT cut", { ...toxic("limit_data", { stream: "upstream", match: "PUT /", bytes: 9000 }), cpu: 1 }));

test("a PUT is carried out and its answer is lost", { skip }, () =>
  row("MinIO PUT answer lost", { ...toxic("drop_response", { match: "PUT /" }), cpu: 1 }));

test("bytes are changed on their way to MinIO: the checksum finds it, the picture is put again", { skip }, () =>
  row("MinIO corrupt", { ...toxic("corrupt", { stream: "upstream", match: "PUT /", every: 4001 }), cpu: 1 }));

/** MinIO's port answers every PUT of a picture so. */
function puts(status, code) {
  const port = () => Number(new URL(servers.variables.AISHA_TEST_S3).port);
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  let stop;
  let hits = 0;
  return {
    inject: async () => {
      stop = await spoil(world.s3, port(), ({ method }, response) => {
        if (method !== "PUT") return false;
        ++hits;
        response.writeHead(status, { "content-type": "application/xml" });
        response.end(body);
        return true;
      });
    },
    remove: () => stop(),
    felt: async () => hits > 0,
  };
}

test("MinIO asks to slow down", { skip }, () => row("MinIO 503", puts(503, "SlowDown")));

test("MinIO refuses our key", { skip }, () => row("MinIO 403", puts(403, "AccessDenied")));

test("the bucket is missing: it is not made anew, pictures wait until it is back", { skip }, async () => {
  const bucket = `${servers.variables.AISHA_TEST_FOLDER}/minio/${world.engines.s3.bucket_generated}`;
  await row("MinIO bucket missing", {
    inject: async () => fs.renameSync(bucket, `${bucket}.away`),
    remove: async () => fs.renameSync(`${bucket}.away`, bucket),
  });
});
