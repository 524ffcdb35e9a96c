// SPDX-License-Identifier: Apache-2.0
// A disk of a few megabytes that a test fills up. Mounting one takes root.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export class SmallDisk {
  constructor(folder, megabytes) {
    this.folder = folder;
    this.megabytes = megabytes;
    fs.mkdirSync(folder, { recursive: true });
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=0777`, "tmpfs", folder], { stdio: "ignore" });
  }

  get ballast() {
    return path.join(this.folder, "ballast");
  }

  fill() {
    try {
      fs.writeFileSync(this.ballast, Buffer.alloc(this.megabytes << 20));
    } catch (error) {
      if (error.code !== "ENOSPC") throw error;
    }
  }

  free() {
    fs.rmSync(this.ballast, { force: true });
  }

  unmount() {
    execFileSync("umount", [this.folder]);
  }
}

const mayMount = (() => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "aisha-mount-"));
  try {
    new SmallDisk(folder, 1).unmount();
    return true;
  } catch {
    return false;
  } finally {
    fs.rmdirSync(folder);
  }
})();
export const noDisk = mayMount ? false : "no right to mount a small disk";
