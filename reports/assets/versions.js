// The filters of the versions view. Without this script every change is shown.
"use strict";
(() => {
  const oldest = document.getElementById("oldest");
  const find = document.getElementById("find");
  const binding = document.getElementById("binding");
  const found = document.getElementById("found");
  const sections = [...document.querySelectorAll(".of-version")];
  const rows = sections.map((section) => [...section.querySelectorAll(".change")]);
  const texts = new Map(rows.flat().map((row) => [row, row.cells[0].textContent.toLowerCase()]));

  function apply() {
    const from = oldest.value ? Number(oldest.value.split(".")[1]) : 0;
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    sections.forEach((section, number) => {
      let here = 0;
      for (const row of rows[number]) {
        row.hidden =
          (binding.checked && row.classList.contains("detail")) || !words.every((word) => texts.get(row).includes(word));
        here += row.hidden ? 0 : 1;
      }
      for (const body of section.querySelectorAll("tbody")) {
        body.hidden = ![...body.querySelectorAll(".change")].some((row) => !row.hidden);
      }
      section.hidden = here === 0 || Number(section.dataset.version) <= from;
      count += section.hidden ? 0 : here;
    });
    found.textContent = `${count} changes`;
  }

  // A fragment with "=" in it is the filters, another one is a place on the page.
  function store() {
    const chosen = new URLSearchParams();
    if (oldest.value) chosen.set("oldest", oldest.value);
    if (find.value) chosen.set("find", find.value);
    if (binding.checked) chosen.set("details", "no");
    history.replaceState(null, "", `#${chosen}`);
  }

  function restore() {
    const fragment = location.hash.slice(1);
    if (!fragment.includes("=")) return;
    const chosen = new URLSearchParams(fragment);
    oldest.value = chosen.get("oldest") ?? "";
    if (oldest.selectedIndex < 0) oldest.value = "";
    find.value = chosen.get("find") ?? "";
    binding.checked = chosen.get("details") === "no";
    apply();
  }

  for (const control of [oldest, find, binding]) {
    control.addEventListener("input", () => {
      apply();
      store();
    });
  }
  addEventListener("hashchange", restore);
  document.querySelector("[data-tools]").hidden = false;
  apply();
  restore();
})();
