/** `node brython-chromium.mjs -c PROGRAM`: Brython in a headless Chromium. It takes the agent, not PROGRAM. */

import { openPage } from "./chromium.mjs";
import { packageFolder, programOf } from "./process.mjs";

programOf(process.argv.slice(2));
const folder = packageFolder("brython", "brython_stdlib.js", "CONFORMANCE_BRYTHON");
openPage("brython-page.mjs", {
  folders: { brython: folder },
  scripts: ["brython/brython.js", "brython/brython_stdlib.js"],
});
