/** Pyodide in a worker. Its standard streams are requests to the server, which block until there is an answer. */

import { loadPyodide } from "../pyodide/pyodide.mjs";
import { run } from "./pyodide-start.mjs";

function ask(path, body) {
  const request = new XMLHttpRequest();
  request.open("POST", new URL(`../${path}`, import.meta.url), false);
  request.responseType = "arraybuffer";
  request.send(body);
  return new Uint8Array(request.response);
}

// The page does not see a rejection that nobody handles in a worker.
addEventListener("unhandledrejection", (event) => ask("exit/1", `an error in the worker: ${event.reason}`));

const program = await (await fetch(new URL("../program", import.meta.url))).text();
const [, version] = /Chrome\/(\d+)/.exec(navigator.userAgent);
const status = await run(loadPyodide, new URL("../pyodide/", import.meta.url).href, program, {
  read(bytes) {
    const some = ask("read", String(bytes.length));
    bytes.set(some);
    return some.length;
  },
  write(descriptor, bytes) {
    // A request must not send a view of the runtime's memory.
    ask(`write/${descriptor}`, bytes.slice());
  },
  build: [`chromium-${version}`],
});
postMessage(status);
