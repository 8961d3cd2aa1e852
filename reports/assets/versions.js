"use strict";
// The filters of the versions view. Without this script every change is shown.
(() => {
  const { finder, prepare, address } = globalThis.conformance;
  const oldest = document.getElementById("oldest");
  const find = document.getElementById("find");
  const binding = document.getElementById("binding");
  const found = document.getElementById("found");
  const links = new Map([...document.querySelectorAll(".of-versions a")].map((link) => [link.hash.slice(1), link.parentElement]));
  const sections = [...document.querySelectorAll(".of-version")].map((element) => ({
    element,
    version: Number(element.dataset.version),
    link: links.get(element.querySelector("h2").id),
    bodies: [...element.querySelectorAll("tbody")],
    rows: [...element.querySelectorAll(".change")],
  }));
  const texts = new Map();
  for (const { rows } of sections) for (const row of rows) texts.set(row, prepare(row.cells[0].textContent));

  // What the address leads to is shown, whatever the filters say.
  function target() {
    const place = location.hash.slice(1);
    return place && !place.includes("=") ? document.getElementById(place) : null;
  }

  function apply() {
    const from = oldest.value ? Number(oldest.value.split(".")[1]) : 0;
    const matches = finder(find.value);
    const wanted = target();
    let count = 0;
    for (const { element, version, link, bodies, rows } of sections) {
      let here = 0;
      for (const row of rows) {
        const shown = version > from && !(binding.checked && row.classList.contains("detail")) && matches(texts.get(row));
        here += shown ? 1 : 0;
        row.hidden = !shown && row !== wanted;
      }
      for (const body of bodies) body.hidden = ![...body.querySelectorAll(".change")].some((row) => !row.hidden);
      element.hidden = here === 0 && !(wanted && element.contains(wanted));
      link.lastElementChild.textContent = here;
      link.hidden = here === 0;
      count += here;
    }
    found.textContent = count === texts.size ? `${count} changes` : `${count} of ${texts.size} changes`;
  }

  function store(typing) {
    const chosen = new URLSearchParams();
    if (oldest.value) chosen.set("oldest", oldest.value);
    if (find.value) chosen.set("find", find.value);
    if (binding.checked) chosen.set("details", "no");
    address.write(chosen, typing);
  }

  function restore() {
    const chosen = address.read();
    oldest.value = chosen.get("oldest") ?? "";
    if (oldest.selectedIndex < 0) oldest.value = "";
    find.value = chosen.get("find") ?? "";
    binding.checked = chosen.get("details") === "no";
    apply();
  }

  for (const control of [oldest, find, binding]) {
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
