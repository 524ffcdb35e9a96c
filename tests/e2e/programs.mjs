// SPDX-License-Identifier: Apache-2.0
// Where the project and its programs are.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const build = process.env.AISHA_BUILD ?? path.join(root, "build/release");

/** Runs `aisha` to its end. */
export const aisha = (...words) => spawnSync(path.join(build, "aisha"), words, { encoding: "utf8" });
