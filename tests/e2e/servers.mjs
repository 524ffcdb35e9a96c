// SPDX-License-Identifier: Apache-2.0
// Real PostgreSQL, Redis and MinIO of a test's own, each reached through the fault proxy.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import readline from "node:readline";
import { root } from "./programs.mjs";

const tool = path.join(root, "tools/servers");

export class Servers {
  /** names: "postgres", "redis", "minio". */
  static async start(...names) {
    const servers = new Servers();
    servers.child = spawn(tool, ["--hold", ...names], { stdio: ["pipe", "pipe", "inherit"] });
    servers.ended = new Promise((resolve) => servers.child.once("exit", resolve));
    servers.lines = readline.createInterface({ input: servers.child.stdout })[Symbol.asyncIterator]();
    servers.variables = JSON.parse(await servers.line());
    return servers;
  }

  async line() {
    const { value, done } = await this.lines.next();
    if (done) throw new Error("tools/servers ended");
    return value;
  }

  async order(what, name) {
    this.child.stdin.write(`${what} ${name}\n`);
    const answer = await this.line();
    if (answer !== "done") throw new Error(answer);
  }

  /** At once: PostgreSQL's "immediate" shutdown, SIGKILL for the others. */
  kill(name) {
    return this.order("kill", name);
  }

  /** The same data on the same port. */
  restart(name) {
    return this.order("start", name);
  }

  async stop() {
    this.child.stdin.end();
    await this.ended;
  }
}

const hostOf = (url) => new URL(url.replace(/^\w+:/, "http:")).host;

/** Rows as objects; beside the product and its road. */
export function psql(url, query) {
  const text = `SELECT coalesce(json_agg(t), '[]') FROM (${query}) t`;
  const options = { encoding: "utf8", env: { ...process.env, PGOPTIONS: "-c search_path=aisha,public" }, maxBuffer: 64 << 20 };
  return JSON.parse(execFileSync("psql", ["-XqAt", "-v", "ON_ERROR_STOP=1", url.replace("postgres://", "postgresql://"), "-c", text], options));
}

export function psqlDo(url, ...statements) {
  const words = statements.flatMap((text) => ["-c", text]);
  execFileSync("psql", ["-Xq", "-v", "ON_ERROR_STOP=1", url.replace("postgres://", "postgresql://"), ...words], { stdio: ["ignore", "ignore", "inherit"] });
}

/**
 * Gives the world a database and a role, a key prefix and buckets of its own on these servers, with the roads `postgres`, `redis`
 * and `s3` before them; returns the tables of aisha.toml.
 */
export async function furnish(world, { variables }) {
  const own = `aisha_${randomBytes(6).toString("hex")}`;
  const tables = {};
  if (variables.AISHA_TEST_POSTGRES) {
    psqlDo(variables.AISHA_TEST_POSTGRES, `CREATE ROLE ${own} LOGIN`, `CREATE DATABASE ${own} OWNER ${own}`);
    world.own = own;
    world.database = variables.AISHA_TEST_POSTGRES.replace(/postgres$/, own);
    world.postgres = await world.proxy.before("postgres", hostOf(variables.AISHA_TEST_POSTGRES));
    tables.database = { url: `postgres://${own}@${world.postgres.address}/${own}` };
  }
  if (variables.AISHA_TEST_REDIS) {
    world.redisPort = Number(hostOf(variables.AISHA_TEST_REDIS).split(":")[1]);
    world.redis = await world.proxy.before("redis", hostOf(variables.AISHA_TEST_REDIS));
    tables.cache = { url: `redis://${world.redis.address}/0`, prefix: `${own}:` };
  }
  if (variables.AISHA_TEST_S3) {
    const bucket = own.replace("_", "-");
    world.s3 = await world.proxy.before("s3", hostOf(variables.AISHA_TEST_S3));
    tables.blobs = { url: `s3+http://${world.s3.address}` };
    tables.s3 = {
      access_key: variables.AISHA_TEST_S3_ACCESS_KEY, secret_key: variables.AISHA_TEST_S3_SECRET_KEY, region: "us-east-1", path_style: true,
      bucket_generated: `${bucket}-generated`, bucket_templates: `${bucket}-templates`, bucket_temp: `${bucket}-temp`,
    };
  }
  return tables;
}
