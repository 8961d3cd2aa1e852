"use strict";
// Runs the program of a behaviour in the reader's browser. It is a part of the site only if its builder gave an address
// of Pyodide, and asks that address for nothing before the reader presses the button.
(() => {
  const run = document.getElementById("run-here");
  const output = document.getElementById("run-output");
  run.hidden = false;
  document.getElementById("run-note").hidden = false;
  run.addEventListener("click", async () => {
    run.disabled = true;
    output.hidden = false;
    output.textContent = "Loading Pyodide…";
    const lines = [];
    const show = (line) => {
      lines.push(line);
      output.textContent = lines.join("\n");
    };
    try {
      const { loadPyodide } = await import(new URL("pyodide.mjs", run.dataset.pyodide).href);
      const python = await loadPyodide({ stdout: show, stderr: show });
      output.textContent = "Running…";
      try {
        python.runPython(document.getElementById("program").textContent, { globals: python.toPy({ __name__: "__main__" }) });
      } catch (error) {
        if (!String(error).includes("SystemExit")) show(String(error));
      }
      if (!lines.length) show("The program printed nothing.");
    } catch (error) {
      output.textContent = `Pyodide could not be loaded from ${run.dataset.pyodide}: ${error}`;
    }
    run.disabled = false;
  });
})();
