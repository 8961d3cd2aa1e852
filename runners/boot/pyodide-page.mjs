/** The page around Pyodide: only a worker may wait for its input, so Pyodide is in one. */

const worker = new Worker("boot/pyodide-worker.mjs", { type: "module" });
worker.onmessage = (event) => exit(event.data);
worker.onerror = (event) => exit(1, `an error in the worker: ${event.message}`);
