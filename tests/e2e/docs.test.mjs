// SPDX-License-Identifier: Apache-2.0
// What the documents tell people to type exists and answers.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { aisha, root } from "./programs.mjs";

const documents = execFileSync("git", ["ls-files", "*.md"], { cwd: root, encoding: "utf8" }).trim().split("\n");

function* commands() {
  for (const name of documents) {
    const text = fs.readFileSync(path.join(root, name), "utf8");
    for (const [, block] of text.matchAll(/^```sh.*?\n(.*?)^```/gms)) {
      for (const line of block.split("\n")) {
        const command = line.replace(/\s+#.*$/, "").trim();
        if (command) yield { name, command };
      }
    }
  }
}

test("every make target that a document names exists", () => {
  const seen = [...commands()].filter(({ command }) => command.startsWith("make "));
  assert.ok(seen.length >= 2);
  for (const { name, command } of seen) {
    const target = command.split(/\s+/)[1];
    assert.match(fs.readFileSync(path.join(root, "Makefile"), "utf8"), new RegExp(`^${target}:`, "m"), `${name}: ${command}`);
  }
});

test("every aisha command and option that a document names answers", () => {
  for (const { name, command } of commands()) {
    const found = /^(?:sudo )?(?:build\/release\/)?aisha ([a-z]+(?: (?:check|list|preview|allow|reject|import))?)(.*)$/.exec(command);
    if (!found) continue;
    const help = aisha(...found[1].split(" "), "--help");
    assert.equal(help.status, 0, `${name}: ${command}\n${help.stderr}`);
    for (const [option] of found[2].matchAll(/--[a-z-]+/g)) {
      assert.ok(help.stdout.includes(option), `${name}: ${command}: no ${option}`);
    }
  }
});

test("every folder of src has a README", () => {
  for (const folder of fs.readdirSync(path.join(root, "src"), { withFileTypes: true })) {
    if (folder.isDirectory()) assert.ok(fs.existsSync(path.join(root, "src", folder.name, "README.md")), folder.name);
  }
});

test("an unknown command or option ends with status 2 and a sentence", () => {
  for (const args of [["fly"], ["serve", "--speed"], []]) {
    const run = aisha(...args);
    assert.equal(run.status, 2, args.join(" "));
    assert.ok(run.stderr.length > 10);
  }
});
