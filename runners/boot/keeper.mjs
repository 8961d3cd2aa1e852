/**
 * `node keeper.mjs COMMAND...`: run a browser, and end it together with the process that started this one.
 *
 * The browser gets a new folder for its profile. When the standard input of this process ends, as it does however its
 * parent dies, the browser and its children are killed and the folder is removed. This process runs in a session of its
 * own, so that it is still alive then.
 */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [command, ...words] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "conformance-chromium-"));
const browser = spawn(command, [`--user-data-dir=${profile}`, ...words], {
  detached: true,
  stdio: ["ignore", "ignore", "inherit"],
});

function finish(status) {
  try {
    process.kill(-browser.pid, "SIGKILL");
  } catch {
    // The browser has already ended, or did not start.
  }
  // A process that is ending may still write there.
  rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  process.exit(status);
}

browser.on("error", (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  finish(1);
});
browser.on("exit", (status) => finish(status ?? 1));
process.stdin.resume();
for (const ending of ["end", "error"]) process.stdin.on(ending, () => finish(0));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => finish(1));
process.stderr.on("error", () => {});
