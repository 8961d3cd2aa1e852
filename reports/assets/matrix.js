"use strict";
// The filters of the matrix, and its folding. Without this script the page has every row, and is only long.
// Colours and counts are made again from the letters in data-s, one for each column. The page's rules say what each
// letter stands for, and how dark a count is.
(() => {
  const form = document.getElementById("filters");
  const table = document.getElementById("matrix");
  const scroll = document.getElementById("scroll");
  const unfold = document.getElementById("unfold");
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing");
  const style = document.head.appendChild(document.createElement("style"));
  const all = (selector, within) => [...(within || table).querySelectorAll(selector)];
  const rules = JSON.parse(document.getElementById("rules").textContent);
  const fails = (letter) => rules.fails.includes(letter);
  const FACETS = ["implementation", "level", "area", "verdict"];
  const SINGLE = ["from", "to", "show", "text"];

  const columns = all("tr.versions th").map((head) => ({
    title: head.querySelector("a").title,
    implementation: head.dataset.implementation,
    version: number(head.dataset.version),
  }));
  const heads = all("tr.groups th");
  const modules = all("tbody.module").map((head) => {
    const body = head.nextElementSibling;
    return { name: head.dataset.module, area: head.dataset.area, head, body, open: false, rows: [...body.rows] };
  });
  const areas = all("tbody.area").map((head) => {
    const name = head.dataset.area;
    return { name, head, open: true, modules: modules.filter((module) => module.area === name) };
  });
  const total = table.querySelector("tbody.total");
  const rows = [];
  for (const module of modules)
    for (const element of module.rows)
      rows.push({ element, module, level: element.className, statuses: element.dataset.s, text: "", shown: true });

  function number(version) {
    const [major, minor] = version.split(".");
    return Number(major) * 1000 + Number(minor);
  }

  // The state is the form and the open modules; the part of the address behind # holds the same.
  function chosen(name) {
    return all(`input[name=${name}]:checked`, form).map((box) => box.value);
  }
  function read() {
    const state = {};
    for (const name of FACETS) state[name] = chosen(name);
    for (const name of SINGLE) state[name] = form.elements[name].value.trim();
    return state;
  }
  function remember(state) {
    const words = new URLSearchParams();
    for (const name of FACETS) if (state[name].length) words.set(name, state[name].join(","));
    for (const name of SINGLE) if (state[name]) words.set(name, state[name]);
    const open = searching(state) ? [] : modules.filter((module) => module.open).map((module) => module.name);
    if (open.length) words.set("open", open.length === modules.length ? "all" : open.join(","));
    const hash = String(words).replaceAll("%2C", ",");
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }
  function restore() {
    const hash = location.hash.slice(1);
    const words = new URLSearchParams(hash.includes("=") ? hash : "");
    for (const name of FACETS) {
      const values = (words.get(name) || "").split(",");
      for (const box of all(`input[name=${name}]`, form)) box.checked = values.includes(box.value);
    }
    for (const name of SINGLE) {
      form.elements[name].value = words.get(name) || "";
      if (form.elements[name].value === "" && form.elements[name].options) form.elements[name].selectedIndex = 0;
    }
    const open = (words.get("open") || "").split(",");
    for (const module of modules) module.open = open.includes("all") || open.includes(module.name);
    apply(read(), true);
    const target = hash && !hash.includes("=") && document.getElementById(hash);
    const row = target && rows.find((each) => each.element === target);
    if (row) {
      row.module.open = true;
      fold();
      target.scrollIntoView({ block: "center" });
    }
  }

  function searching(state) {
    return Boolean(state.text || state.show || state.verdict.length);
  }
  function visible(state) {
    const from = state.from ? number(state.from) : 0;
    const to = state.to ? number(state.to) : Infinity;
    return columns.map(
      (column) =>
        (!state.implementation.length || state.implementation.includes(column.implementation)) &&
        column.version >= from && column.version <= to,
    );
  }
  function matches(row, state, indexes, words, wanted) {
    if (state.level.length && !state.level.includes(row.level)) return false;
    if (state.area.length && !state.area.includes(row.module.area)) return false;
    const letters = indexes.map((index) => row.statuses[index]);
    if (wanted.length && !letters.some((letter) => wanted.includes(letter))) return false;
    if (state.show === "disagree") {
      // Only what an interpreter showed can disagree; a failure is one whether it is known or not.
      const told = letters.filter((letter) => letter === rules.holds || fails(letter));
      const said = new Set(told.map((letter) => rules.same[letter] ?? letter));
      if (said.size < 2) return false;
    } else if (state.show) {
      const failing = indexes.filter((index) => fails(row.statuses[index]));
      const groups = state.show === "interpreter" ? failing : failing.map((index) => columns[index].implementation);
      if (new Set(groups).size !== 1) return false;
    }
    if (words.length) {
      row.text = row.text || row.element.cells[0].textContent.toLowerCase();
      if (!words.every((word) => row.text.includes(word))) return false;
    }
    return true;
  }
  function apply(state, keep) {
    const seen = visible(state);
    const indexes = columns.map((_, index) => index).filter((index) => seen[index]);
    const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = state.verdict.map((status) => rules.letters[status]);
    let found = 0;
    for (const row of rows) {
      row.shown = matches(row, state, indexes, words, wanted);
      row.element.hidden = !row.shown;
      found += row.shown;
    }
    const details = state.level.length === 1 && state.level[0] === "detail";
    for (const module of modules) {
      module.some = rows.some((row) => row.module === module && row.shown);
      if (searching(state)) module.open = module.some;
      else if (!keep && apply.searched) module.open = false;
      count(module.head, rows.filter((row) => row.module === module && row.shown), details);
    }
    for (const area of areas) {
      area.some = area.modules.some((module) => module.some);
      if (searching(state)) area.open = true;
      count(area.head, rows.filter((row) => row.module.area === area.name && row.shown), details);
    }
    count(total, rows.filter((row) => row.shown), details);
    apply.searched = searching(state);
    hideColumns(seen);
    shown.textContent =
      `${found} of ${rows.length} behaviours, ${indexes.length} of ${columns.length} interpreters`;
    nothing.hidden = found > 0 && indexes.length > 0;
    scroll.hidden = !nothing.hidden;
    fold();
  }
  function hideColumns(seen) {
    // A rule for a column is quicker than an attribute for each of its cells.
    style.textContent = seen
      .map((each, index) => (each ? "" : `#matrix tr:not(.groups) > :nth-child(${index + 2}) { display: none }`))
      .join("");
    let first = 0;
    for (const head of heads) {
      head.columns = head.columns || head.colSpan;
      const left = seen.slice(first, first + head.columns).filter(Boolean).length;
      first += head.columns;
      head.hidden = left === 0;
      head.colSpan = left || 1;
    }
  }
  function count(body, within, details) {
    const counted = within.filter((row) => (row.level === "detail") === details);
    [...body.rows[0].cells].slice(1).forEach((cell, index) => {
      if (cell.classList.contains("none")) return;
      let passed = 0, failed = 0, open = 0;
      for (const { statuses } of counted) {
        const letter = statuses[index];
        if (letter === rules.holds) passed += 1;
        else if (fails(letter)) failed += 1;
        else if (letter !== rules.outside) open += 1;
      }
      const applicable = passed + failed + open;
      const share = passed / applicable;
      const shade = applicable ? rules.shades.find(([, least]) => share >= least)[0] : 0;
      cell.className = `count s${shade}${cell.classList.contains("partial") ? " partial" : ""}`;
      if (applicable) {
        const bold = document.createElement("b");
        bold.textContent = passed;
        cell.replaceChildren(bold, `/${applicable}`);
      } else cell.textContent = "–";
      cell.title = `${columns[index].title}: of ${applicable}${details ? " details" : ""}, ${passed} hold, ` +
        `${failed} fail, ${open} are open`;
    });
  }

  // Folding
  function fold() {
    for (const area of areas) {
      area.head.hidden = !area.some;
      area.button.setAttribute("aria-expanded", String(area.open));
      for (const module of area.modules) {
        module.head.hidden = !area.open || !module.some;
        module.body.classList.toggle("open", area.open && module.open && module.some);
        module.button.setAttribute("aria-expanded", String(module.open));
      }
    }
    unfold.textContent = modules.some((module) => module.some && !module.open) ? "Open all" : "Close all";
    fits();
  }
  function button(group) {
    const place = group.head.querySelector(".fold");
    group.button = document.createElement("button");
    group.button.type = "button";
    group.button.className = "fold";
    group.button.textContent = place.textContent;
    place.replaceWith(group.button);
    group.button.addEventListener("click", () => {
      group.open = !group.open;
      fold();
      remember(read());
    });
  }
  [...areas, ...modules].forEach(button);
  unfold.addEventListener("click", () => {
    const open = unfold.textContent === "Open all";
    for (const area of areas) if (open) area.open = true;
    for (const module of modules) module.open = open;
    fold();
    remember(read());
  });

  // A table that fits needs no scrolling of its own, and its head can stay at the top of the window.
  function fits() {
    scroll.classList.remove("fits");
    scroll.classList.toggle("fits", table.scrollWidth <= scroll.clientWidth);
  }
  addEventListener("resize", fits);

  function changed() {
    const state = read();
    apply(state);
    remember(state);
  }
  function clear() {
    form.reset();
  }
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(changed));
  document.getElementById("clear").addEventListener("click", clear);
  addEventListener("hashchange", restore);

  // A small cell gets its title when the pointer is on it: ten thousands of titles would double the page.
  table.addEventListener("pointerover", (event) => {
    const cell = event.target.closest(".rows td");
    if (!cell || cell.title) return;
    const row = cell.parentElement;
    cell.title = `${row.id} on ${columns[cell.cellIndex - 1].title}: ${rules.meanings[row.dataset.s[cell.cellIndex - 1]]}`;
  });
  table.addEventListener("click", (event) => {
    const cell = event.target.closest(".rows td");
    if (cell) location.href = cell.parentElement.querySelector("a").href;
  });

  const box = document.getElementById("filterbox");
  box.hidden = false;
  restore();
  // On a narrow screen the filters would fill the window.
  box.open = matchMedia("(min-width: 50rem)").matches || location.hash.includes("=");
})();
