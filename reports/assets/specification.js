"use strict";
// The search over the demands of all documents, and the way from old addresses to the pages of the documents.
(() => {
  const { columns, statuses, demands, finder, prepare, element, tell, address } = globalThis.conformance;
  const [find, fails, untested, found, list] = ["find", "fails", "untested", "found", "demands"].map((id) =>
    document.getElementById(id),
  );
  const pages = new Map([...document.querySelectorAll("[data-page]")].map((row) => [row.id, row]));
  const SHOWN = 100;
  const texts = demands.map(([section, title, sentence, ids, quotes]) => prepare(`${section} ${title} ${sentence} ${ids} ${quotes}`));
  const order = [...fails.options].map((option) => option.value);
  const heads = columns.map((column, place) => ({ ...column, place })).filter((column) => column.head);
  heads.sort((a, b) => order.indexOf(a.family) - order.indexOf(b.family));

  // specification.html#PEP525.AGEN_OBJECT was the place of a section before each document had a page.
  function forward() {
    const section = location.hash.slice(1);
    const page = section.includes(".") ? pages.get(section.split(".")[0]) : undefined;
    if (page) location.replace(`${page.dataset.page}#${section}`);
  }

  function item([section, title, sentence, ids, , letters]) {
    const row = pages.get(section.split(".")[0]);
    const made = element("li");
    const place = element("span", `${row.cells[0].textContent} › `, { class: "place" });
    place.append(element("a", title, { href: `${row.dataset.page}#${section}` }));
    made.append(place);
    tell(sentence || "Shown by", made);
    for (const id of ids ? ids.split(" ") : []) made.append(" ", element("a", id, { class: "id", href: `b/${id}.html` }));
    const failing = heads.filter((column) => statuses[letters[column.place]].fails).map((column) => `${column.name} ${column.release}`);
    if (!ids) made.append(element("em", "untested", { class: "untested" }));
    if (failing.length) made.append(element("div", `Fails on ${failing.join(", ")}`, { class: "soft" }));
    return made;
  }

  function apply() {
    const asked = fails.value === "any" ? heads : heads.filter((column) => column.family === fails.value);
    const active = find.value.trim() || fails.value || untested.checked;
    const matches = finder(find.value);
    const hits = [];
    if (active) {
      demands.forEach((row, number) => {
        const [, , sentence, ids, , letters] = row;
        if (fails.value && !(sentence && asked.some((column) => statuses[letters[column.place]].fails))) return;
        if (untested.checked && ids) return;
        if (matches(texts[number])) hits.push(row);
      });
    }
    list.replaceChildren(...hits.slice(0, SHOWN).map(item));
    if (hits.length > SHOWN) list.append(element("li", `… and ${hits.length - SHOWN} more: choose, or type one more word.`));
    list.hidden = !hits.length;
    found.textContent = active ? `${hits.length} found` : "";
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
    // The old page had one box for all implementations.
    fails.value = chosen.get("fails") ?? (chosen.get("failing") === "yes" ? "any" : "");
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
  addEventListener("hashchange", forward);
  restore();
  forward();
})();
