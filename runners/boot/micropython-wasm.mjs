/** `node micropython-wasm.mjs -c PROGRAM`: MicroPython compiled to WebAssembly, from its npm package. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { packageFolder, programOf, readSome, writeAll } from "./process.mjs";

const NAME = "@micropython/micropython-webassembly-pyscript";
const HEAP = 64 << 20;
const STACK = 64 << 10;

const program = programOf(process.argv.slice(2));
const folder = packageFolder(NAME, "micropython.mjs", "CONFORMANCE_MICROPYTHON_WASM");
const { loadMicroPython } = await import(pathToFileURL(join(folder, "micropython.mjs")));
const python = await loadMicroPython({
  heapsize: HEAP,
  pystack: STACK,
  linebuffer: false,
  stdout: (bytes) => writeAll(1, bytes),
  stderr: (bytes) => writeAll(2, bytes),
});
let pending = Buffer.alloc(0);
python.registerJsModule("_streams", { readline, write: (text) => writeAll(1, Buffer.from(text)) });
// MicroPython's own sys.stdin cannot wait for input and cannot be replaced, so the module sys is replaced as a whole.
// The module os is replaced too: it has no environ, and the agent reads the words for this build there.
const build = `wasm node-${process.versions.node.split(".")[0]}`;
python.runPython(`
import os
import sys
import _streams

class Stream:
    def readline(self):
        return _streams.readline()

    def write(self, text):
        _streams.write(text)
        return len(text)

class Sys:
    stdin = Stream()
    stdout = Stream()

    def __getattr__(self, name):
        return getattr(real_sys, name)

class Os:
    environ = {"CONFORMANCE_BUILD": "${build}"}

    def __getattr__(self, name):
        return getattr(real_os, name)

real_os, real_sys = os, sys
sys.modules["os"] = Os()
real_sys.modules["sys"] = Sys()
`);
try {
  python.runPython(program);
} catch (error) {
  writeAll(2, Buffer.from(`${error?.message ?? error}\n`));
  process.exit(1);
}
process.exit(0);

/** The next line with its newline, or the rest of the input at its end. */
function readline() {
  const chunk = Buffer.alloc(1 << 16);
  for (;;) {
    const end = pending.indexOf("\n") + 1;
    const size = end > 0 ? 0 : readSome(chunk);
    if (end > 0 || size === 0) {
      const line = pending.subarray(0, end || pending.length).toString();
      pending = pending.subarray(end || pending.length);
      return line;
    }
    pending = Buffer.concat([pending, chunk.subarray(0, size)]);
  }
}
