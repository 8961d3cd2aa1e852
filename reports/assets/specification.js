// The filters of the specification view. Without this script every sentence is shown.
"use strict";
(() => {
  const find = document.getElementById("find");
  const failing = document.getElementById("failing");
  const untested = document.getElementById("untested");
  const found = document.getElementById("found");
  const sections = [...document.querySelectorAll(".document")].map((element) => ({
    element,
    parts: [...element.querySelectorAll("tbody")].map((body) => {
      const rows = [...body.querySelectorAll(".demand")];
      const title = body.rows[0].textContent.toLowerCase();
      return { body, title, rows, texts: rows.map((row) => row.cells[0].textContent.toLowerCase()) };
    }),
  }));

  function apply() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { element, parts } of sections) {
      let here = 0;
      for (const { body, title, rows, texts } of parts) {
        rows.forEach((row, number) => {
          row.hidden =
            (failing.checked && !("fails" in row.dataset)) ||
            (untested.checked && !("untested" in row.dataset)) ||
            !words.every((word) => texts[number].includes(word) || title.includes(word));
          here += row.hidden ? 0 : 1;
        });
        body.hidden = rows.every((row) => row.hidden);
      }
      element.hidden = here === 0;
      count += here;
    }
    found.textContent = `${count} rows`;
  }

  // A fragment with "=" in it is the filters, another one is a place on the page.
  function store() {
    const chosen = new URLSearchParams();
    if (find.value) chosen.set("find", find.value);
    if (failing.checked) chosen.set("failing", "yes");
    if (untested.checked) chosen.set("untested", "yes");
    history.replaceState(null, "", `#${chosen}`);
  }

  function restore() {
    const fragment = location.hash.slice(1);
    if (!fragment.includes("=")) return;
    const chosen = new URLSearchParams(fragment);
    find.value = chosen.get("find") ?? "";
    failing.checked = chosen.get("failing") === "yes";
    untested.checked = chosen.get("untested") === "yes";
    apply();
  }

  for (const control of [find, failing, untested]) {
    control.addEventListener("input", () => {
      apply();
      store();
    });
  }
  addEventListener("hashchange", restore);
  document.querySelector("[data-tools]").hidden = false;
  restore();
})();
