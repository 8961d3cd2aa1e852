/** `node brython.mjs -c PROGRAM`: Brython in this Node, from the npm package `brython`. It takes the agent, not PROGRAM. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { runInThisContext } from "node:vm";

import { converse } from "./brython-session.mjs";
import { packageFolder, programOf, writeAll } from "./process.mjs";

programOf(process.argv.slice(2));
const folder = packageFolder("brython", "brython_stdlib.js", "CONFORMANCE_BRYTHON");
const say = (...values) => writeAll(2, Buffer.from(`${values.join(" ")}\n`));
console.log = console.debug = console.info = console.warn = console.error = say;
imitateBrowser();
const { __BRYTHON__: brython } = createRequire(import.meta.url)(join(folder, "brython.js"));
// Brython's own scripts and its imports look for it under these names.
globalThis.__BRYTHON__ = globalThis.$B = brython;
document.dispatchEvent = () => {};
runInThisContext(readFileSync(join(folder, "brython_stdlib.js"), "utf8"), { filename: "brython_stdlib.js" });
// An error after the end of its case, or in a promise that Brython drops, would end Node: a crash of the next case.
for (const event of ["unhandledRejection", "uncaughtException"]) {
  process.on(event, (error) => say(`${event}:`, error?.message ?? error));
}

await converse({
  lines: createInterface({ input: process.stdin }),
  write: (text) => writeAll(1, Buffer.from(text)),
  run: (source, name) => brython.runPythonSource(source, name),
  source: readFileSync(new URL("brython_agent.py", import.meta.url), "utf8"),
  build: [`node-${process.versions.node.split(".")[0]}`],
});
process.exit(0);

/** Define the names that Brython expects from a browser and Node does not have. */
function imitateBrowser() {
  globalThis.self = globalThis;
  globalThis.location = { href: "http://localhost/", origin: "http://localhost", pathname: "/" };
  globalThis.addEventListener = () => {};
  // Brython fetches a module that is not in its library: answer that there is none.
  globalThis.XMLHttpRequest = class {
    open() {}
    abort() {}
    getResponseHeader() {
      return null;
    }
    send() {
      this.readyState = 4;
      this.status = 404;
    }
  };
  // Node before 22 has no Set.difference, and Brython 3.14.3 would define a wrong one.
  Set.prototype.difference ??= function (other) {
    return new Set([...this].filter((each) => !other.has(each)));
  };
}
