"use strict";
// The page of a behaviour: its whole program, from the parts that it shares with others and its own; and, only when the
// reader asks for it and the builder of the site gave an address, Pyodide.
(() => {
  const { prelude, driver } = globalThis.conformance.program;
  const parts = JSON.parse(document.getElementById("program-parts").textContent);
  const text = `${parts.head}${prelude}\n\n${parts.body}\n\n${driver}\n\n${parts.end}`;
  document.getElementById("program").textContent = text;
  document.getElementById("whole").hidden = false;

  const copy = document.getElementById("copy-program");
  copy.hidden = false;
  copy.addEventListener("click", () => {
    const done = () => {
      copy.textContent = "Copied";
    };
    const select = () => {
      const whole = document.getElementById("whole");
      whole.open = true;
      getSelection().selectAllChildren(document.getElementById("program"));
      if (document.execCommand("copy")) done();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, select);
    else select();
  });

  const run = document.getElementById("run-here");
  if (!run) return;
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
        python.runPython(text, { globals: python.toPy({ __name__: "__main__" }) });
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
