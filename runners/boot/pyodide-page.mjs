/** The page around Pyodide. Pyodide runs in a worker, because only a worker may wait for input. */

const worker = new Worker("boot/pyodide-worker.mjs", { type: "module" });
worker.onmessage = (event) => exit(event.data);
worker.onerror = (event) => exit(1, `an error in the worker: ${event.message}`);
