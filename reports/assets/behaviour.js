"use strict";
// The page of a behaviour: its whole program, from the parts that it shares with others and its own.
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
})();
