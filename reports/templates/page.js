"use strict";
// Without this script everything is open: the page can be read, it is only long.
(function () {
  const folds = [...document.querySelectorAll(".fold")];
  const rows = (area) => document.querySelector(`.rows[data-area="${area}"]`);
  const find = document.getElementById("find");
  const only = document.getElementById("only");
  const openAll = document.getElementById("open");
  const behaviours = [...document.querySelectorAll("tr.behaviour")];
  const more = (row) => row.nextElementSibling;

  function fold(button, open) {
    button.setAttribute("aria-expanded", String(open));
    rows(button.dataset.area).hidden = !open;
  }
  function show(row, open) {
    more(row).hidden = !open;
    row.querySelector("a").setAttribute("aria-expanded", String(open));
  }
  function filter() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const filtering = words.length > 0 || only.checked;
    for (const row of behaviours) {
      const text = row.cells[0].textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word)) || (only.checked && row.dataset.disagree !== "yes");
      if (row.hidden) show(row, false);
    }
    for (const row of document.querySelectorAll("tr.module")) row.hidden = filtering;
    for (const button of folds) {
      const found = behaviours.some((row) => !row.hidden && rows(button.dataset.area).contains(row));
      fold(button, filtering && found);
    }
  }
  function visit() {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row || !row.classList.contains("behaviour")) return;
    const button = folds.find((each) => rows(each.dataset.area).contains(row));
    fold(button, true);
    row.hidden = false;
    show(row, true);
    row.scrollIntoView({ block: "center" });
  }

  for (const button of folds) {
    fold(button, false);
    button.addEventListener("click", () => fold(button, button.getAttribute("aria-expanded") !== "true"));
  }
  for (const row of behaviours) {
    show(row, false);
    row.cells[0].addEventListener("click", (event) => {
      event.preventDefault();
      const open = more(row).hidden;
      show(row, open);
      if (open) history.replaceState(null, "", `#${row.id}`);
    });
  }
  find.addEventListener("input", filter);
  only.addEventListener("change", filter);
  openAll.addEventListener("click", () => {
    const open = folds.some((button) => button.getAttribute("aria-expanded") !== "true");
    for (const button of folds) fold(button, open);
    openAll.textContent = open ? "Close all" : "Open all";
  });
  addEventListener("hashchange", visit);
  visit();
})();
