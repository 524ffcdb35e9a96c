#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Kills the product with SIGKILL at random moments under load, then judges from the sandbox's own record: every accepted
// tap is one picture, one charge, one message. --db postgres: three processes on a PostgreSQL of its own.
// usage: crash_loop [--build DIR] [--kills N] [--seed N] [--db sqlite|postgres] [--restarts N] [--freezes N] [--requests N]
// [--webhooks]
import { parseArgs } from "node:util";
import path from "node:path";
const text = (value) => ({ type: "string", default: value });
const { values } = parseArgs({ options: { build: text("build/release"), kills: text("50"), seed: text("1"), db: text("sqlite"), restarts: text("0"), freezes: text("0"), requests: text(""), webhooks: { type: "boolean", default: false } } });
process.env.AISHA_BUILD ??= path.resolve(values.build);
const { crashLoop } = await import("./crash.mjs");
const started = Date.now();
const order = { kills: Number(values.kills), seed: Number(values.seed), postgres: values.db === "postgres", restarts: Number(values.restarts), freezes: Number(values.freezes), webhooks: values.webhooks, say: console.log };
if (values.requests) order.visitors = Number(values.requests);
const { wrong, requests, returned, surplus } = await crashLoop(order);
for (const line of wrong) console.error(line);
console.log(`${order.kills} kills, ${order.restarts} restarts, ${order.freezes} freezes, ${requests} requests in ${Math.round((Date.now() - started) / 1000)} s: ${wrong.length} wrong, ${returned} with all submits cut off and coins returned, ${surplus} surplus submits`);
process.exit(wrong.length ? 1 : 0);
