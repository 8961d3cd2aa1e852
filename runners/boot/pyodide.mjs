/** `node pyodide.mjs -c PROGRAM`: Pyodide in this Node, from the npm package `pyodide`. */

import { createRequire } from "node:module";
import { join } from "node:path";

import { packageFolder, programOf, readSome, writeAll } from "./process.mjs";
import { run } from "./pyodide-start.mjs";

const program = programOf(process.argv.slice(2));
const folder = packageFolder("pyodide", "pyodide.js", "CONFORMANCE_PYODIDE");
// In older packages, pyodide.mjs does not load.
const { loadPyodide } = createRequire(import.meta.url)(join(folder, "pyodide.js"));
const status = await run(loadPyodide, `${folder}/`, program, {
  read: readSome,
  write: writeAll,
  build: [`node-${process.versions.node.split(".")[0]}`],
});
process.exit(status);
