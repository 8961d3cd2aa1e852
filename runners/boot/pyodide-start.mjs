/** Start Pyodide and run a program in it, the same way in Node and in a browser. */

const CHUNK = 1 << 16;
const NEWLINE = 10;

/**
 * Run `program` as `python -c` would, and return the exit status.
 *
 * `load` is the package's loadPyodide, and `folder` the place of its files. `host` has the standard streams:
 * `read(bytes)` blocks, fills `bytes` from the start and returns the number of bytes, 0 at the end; `write(descriptor,
 * bytes)` writes. Its `build` has the words that distinguish this start from others of the same Python. An exception
 * that ends the runtime is written to stderr.
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
    // With these, the streams behave as in other interpreters. Pyodide before 0.24 has only the functions above.
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
 * A function that runs the whole `program` in one call.
 *
 * If the engine has stack switching and the call is a promising one, asyncio can run an event loop inside the call.
 * runPythonAsync would be promising too, but it calls from inside an event loop, so that the program could not run one.
 */
function callOf(python, program) {
  const globals = python.toPy({ __name__: "__main__" });
  const code = python.globals.get("compile")(program, "<string>", "exec");
  const execute = python.globals.get("exec");
  const switching = typeof WebAssembly.Suspending === "function" && execute.callPromising !== undefined;
  return () => (switching ? execute.callPromising(code, globals) : execute(code, globals));
}

/** Read up to the end of a line, as one array: an older Pyodide takes the end of each array for the end of the file. */
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

/** The exit status for an exception that ended the runtime. The exception is written to stderr. */
function statusOf(error, say) {
  const text = String(error?.message ?? error).trimEnd();
  const exit = error?.name === "Exit" && /exit\((\d+)\)/.exec(text);
  if (exit) return Number(exit[1]);
  const ended = error?.type === "SystemExit" && /SystemExit(?:: (.*))?$/.exec(text);
  if (ended && /^(|None|\d+)$/.test(ended[1] ?? "")) return Number(ended[1] ?? 0) || 0;
  // A result shows the last line. A traceback of Python ends with the exception; a stack of Node does not, so add it.
  say(ended ? ended[1] : error?.type ? text : `${error?.stack ?? ""}\n${error?.name ?? "thrown"}: ${text}`);
  return 1;
}
