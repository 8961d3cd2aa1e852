/** Start Pyodide and run a program in it, the same way in Node and in a browser. */

/**
 * Run `program` as `python -c` would; the exit status.
 *
 * `load` is the package's loadPyodide and `folder` where its files are. `host` has what stands for the standard streams:
 * `readLine()` blocks and gives null at the end, `write(descriptor, bytes)` writes; and `build`, the words that tell this
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
  const stdin = () => host.readLine();
  try {
    const python = await load({ indexURL: folder, stdin, stdout: lines(1), stderr: lines(2) });
    python.setStdin({ stdin, isatty: false });
    python.setStdout(bytes(1));
    python.setStderr(bytes(2));
    const build = [`pyodide-${python.version}`, ...host.build].join(" ");
    python.runPython(`import os\nos.environ["CONFORMANCE_BUILD"] = ${JSON.stringify(build)}`);
    const globals = python.toPy({ __name__: "__main__" });
    // With stack switching asyncio can run a loop inside of a call, if the call was made by this entry. Without it, the
    // other entry is the right one: it leaves no task of Pyodide's own current, which no other loop could run beside.
    if (typeof WebAssembly.Suspending === "function") await python.runPythonAsync(program, { globals });
    else python.runPython(program, { globals });
    return 0;
  } catch (error) {
    return statusOf(error, lines(2));
  }
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
