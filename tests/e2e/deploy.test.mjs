// SPDX-License-Identifier: Apache-2.0
// What deploy/ gives the servers, tried on the real ones (tools/servers).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { build, root } from "./programs.mjs";
import { World, isResult } from "./world.mjs";

const deploy = path.join(root, "deploy");

test("policy.json lets objects of the three buckets be kept, and nothing else", { skip: !process.env.AISHA_TEST_S3 && "no S3 server: tools/servers minio" }, () => {
  const run = spawnSync("python3", [path.join(root, "tests/e2e/s3_policy.py")], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const outcomes = JSON.parse(run.stdout);
  const allowed = Object.keys(outcomes).filter((what) => /: (find|put|get|delete)$/.test(what));
  assert.equal(allowed.length, 12);
  for (const [what, outcome] of Object.entries(outcomes)) assert.equal(outcome, allowed.includes(what) ? "ok" : "AccessDenied", what);
});

const postgres = process.env.AISHA_TEST_POSTGRES;
const skip = !postgres && "no PostgreSQL: tools/servers postgres";

/** The roles are the server's, so their names may be those of another test's run; the database is our own. */
class Roles {
  constructor() {
    this.database = `roles_${process.pid}`;
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "aisha-roles-"));
    for (const name of ["postgres_password", "database_owner_password", "database_password"]) {
      fs.writeFileSync(path.join(this.folder, name), `it's "${name}"\n`, { mode: 0o600 });
    }
    this.psql("postgres", "postgres", `CREATE DATABASE ${this.database}`);
  }

  url(role, database = this.database) {
    const url = new URL(postgres.replace(/^postgres:/, "http:"));
    return `postgres://${role}@${url.host}/${database}`;
  }

  psql(role, database, text) {
    const run = spawnSync("psql", ["-XqAt", "-v", "ON_ERROR_STOP=1", this.url(role, database), "-c", text],
      { encoding: "utf8", env: { ...process.env, PGOPTIONS: "-c search_path=aisha,public" } });
    return run.status === 0 ? run.stdout.trim() : run.stderr;
  }

  set() {
    const { hostname, port } = new URL(postgres.replace(/^postgres:/, "http:"));
    const run = spawnSync("bash", [path.join(deploy, "postgres/roles.sh"), this.folder],
      { encoding: "utf8", env: { ...process.env, PGHOST: hostname, PGPORT: port, PGDATABASE: this.database } });
    assert.equal(run.status, 0, run.stderr);
  }

  /** The owner brings the schema up; an administrator sets the rights before and after, as operators are told to. */
  migrate() {
    this.set();
    const made = spawnSync(path.join(build, "aisha"), ["migrate"], {
      encoding: "utf8", cwd: this.folder, env: { PATH: process.env.PATH, AISHA_DATABASE_URL: this.url("aisha_owner"), AISHA_BLOBS_URL: `dir:${this.folder}/blobs` },
    });
    assert.equal(made.status, 0, made.stderr);
    assert.match(made.stdout, /applied 0001/);
    this.set();
  }

  async drop() {
    this.psql("postgres", "postgres", `DROP DATABASE ${this.database} WITH (FORCE)`);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

test("a role that may change rows, but no table, is enough to serve; money and migrations are not its to change", { skip }, async () => {
  const roles = new Roles();
  roles.migrate();
  const world = await World.start({ settings: { database: { url: roles.url("aisha") } } });
  const person = await world.person();
  await person.press(await person.openCreate(), "1");
  await person.sees("the picture", isResult);
  await world.stop();
  assert.equal(roles.psql("aisha", roles.database, "SELECT count(*) FROM generation_requests WHERE status = 'ready'"), "1");
  for (const statement of [
    "UPDATE ledger_transfer SET amount = amount + 1", "DELETE FROM ledger_transfer", "DELETE FROM job_transition", "UPDATE aisha_schema SET number = 9",
    "CREATE TABLE aisha.own (id int)", "CREATE SCHEMA own", "DROP TABLE inbox", "ALTER TABLE users ADD COLUMN note text", "TRUNCATE outbox",
  ]) {
    assert.match(roles.psql("aisha", roles.database, statement), /permission denied|must be owner/, statement);
  }
  assert.equal(roles.psql("postgres", roles.database, "SELECT count(*) FROM pg_authid WHERE rolname IN ('aisha', 'aisha_owner') AND rolpassword LIKE 'SCRAM-%'"), "2");
  await roles.drop();
});
