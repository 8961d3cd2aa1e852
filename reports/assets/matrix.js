"use strict";
// The query of the matrix: which behaviours fail here and hold there. The query is in the address, behind "?", so that
// no anchor destroys it, and each change is a step back.
(() => {
  const { columns, statuses, behaviours, causes, ask, fit } = globalThis.conformance;
  const form = document.getElementById("query");
  const result = document.getElementById("result");
  const overview = document.getElementById("overview");
  const table = document.getElementById("rows");
  const more = document.getElementById("more");
  const found = document.getElementById("found");
  const WHO = ["fails", "holds", "without"];
  const SINGLE = ["level", "area", "show", "cause", "words"];
  const STEP = 100;

  const families = new Map();
  columns.forEach((column, place) => {
    const known = families.get(column.family) ?? { name: column.name, places: [] };
    known.places.push(place);
    families.set(column.family, known);
  });

  // A name in a query is a column, by any of its names; a family stands for its newest release, and with * for all.
  function places(name) {
    if (name.endsWith("*")) return families.get(name.slice(0, -1))?.places ?? [];
    const place = columns.findIndex((column) => [column.page, column.slug, ...column.names].includes(name));
    if (place >= 0) return [place];
    const family = families.get(name);
    return family ? [family.places.find((each) => columns[each].head)] : [];
  }
  function words(name, facet) {
    if (name.endsWith("*")) {
      const family = families.get(name.slice(0, -1))?.name ?? name;
      return facet === "fails" ? `${family}, in any release` : `${family}, ${facet === "holds" ? "in every" : "each"} release`;
    }
    const [place] = places(name);
    return place === undefined ? `${name}, which is not here` : columns[place].title;
  }
  const fails = (letter) => statuses[letter].fails;
  const holds = (letter) => statuses[letter].holds;

  let state = {};
  function read() {
    const given = new URLSearchParams(location.search);
    state = {};
    for (const name of WHO) state[name] = (given.get(name) ?? "").split(",").filter(Boolean);
    for (const name of SINGLE) state[name] = given.get(name) ?? "";
  }
  function address() {
    const given = new URLSearchParams();
    for (const name of WHO) if (state[name].length) given.set(name, state[name].join(","));
    for (const name of SINGLE) if (state[name]) given.set(name, state[name]);
    return String(given).replaceAll("%2C", ",").replaceAll("%2A", "*");
  }
  function remember(replace) {
    const query = address();
    if (query === location.search.slice(1)) return;
    const url = `${location.pathname}${query ? `?${query}` : ""}`;
    try {
      if (replace) history.replaceState(null, "", url);
      else history.pushState(null, "", url);
    } catch {
      // A browser may not let a page from a folder change its address.
    }
  }

  function reasons(id, place) {
    return (causes.of[id]?.[place] ?? []).map((number) => causes.list[number]);
  }
  function matches(row, seen) {
    const [id, , level, , , area, , letters] = row;
    if (state.level === "" ? level === "detail" : state.level !== "all" && level !== state.level) return false;
    if (state.area && area !== state.area) return false;
    for (const name of state.fails) if (!places(name).some((place) => fails(letters[place]))) return false;
    for (const name of state.holds) {
      const those = places(name);
      if (those.some((place) => fails(letters[place])) || !those.some((place) => holds(letters[place]))) return false;
    }
    const failing = seen.filter((place) => fails(letters[place]));
    if (state.show === "failing" && !failing.length) return false;
    if (state.show === "disagree" && !(failing.length && seen.some((place) => holds(letters[place])))) return false;
    if (state.show === "one" && new Set(failing.map((place) => columns[place].family)).size !== 1) return false;
    if (state.cause) {
      const asked = state.fails.length ? state.fails.flatMap(places) : seen;
      const those = asked.filter((place) => fails(letters[place]));
      const fits = {
        unreported: (place) => reasons(id, place).some(([, upstream]) => upstream === null),
        none: (place) => !reasons(id, place).length && !statuses[letters[place]].known,
        known: (place) => statuses[letters[place]].known,
      }[state.cause] ?? ((place) => reasons(id, place).some(([, , , cause]) => cause === state.cause));
      if (!those.some(fits)) return false;
    }
    return true;
  }

  function element(name, options = {}, ...children) {
    const made = Object.assign(document.createElement(name), options);
    made.append(...children);
    return made;
  }
  function sentence(text) {
    return text.split(/``(.+?)``/).map((part, number) => (number % 2 ? element("code", { textContent: part }) : part));
  }
  let rows = [];
  let shown = 0;
  let visible = [];
  function draw() {
    const body = table.tBodies[0];
    const made = rows.slice(shown, shown + STEP).map(([id, text, level, , , , , letters]) => {
      const head = element("th", { scope: "row" });
      head.append(element("a", { className: "id", href: `b/${id}.html`, textContent: id }), " ", ...sentence(text));
      if (level === "detail") head.append(" ", element("span", { className: "level detail", textContent: "detail" }));
      const row = element("tr", {}, head);
      for (const place of visible) {
        const status = statuses[letters[place]];
        const cell = element("td", {
          className: `sign ${status.name.replaceAll(" ", "-")}`,
          title: `${columns[place].title}: ${status.meaning}`,
        });
        if (status.fails) cell.append(element("a", { href: `b/${id}.html#${columns[place].page}`, textContent: status.sign }));
        else cell.textContent = status.sign;
        row.append(cell);
      }
      return row;
    });
    body.append(...made);
    shown += made.length;
    more.hidden = shown >= rows.length;
    more.textContent = `Show ${Math.min(STEP, rows.length - shown)} more of ${rows.length - shown}`;
  }
  function apply() {
    const asked = Boolean(address());
    result.hidden = !asked;
    overview.hidden = asked;
    if (!asked) return;
    const left = new Set(state.without.flatMap((name) => (families.has(name) ? places(`${name}*`) : places(name))));
    const seen = columns.map((_, place) => place).filter((place) => !left.has(place));
    const pool = state.words ? ask(state.words, behaviours.length).map((place) => behaviours[place]) : behaviours;
    rows = pool.filter((row) => matches(row, seen));
    // Of a family in all its releases the newest is shown, or the table would be too wide to read.
    const named = [...state.fails, ...state.holds].flatMap((name) => places(name.replace("*", "")));
    visible = [...new Set([...named, ...seen.filter((place) => columns[place].head)])];
    table.tHead.rows[0].replaceChildren(
      element("th", { scope: "col", textContent: "Behaviour" }),
      ...visible.map((place) =>
        element(
          "th",
          { scope: "col", className: named.includes(place) ? "named" : "" },
          element("a", { href: `interpreters/${columns[place].page}.html`, title: columns[place].title, textContent: columns[place].name }),
          element("small", { textContent: columns[place].label }),
        ),
      ),
    );
    table.tBodies[0].replaceChildren();
    shown = 0;
    draw();
    const parts = [];
    if (state.fails.length) parts.push(`fail on ${state.fails.map((name) => words(name, "fails")).join(" and ")}`);
    if (state.holds.length) parts.push(`hold on ${state.holds.map((name) => words(name, "holds")).join(" and ")}`);
    if (state.without.length) parts.push(`are looked at without ${state.without.map((name) => words(name, "without")).join(" and ")}`);
    const count = `${rows.length} behaviour${rows.length === 1 ? "" : "s"}`;
    found.textContent = parts.length ? `${count} ${parts.join(" and ")}.` : `${count}.`;
    fit([table.closest(".wide")]);
  }

  function fill() {
    for (const name of WHO) {
      const list = form.querySelector(`[data-chosen=${name}]`);
      list.replaceChildren(
        ...state[name].map((each) => {
          const button = element("button", { type: "button", textContent: "×" });
          button.setAttribute("aria-label", `Remove ${words(each, name)}`);
          button.addEventListener("click", () => {
            state[name] = state[name].filter((other) => other !== each);
            changed();
          });
          return element("li", {}, `${words(each, name)} `, button);
        }),
      );
    }
    for (const name of SINGLE) {
      const control = form.elements[name];
      if (name === "cause" && state.cause && ![...control.options].some((option) => option.value === state.cause)) {
        const known = causes.list.find(([, , , id]) => id === state.cause);
        control.add(new Option(known ? known[0] : state.cause, state.cause));
      }
      if (document.activeElement !== control || control.tagName !== "INPUT") control.value = state[name];
    }
  }
  function changed(replace) {
    remember(replace);
    fill();
    apply();
  }

  for (const select of form.querySelectorAll("[data-facet]")) {
    const name = select.dataset.facet;
    for (const [slug, { name: title, places: those }] of families) {
      const head = columns[those.find((place) => columns[place].head)];
      if (name === "without") {
        select.add(new Option(title, slug));
        continue;
      }
      const group = element("optgroup", { label: title });
      group.append(new Option(head.title, slug));
      if (those.length > 1) {
        group.append(new Option(words(`${slug}*`, name), `${slug}*`));
        for (const place of those) if (!columns[place].head) group.append(new Option(columns[place].title, columns[place].page));
      }
      select.append(group);
    }
    select.addEventListener("change", () => {
      if (select.value && !state[name].includes(select.value)) state[name].push(select.value);
      select.value = "";
      changed();
    });
  }
  form.addEventListener("input", (event) => {
    if (!SINGLE.includes(event.target.name)) return;
    const typing = event.target.name === "words" && state.words !== "";
    state[event.target.name] = event.target.value;
    changed(typing);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    for (const name of WHO) state[name] = [];
    for (const name of SINGLE) state[name] = "";
    setTimeout(changed);
  });
  more.addEventListener("click", () => draw());
  addEventListener("popstate", () => {
    read();
    fill();
    apply();
  });

  // The links of the help are queries too, and need no new page.
  document.getElementById("help").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    const given = new URLSearchParams(link.getAttribute("href"));
    for (const name of WHO) state[name] = (given.get(name) ?? "").split(",").filter(Boolean);
    for (const name of SINGLE) state[name] = given.get(name) ?? "";
    changed();
  });

  read();
  fill();
  apply();
})();
