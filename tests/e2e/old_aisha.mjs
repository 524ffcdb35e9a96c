// SPDX-License-Identifier: Apache-2.0
// A database of its own with an older Aisha in it, on the PostgreSQL that the tests were given.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { build, root } from "./programs.mjs";

const server = process.env.AISHA_TEST_POSTGRES;
export const skip = server ? false : "AISHA_TEST_POSTGRES is not set: no PostgreSQL to adopt from";

let made = 0;

function psqlOf(url) {
  return ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url];
}

export class OldAisha {
  /** fixtures: names below tests/fixtures/existing_aisha, or SQL; run in order. */
  constructor(...fixtures) {
    this.name = `adopt_${process.pid}_${++made}`;
    this.url = server.replace(/\/[^/]*$/, `/${this.name}`);
    spawnSync("psql", [...psqlOf(server), "-c", `CREATE DATABASE ${this.name}`]);
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "aisha-adopt-"));
    for (const fixture of fixtures) {
      const file = path.join(root, "tests/fixtures/existing_aisha", fixture);
      this.sql(fixture.length < 40 && fs.existsSync(file) ? fs.readFileSync(file, "utf8") : fixture);
    }
    this.config = path.join(this.folder, "aisha.toml");
    fs.writeFileSync(this.config, `[database]\nurl = "${this.url}"\n[blobs]\nurl = "dir:${this.folder}/blobs"\n`, { mode: 0o600 });
  }

  /** Rows as arrays of texts. */
  sql(text) {
    const run = spawnSync("psql", [...psqlOf(this.url), "-F", "\t"], { input: text, encoding: "utf8", maxBuffer: 1 << 28 });
    if (run.status !== 0) throw new Error(run.stderr);
    return run.stdout.split("\n").filter((line) => line !== "").map((line) => line.split("\t"));
  }

  number(text) {
    return Number(this.sql(text)[0][0]);
  }

  /** The older bot at work; ends with its exit code. */
  meanwhile(text) {
    const child = spawn("psql", psqlOf(this.url), { stdio: ["pipe", "ignore", "inherit"] });
    child.stdin.end(text);
    return new Promise((resolve) => child.once("exit", resolve));
  }

  /** Words of the command line, then perhaps variables. */
  aisha(...words) {
    const variables = typeof words.at(-1) === "object" ? words.pop() : {};
    return spawnSync(path.join(build, "aisha"), [...words, "--config", this.config], { encoding: "utf8", env: { ...process.env, ...variables } });
  }

  /** Runs `aisha adopt` and kills it as soon as so many rows are taken over in all. */
  async killedAt(rows) {
    // The server itself watches: it is as quick as the rows, however busy the machine is.
    const seen = this.meanwhile(`SET statement_timeout = '10min';
DO $$ BEGIN WHILE (SELECT count(*) FROM aisha.adopted_rows) < ${rows} LOOP PERFORM pg_sleep(0.002); END LOOP; END $$;`);
    const child = spawn(path.join(build, "aisha"), ["adopt", "--config", this.config], { stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(signal)));
    await Promise.race([seen, ended]);
    child.kill("SIGKILL");
    return ended;
  }

  /** An object where the older bot's would lie. */
  putObject(key, bytes) {
    const file = path.join(this.folder, "blobs", "aisha-v2-generated", key);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
  }

  /** One word for everything the older bot keeps, and for the shape of its tables. */
  fingerprint() {
    const tables = this.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1");
    const rows = tables.map(([t]) => this.sql(`SELECT '${t}', count(*), md5(string_agg(x::text, '|' ORDER BY x::text)) FROM public.${t} x`)[0]);
    const shape = this.sql("SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2");
    return JSON.stringify([rows, shape]);
  }

  drop() {
    spawnSync("psql", [...psqlOf(server), "-c", `DROP DATABASE ${this.name} WITH (FORCE)`]);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What must be there when everything is taken over, counted from the older bot's tables. */
export function expected(old) {
  const completed = "upper(g.status::text) = 'COMPLETED' AND json_array_length(g.result_urls) > 0 AND u.telegram_id ~ '^[0-9]+$'";
  return {
    pictures: old.number(`SELECT sum(json_array_length(g.result_urls)) FROM public.image_generations g JOIN public.users u ON u.id = g.user_id WHERE ${completed}`),
    ...expectedCoins(old),
  };
}

export function expectedCoins(old) {
  return {
    coins: old.number("SELECT sum(floor(coins)) FROM public.user_balances WHERE coins >= 0 AND coins <> 'NaN'"),
    purses: old.number("SELECT count(*) FROM public.user_balances WHERE coins >= 0 AND coins <> 'NaN'"),
  };
}

export function found(old) {
  return {
    pictures: old.number("SELECT count(*) FROM aisha.generation_history"),
    coins: old.number("SELECT coalesce(sum(balance), 0) FROM aisha.ledger_account WHERE kind = 'available'"),
    purses: old.number("SELECT count(*) FROM aisha.ledger_account WHERE kind = 'available'"),
  };
}
