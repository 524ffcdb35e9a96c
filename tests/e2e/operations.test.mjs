// SPDX-License-Identifier: Apache-2.0
// docs/operations, followed to the letter below a folder. A block marked "sh" is run; one marked "sh box" needs systemd,
// a server or a certificate and is only looked at by docs.test.mjs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, root } from "./programs.mjs";

const token = "123456:AAEabcdefghijklmnopqrstuvwxyz012345";
let box;

before(() => {
  box = fs.mkdtempSync(path.join(os.tmpdir(), "aisha-box-"));
  for (const folder of ["etc", "var/lib/aisha"]) fs.mkdirSync(path.join(box, folder), { recursive: true });
});
after(() => fs.rmSync(box, { recursive: true, force: true }));

/** The document's words on a box whose / is the folder. What the test command has done already is left out. */
function onTheBox(line) {
  return line
    .replace(/^(tools\/setup build|make build)$/, ":")
    .replace(/^sudo cmake --install build\/release/, `cmake --install ${build} --prefix ${box}/usr/local`)
    .replace(/^sudo systemd-sysusers$/, `systemd-sysusers --root=${box}`)
    .replace(/^sudo /, "")
    .replace(/build\/release\//g, `${build}/`)
    .replace(/deploy\/secrets/g, `${box}/deploy-secrets`)
    .replace(/(?<=[ >'=:])\/etc\/systemd/g, `${box}/etc/systemd`)
    .replace(/(?<=[ >'=:])\/(etc|var\/lib)\/aisha/g, `${box}/$1/aisha`);
}

function follow(name, variables = {}) {
  const text = fs.readFileSync(path.join(root, "docs/operations", name), "utf8");
  const lines = [...text.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) => block.trimEnd().split("\n")).map(onTheBox);
  assert.ok(lines.length > 0, name);
  const run = spawnSync("bash", ["-euo", "pipefail", "-c", lines.join("\n")], {
    cwd: root, input: "", encoding: "utf8", env: { ...process.env, ...variables },
  });
  assert.equal(run.status, 0, `${name}:\n${lines.join("\n")}\n${run.stdout}${run.stderr}`);
  return run.stdout;
}

function aisha(args, variables = {}) {
  return spawnSync(path.join(box, "usr/local/bin/aisha"), args, { encoding: "utf8", env: { PATH: process.env.PATH, ...variables } });
}

test("one-box.md installs the programs, the units and a configuration that starts", () => {
  follow("one-box.md");
  assert.equal(aisha(["version"]).status, 0);
  assert.ok(fs.existsSync(path.join(box, "usr/local/bin/aisha-imager")));
  const units = path.join(box, "usr/local/lib/systemd/system");
  for (const unit of ["aisha.service", "aisha@.service", "aisha-command@.service"]) {
    assert.ok(fs.existsSync(path.join(units, unit)), unit);
    const parts = fs.readdirSync(path.join(units, `${unit}.d`)).sort();
    assert.deepEqual(parts, ["hardening.conf", "secrets.conf", ...(unit === "aisha@.service" ? ["servers.conf"] : [])]);
  }
  assert.match(fs.readFileSync(path.join(box, "etc/passwd"), "utf8"), /^aisha:/m);
  const secrets = path.join(box, "etc/aisha/secrets");
  assert.deepEqual(fs.readdirSync(secrets).sort(), ["fal-key", "telegram-token"]);
  for (const name of fs.readdirSync(secrets)) assert.equal(fs.statSync(path.join(secrets, name)).mode & 0o777, 0o600);

  fs.writeFileSync(path.join(secrets, "telegram-token"), `${token}\n`);
  const config = path.join(box, "etc/aisha/aisha.toml");
  fs.writeFileSync(config, fs.readFileSync(config, "utf8").replaceAll("/var/lib/aisha", `${box}/var/lib/aisha`));
  const made = aisha(["migrate", "--config", config], { AISHA_TELEGRAM_TOKEN_FILE: path.join(secrets, "telegram-token") });
  assert.equal(made.status, 0, made.stderr);
  assert.match(made.stdout, /applied 0001/);
});

test("upgrade.md tells what a start would change before anything is changed", () => {
  assert.match(follow("upgrade.md"), /nothing to do/);
});

test("several-boxes.md and compose.yaml leave configurations that Aisha takes", { skip: !process.env.AISHA_TEST_POSTGRES && "no PostgreSQL: tools/servers postgres" }, () => {
  follow("several-boxes.md");
  const secrets = path.join(box, "etc/aisha/secrets");
  assert.deepEqual(fs.readdirSync(secrets).sort(), ["database-password", "fal-key", "s3-secret-key", "telegram-token"]);
  for (const config of [path.join(box, "etc/aisha/aisha.toml"), path.join(root, "deploy/compose.toml")]) {
    // The servers of the examples are elsewhere; all the rest is as it is.
    const plan = aisha(["migrate", "--plan", "--config", config], {
      AISHA_TELEGRAM_TOKEN: token, AISHA_S3_SECRET_KEY: "secret", AISHA_DATABASE_URL: process.env.AISHA_TEST_POSTGRES,
      AISHA_BLOBS_URL: `dir:${box}/blobs`, AISHA_CACHE_URL: "memory:",
    });
    assert.equal(plan.status, 0, `${config}: ${plan.stderr}`);
    assert.match(plan.stdout, /would apply 0001/);
  }
});

test("everything that one-box.toml keeps lies in the folder that the unit may write to", () => {
  const config = fs.readFileSync(path.join(root, "deploy/one-box.toml"), "utf8");
  const places = [...config.matchAll(/^url = "(?:sqlite|dir):(.*)"/gm)].map(([, place]) => place);
  assert.equal(places.length, 2);
  for (const place of places) assert.ok(place.startsWith("/var/lib/aisha/"), place);
  assert.match(fs.readFileSync(path.join(root, "deploy/systemd/hardening.conf"), "utf8"), /^StateDirectory=aisha$/m);
});

test("the packages that tools/runtime_packages names hold every library of the programs", () => {
  const programs = ["aisha", "aisha-imager"].map((name) => path.join(build, name));
  const run = spawnSync(path.join(root, "tools/runtime_packages"), programs, { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const packages = run.stdout.trim().split("\n");
  for (const name of [/^libvips42/, /^libcurl4/, /^libsqlite3-0$/, /^libboost-json/]) assert.ok(packages.some((one) => name.test(one)), `${name}`);
  for (const name of packages) assert.match(name, /^lib/, "nothing but libraries is needed");
});
