// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import fs from "node:fs";
import { after, before, test } from "node:test";
import { World } from "./world.mjs";
import { brokenMs, endure, hurried, report } from "./outage.mjs";
import { Servers, psql, psqlDo } from "./servers.mjs";
import { SmallDisk, noDisk } from "./small_disk.mjs";

const skip = process.env.AISHA_TEST_POSTGRES ? false : "no PostgreSQL: run by tools/run_tests";
let servers;
let world;
before(async () => {
  if (skip) return;
  servers = await Servers.start("postgres");
  world = await World.start({ servers, settings: { timing: hurried } });
  await world.sim("POST", "/sim/fal/settings", { max_side: 256, concurrency: 8, queue_ms: 20, run_ms: 200 });
});
after(async () => { await world?.stop(); await servers?.stop(); });

const struck = async () => (await world.postgres.struck()) > 0;
const toxic = (type, attributes) => ({ inject: () => world.postgres.toxic(type, attributes), remove: () => world.postgres.heal(), felt: struck });
/** As the superuser, whatever the server's settings forbid by default. */
const administer = (...statements) => psqlDo(servers.variables.AISHA_TEST_POSTGRES, "SET default_transaction_read_only = off", ...statements);

async function row(name, order) {
  report(name, await endure(world, { surplus: 4, ...order })); // an answer of fal that could not be written in time
}

test("PostgreSQL restarted at once (-m immediate)", { skip }, () =>
  row("PostgreSQL restarted", { inject: () => servers.kill("postgres"), remove: () => servers.restart("postgres") }));

test("PostgreSQL out of reach", { skip }, () =>
  row("PostgreSQL down", { inject: () => world.postgres.down(), remove: () => world.postgres.up() }));

test("PostgreSQL half-open: bytes vanish, connections stay", { skip }, () =>
  row("PostgreSQL half-open", { inject: () => world.postgres.vanish(), remove: () => world.postgres.heal(), felt: struck }));

// The unit that keeps a picture and charges for it is the one that tells job_result.
test("the connection is cut as a charge is sent: the server never saw it end", { skip }, () =>
  row("PostgreSQL cut before COMMIT", { ...toxic("reset_peer", { stream: "upstream", match: "job_result", timeout: 0 }), cpu: 1 }));

test("a charge is committed and its answer is lost", { skip }, () =>
  row("PostgreSQL cut after COMMIT", { ...toxic("drop_response", { match: "job_result" }), cpu: 1 }));

test("six connections in a row lose their answers", { skip }, () =>
  row("PostgreSQL flaky", { ...toxic("drop_response", { times: 6 }), cpu: 1 }));

test("PostgreSQL is read-only: a standby, or being taken out of service", { skip }, () =>
  row("PostgreSQL read-only", {
    inject: async () => administer("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()"),
    remove: async () => administer("ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()"),
  }));

test("PostgreSQL admits no more connections", { skip }, () =>
  row("PostgreSQL too many connections", {
    inject: async () => administer(`ALTER ROLE ${world.own} CONNECTION LIMIT 0`, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${world.own}'`),
    remove: async () => administer(`ALTER ROLE ${world.own} CONNECTION LIMIT -1`),
  }));

test("somebody holds a lock on the requests", { skip }, () => {
  let holder;
  return row("PostgreSQL lock", {
    inject: async () => {
      const words = `BEGIN; LOCK TABLE aisha.generation_requests IN ACCESS EXCLUSIVE MODE; SELECT 'held'; SELECT pg_sleep(${brokenMs / 1000 + 3600})`;
      holder = spawn("psql", ["-XqAt", world.database.replace("postgres://", "postgresql://"), ...words.split("; ").flatMap((word) => ["-c", word])], { stdio: ["ignore", "pipe", "inherit"] });
      await new Promise((resolve) => holder.stdout.once("data", resolve));
    },
    remove: async () => administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"),
  });
});

test("the disk under the tables is full", { skip: skip || noDisk }, async () => {
  const disk = new SmallDisk(`${servers.variables.AISHA_TEST_FOLDER}/small`, 64);
  const data = `${disk.folder}/data`;
  try {
    const tables = `SELECT format('ALTER TABLE %I.%I SET TABLESPACE small', schemaname, tablename) AS text FROM pg_tables WHERE schemaname = 'aisha'`;
    fs.mkdirSync(data);
    fs.chmodSync(data, 0o777);
    const owner = fs.statSync(`${servers.variables.AISHA_TEST_FOLDER}/postgres`);
    fs.chownSync(data, owner.uid, owner.gid);
    administer(`CREATE TABLESPACE small LOCATION '${data}'`);
    psqlDo(world.database, ...psql(world.database, tables).map(({ text }) => text));
    await row("PostgreSQL disk full", {
      people: 8,
      inject: async () => disk.fill(),
      remove: async () => disk.free(),
      cpu: 1, // what still fits into half-filled pages goes on
    });
  } finally {
    disk.free();
    psqlDo(world.database, ...psql(world.database, `SELECT format('ALTER TABLE %I.%I SET TABLESPACE pg_default', schemaname, tablename) AS text FROM pg_tables WHERE schemaname = 'aisha'`).map(({ text }) => text));
    administer("DROP TABLESPACE small");
    disk.unmount();
  }
});
