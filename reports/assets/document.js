"use strict";
// The filters on the page of a document. Without this script every demand is shown.
(() => {
  const { columns, statuses, finder, prepare, address } = globalThis.conformance;
  const [find, fails, untested, found] = ["find", "fails", "untested", "found"].map((id) => document.getElementById(id));
  const parts = [...document.querySelectorAll(".demands tbody")].map((body) => {
    const [heading, ...rows] = body.rows;
    const title = prepare(heading.textContent);
    return { body, rows, texts: rows.map((row) => title + prepare(row.cells[0].textContent)) };
  });
  const heads = columns.map((column, place) => ({ ...column, place })).filter((column) => column.head);

  // A demand fails on an implementation if it fails on the newest release.
  function failing(row) {
    const asked = fails.value === "any" ? heads : heads.filter((column) => column.family === fails.value);
    return asked.some((column) => statuses[row.dataset.s[column.place]].fails);
  }

  // What the address leads to is shown, whatever the filters say.
  function target() {
    const place = location.hash.slice(1);
    return place && !place.includes("=") ? document.getElementById(place) : null;
  }

  function apply() {
    const matches = finder(find.value);
    const wanted = target();
    let count = 0;
    let all = 0;
    for (const { body, rows, texts } of parts) {
      let here = 0;
      rows.forEach((row, number) => {
        row.hidden =
          (fails.value && (row.classList.contains("cited") || !failing(row))) ||
          (untested.checked && !("untested" in row.dataset)) ||
          !matches(texts[number]);
        here += row.hidden ? 0 : 1;
      });
      body.hidden = here === 0 && !(wanted && body.contains(wanted));
      count += here;
      all += rows.length;
    }
    found.textContent = count === all ? `${all} rows` : `${count} of ${all} rows`;
  }

  function store(typing) {
    const chosen = new URLSearchParams();
    if (find.value) chosen.set("find", find.value);
    if (fails.value) chosen.set("fails", fails.value);
    if (untested.checked) chosen.set("untested", "yes");
    address.write(chosen, typing);
  }

  function restore() {
    const chosen = address.read();
    find.value = chosen.get("find") ?? "";
    fails.value = chosen.get("fails") ?? "";
    if (fails.selectedIndex < 0) fails.value = "";
    untested.checked = chosen.get("untested") === "yes";
    apply();
  }

  for (const control of [find, fails, untested]) {
    control.addEventListener("input", () => {
      apply();
      store(control === find ? "find" : null);
    });
  }
  addEventListener("popstate", restore);
  addEventListener("hashchange", () => {
    restore();
    target()?.scrollIntoView();
  });
  restore();
})();
