#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Kills the product with SIGKILL at random moments under load, then judges from the sandbox's own record:
// every accepted tap is one picture, one charge, one message. usage: crash_loop [--build DIR] [--kills N] [--seed N]
import { parseArgs } from "node:util";
import path from "node:path";
const { values } = parseArgs({ options: { build: { type: "string", default: "build/release" }, kills: { type: "string", default: "50" }, seed: { type: "string", default: "1" } } });
process.env.AISHA_BUILD ??= path.resolve(values.build);
const { crashLoop } = await import("./crash.mjs");
const verdict = await crashLoop({ kills: Number(values.kills), seed: Number(values.seed), say: console.log });
for (const wrong of verdict.wrong) console.error(wrong);
process.exit(verdict.wrong.length ? 1 : 0);
