/** `node pyodide-chromium.mjs -c PROGRAM`: Pyodide in a headless Chromium, from the npm package `pyodide`. */

import { openPage } from "./chromium.mjs";
import { packageFolder, programOf } from "./process.mjs";

const program = programOf(process.argv.slice(2));
const folder = packageFolder("pyodide", "pyodide.mjs", "CONFORMANCE_PYODIDE");
openPage("pyodide-page.mjs", { folders: { pyodide: folder }, texts: { program } });
