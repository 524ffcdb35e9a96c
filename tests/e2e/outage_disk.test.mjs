// SPDX-License-Identifier: Apache-2.0
// One box: the database file and the pictures share a disk, and it is full.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { World } from "./world.mjs";
import { endure, hurried, report } from "./outage.mjs";
import { SmallDisk, noDisk } from "./small_disk.mjs";

let disk;
let world;
before(async () => {
  if (noDisk) return;
  disk = new SmallDisk(fs.mkdtempSync(path.join(os.tmpdir(), "aisha-disk-")), 48);
  const settings = { timing: hurried, database: { url: `sqlite:${disk.folder}/aisha.db` }, blobs: { url: `dir:${disk.folder}/blobs` } };
  world = await World.start({ settings });
  world.databaseFile = path.join(disk.folder, "aisha.db");
  await world.sim("POST", "/sim/fal/settings", { max_side: 256, concurrency: 8, queue_ms: 20, run_ms: 200 });
});
after(async () => {
  await world?.stop();
  disk?.unmount();
  if (disk) fs.rmdirSync(disk.folder);
});

test("the disk of one box is full: nothing is taken that cannot be kept, and nothing is lost", { skip: noDisk }, async () => {
  // What still fits into half-filled pages goes on.
  const figures = await endure(world, { people: 8, inject: async () => disk.fill(), remove: async () => disk.free(), surplus: 8 });
  report("disk full", figures);
});
