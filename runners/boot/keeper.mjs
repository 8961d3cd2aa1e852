/**
 * `node keeper.mjs COMMAND...`: run a browser, and see to it that nothing of it outlives the one who asked for it.
 *
 * The browser gets a new folder for its profile, and is killed with its children when this standard input ends, as it
 * does whichever way the asker dies; then the folder goes. To be there for that, this runs in a session of its own.
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
    // It is gone, or never came.
  }
  // What is dying may still be writing there.
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
