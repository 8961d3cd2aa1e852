/** Start Pyodide and run a program in it, the same way in Node and in a browser. */

const CHUNK = 1 << 16;
const NEWLINE = 10;

/**
 * Run `program` as `python -c` would; the exit status.
 *
 * `load` is the package's loadPyodide and `folder` where its files are. `host` has what stands for the standard streams:
 * `read(bytes)` blocks, fills `bytes` from the start and says how far, 0 at the end; `write(descriptor, bytes)`; and `build`, the words that tell this
 * start from others of the same Python. Whatever ends the runtime is written to stderr.
 */
export async function run(load, folder, program, host) {
  const lines = (descriptor) => (text) => host.write(descriptor, new TextEncoder().encode(`${text}\n`));
  const bytes = (descriptor) => ({
    write(buffer) {
      host.write(descriptor, buffer);
      return buffer.length;
    },
  });
  try {
    const stdin = () => wholeLines(host.read);
    const python = await load({ indexURL: folder, stdin, stdout: lines(1), stderr: lines(2) });
    // By these the streams are what they are elsewhere. They came with 0.24; before, what is given above has to do.
    if (!/^0\.(1\d|2[0-3])\./.test(python.version)) {
      python.setStdin({ read: host.read, isatty: false });
      python.setStdout(bytes(1));
      python.setStderr(bytes(2));
    }
    const build = [`pyodide-${python.version}`, ...host.build].join(" ");
    python.runPython(`import os\nos.environ["CONFORMANCE_BUILD"] = ${JSON.stringify(build)}`);
    await callOf(python, program)();
    return 0;
  } catch (error) {
    return statusOf(error, lines(2));
  }
}

/**
 * What runs `program` from its beginning to its end, as one call.
 *
 * With stack switching, which not every engine has, asyncio can run a loop inside of the call, if it is made as a promising
 * one. runPythonAsync would be promising too, but from inside of a loop, so that the program could run no other.
 */
function callOf(python, program) {
  const globals = python.toPy({ __name__: "__main__" });
  const code = python.globals.get("compile")(program, "<string>", "exec");
  const execute = python.globals.get("exec");
  const switching = typeof WebAssembly.Suspending === "function" && execute.callPromising !== undefined;
  return () => (switching ? execute.callPromising(code, globals) : execute(code, globals));
}

/** What `read` gives up to the end of a line, as one array: an older Pyodide sees the end of the file behind each one. */
function wholeLines(read) {
  const bytes = [];
  let last;
  do {
    const chunk = new Uint8Array(CHUNK);
    last = chunk.subarray(0, read(chunk));
    for (const byte of last) bytes.push(byte);
  } while (last.length > 0 && last.at(-1) !== NEWLINE);
  return Uint8Array.from(bytes);
}

/** The exit status that an exception out of the runtime stands for, after saying on stderr what it is. */
function statusOf(error, say) {
  const text = String(error?.message ?? error).trimEnd();
  const exit = error?.name === "Exit" && /exit\((\d+)\)/.exec(text);
  if (exit) return Number(exit[1]);
  const ended = error?.type === "SystemExit" && /SystemExit(?:: (.*))?$/.exec(text);
  if (ended && /^(|None|\d+)$/.test(ended[1] ?? "")) return Number(ended[1] ?? 0) || 0;
  // The last line is what a reader of the result gets to see. A traceback of Python's ends with it, a stack of Node's does not.
  say(ended ? ended[1] : error?.type ? text : `${error?.stack ?? ""}\n${error?.name ?? "thrown"}: ${text}`);
  return 1;
}
