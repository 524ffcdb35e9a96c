// SPDX-License-Identifier: Apache-2.0
// Neighbours of another kind than the usual ones: an S3 server without checksums, a pooler before PostgreSQL, a proxy as
// the only way out, HTTP/2 whose connection freezes. Everything works on them, and outages of theirs are waited out.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { OutsideProxy } from "./outside_proxy.mjs";
import { Pooler, noPooler } from "./pgbouncer.mjs";
import { build } from "./programs.mjs";
import { SecureRoad, mayTrust } from "./secure_road.mjs";
import { Servers } from "./servers.mjs";
import { spoil } from "./spoiler.mjs";
import { World, until } from "./world.mjs";
import { endure, hurried, report } from "./outage.mjs";

const noServers = process.env.AISHA_TEST_S3 && process.env.AISHA_TEST_POSTGRES ? false : "no servers: run by tools/run_tests";
let servers;
before(async () => { if (!noServers) servers = await Servers.start("postgres", "minio"); });
after(() => servers?.stop());

async function within(order, play) {
  const world = await World.start(order);
  try {
    await world.sim("POST", "/sim/fal/settings", { max_side: 256, concurrency: 8, queue_ms: 20, run_ms: 200 });
    await play(world);
  } finally {
    await world.stop();
  }
}

const row = async (world, name, order) => report(name, await endure(world, order));
/** A doctor beside the running product. Not waited for by this whole process, in which its neighbours' roads run. */
const doctor = (world) => new Promise((resolve) => execFile(path.join(build, "aisha"), ["doctor", "--config", world.config], (_, said) => resolve(said)));
const hostOf = (url) => new URL(url.replace(/^\w+:/, "http:")).host;

/** Refuses every request with one of the headers; or, with `etags`, answers with ETags of its own and no HEAD. */
const plainS3 = (world, { headers = [], etags = false }) => spoil(world.s3, Number(hostOf(servers.variables.AISHA_TEST_S3).split(":")[1]), (request, response) => {
  const refuse = (status, code) => { response.writeHead(status, { "content-type": "application/xml" }); response.end(`<Error><Code>${code}</Code><Message>A header you provided implies functionality that is not implemented</Message></Error>`); return true; };
  if (headers.some((name) => request.headers[name] !== undefined)) return refuse(501, "NotImplemented");
  return etags && request.method === "HEAD" && new URL(request.url, "http://s3").pathname.split("/").length > 2 ? refuse(405, "MethodNotAllowed") : false;
});

for (const [what, order, words] of [
  ["without checksum headers", { headers: ["x-amz-checksum-sha256", "x-amz-checksum-mode"] }, /ok {2}pictures .*Content-MD5/],
  ["without any proof of bytes", { headers: ["x-amz-checksum-sha256", "x-amz-checksum-mode", "content-md5"] }, /ok {2}pictures .*read back/],
  ["without HEAD of an object", { etags: true }, /ok {2}pictures .*read back|BAD pictures .*cannot look at/],
]) {
  test(`k11 and k02: S3 ${what} keeps every picture, and doctor says how`, { skip: noServers }, () =>
    within({ servers, settings: { timing: hurried } }, async (world) => {
      let stop = async () => {};
      try {
        await row(world, `S3 ${what}`, { inject: async () => { stop = await plainS3(world, order); }, remove: async () => {}, through: true, cpu: 1 });
        assert.match(await doctor(world), words);
      } finally {
        await stop();
      }
    }));
}

test("k02: doctor says that an S3 server that refuses every PUT keeps no picture", { skip: noServers }, () =>
  within({ servers, settings: { timing: hurried } }, async (world) => {
    const stop = await spoil(world.s3, Number(hostOf(servers.variables.AISHA_TEST_S3).split(":")[1]), (request, response) => request.method === "PUT" && (response.writeHead(400).end("<Error><Code>InvalidRequest</Code></Error>"), true));
    try {
      assert.match(await doctor(world), /BAD pictures .*\n +-> /);
    } finally {
      await stop();
    }
  }));

test("k11 and k02: everything works through PgBouncer in transaction mode, and doctor says so", { skip: noServers || noPooler }, () => {
  let pooler;
  const prepare = async (world) => {
    pooler = await Pooler.start(world.folder, hostOf(servers.variables.AISHA_TEST_POSTGRES), [world.own]);
    return { database: { url: `postgres://${world.own}@${pooler.address}/${world.own}` } };
  };
  return within({ servers, settings: { timing: hurried }, prepare, roles: ["bot", "jobs"] }, async (world) => {
    await row(world, "PgBouncer in transaction mode", { inject: () => pooler.down(), remove: () => pooler.up(), surplus: 4 });
    assert.match(await doctor(world), /ok {2}database +behind a pooler in transaction mode/);
    await pooler.down();
  });
});

test("k11: a pooler that leaves our settings out is noticed as well", { skip: noServers || noPooler }, () => {
  let pooler;
  const prepare = async (world) => {
    pooler = await Pooler.start(world.folder, hostOf(servers.variables.AISHA_TEST_POSTGRES), [world.own], "ignore_startup_parameters = options,extra_float_digits\n");
    return { database: { url: `postgres://${world.own}@${pooler.address}/${world.own}` } };
  };
  return within({ servers, settings: { timing: hurried }, prepare }, async (world) => {
    const person = await world.person();
    await person.openCreate();
    await pooler.down();
  });
});

for (const [by, settings, env] of [
  ["the setting", (proxy) => ({ network: { proxy: proxy.url } }), () => ({})],
  ["the environment", () => ({}), (proxy) => ({ http_proxy: "", all_proxy: proxy.url })],
]) {
  test(`k11: a forward proxy named by ${by} is the only way out`, () => {
    let proxy;
    const prepare = async (world) => {
      proxy = await OutsideProxy.start(world.port);
      Object.assign(world.env, env(proxy));
      return { telegram: { api_root: "http://telegram.outside.test", poll_timeout_s: 1 }, fal: { queue_url: "http://fal.outside.test/fal", rest_url: "http://fal.outside.test/fal", file_origins: [world.url, "http://fal.outside.test"] }, ...settings(proxy) };
    };
    return within({ settings: { timing: hurried }, env: { AISHA_ALLOW_INSECURE: "true" }, prepare }, async (world) => {
      await row(world, `proxy by ${by}`, { inject: () => proxy.down(), remove: () => proxy.up(), also: "returned" });
      assert.ok(proxy.asked.get("telegram.outside.test") > 0 && proxy.asked.get("fal.outside.test") > 0);
      await proxy.down();
    });
  });
}

test("k02: doctor says that a proxy may be needed and is not set", () =>
  within({ product: false, env: { AISHA_ALLOW_INSECURE: "true" }, prepare: () => ({ telegram: { api_root: "http://telegram.outside.test" } }) }, async (world) => {
    process.env.AISHA_ALLOW_INSECURE = "true";
    try {
      assert.match(await doctor(world), /BAD telegram .*does not answer\n +-> .*\[network\] proxy/);
    } finally {
      delete process.env.AISHA_ALLOW_INSECURE;
    }
  }));

test("k02: doctor says that fal's account is locked", () =>
  within({ product: false }, async (world) => {
    await world.fault("fal", { method: "POST" }, { status: 403, body: JSON.stringify({ detail: "User is locked. Reason: Exhausted balance." }) }, 0);
    assert.match(await doctor(world), /BAD fal +the account is locked.*\n +-> top up/);
  }));

test("k01b: HTTP/2 freezes: a time-out later everything goes over new connections", { skip: mayTrust ? false : "this machine does not let a test change what a process trusts" }, () => {
  let road;
  const prepare = async (world) => {
    road = await SecureRoad.start(world.folder, world.port);
    world.trust = road.authority;
    return { telegram: { api_root: road.url, poll_timeout_s: 1 }, fal: { queue_url: `${road.url}/fal`, rest_url: `${road.url}/fal` } };
  };
  // Longer than a time-out, as it is unless somebody hurries it: a submit must not be given up while it still waits.
  const timing = { ...hurried, lease_ms: 8000 };
  return within({ settings: { timing }, prepare }, async (world) => {
    try {
      await row(world, "HTTP/2 frozen", { inject: () => road.freeze(), remove: async () => {}, through: true, also: "returned", surplus: 4, twice: 1, cpu: 1 });
      await until("HTTP/2 to have been used", () => road.versions.has("2.0"));
    } finally {
      road.stop();
    }
  });
});

test("an outage of everything outside that is longer than every deadline: coins come back, words are answered", async () => {
  const timing = { ...hurried, job_deadline_ms: 3000 };
  await within({ proxied: true, settings: { timing, telegram: { poll_timeout_s: 1 } } }, async (world) => {
    const longer = new Promise((resolve) => setTimeout(resolve, 6000));
    await row(world, "longer than the deadline", {
      inject: async () => { await world.telegram.down(); await world.fal.down(); },
      remove: async () => { await longer; await world.telegram.up(); await world.fal.up(); },
      also: "returned",
    });
  });
});
