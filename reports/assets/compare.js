// The comparison of two results. Each text of a result file is shown as text, never as markup.
"use strict";
(() => {
  const rules = JSON.parse(document.getElementById("rules").textContent);
  const behaviours = globalThis.asyncgenBehaviours ?? {};
  const meanings = new Map(rules.lists);
  const SIDES = ["old", "new"];
  const byId = (id) => document.getElementById(id);
  const chosen = { old: null, new: null };

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function short(text) {
    const lines = text.split("\n");
    return lines.slice(0, 3).join("\n").slice(0, 500) + (lines.length > 3 || text.length > 500 ? " …" : "");
  }

  function complain(text) {
    byId("trouble").textContent = text;
    byId("trouble").hidden = !text;
  }

  // The words of an error in a document, or null: enough of the schema that the code below can read it.
  function wrong(found) {
    const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isObject(found)) return "is not a result file: an object is expected at the top";
    if (!rules.schemas.includes(found.schema)) {
      const shown = String(JSON.stringify(found.schema)).slice(0, 40);
      return `schema: is ${shown}; this page reads ${rules.schemas.join(" and ")}`;
    }
    for (const key of ["interpreter", "suite"]) if (!isObject(found[key])) return `${key}: is missing`;
    if (typeof found.interpreter.title !== "string") return "interpreter/title: is missing";
    if (!Array.isArray(found.outcomes)) return "outcomes: is not a list";
    const bad = found.outcomes.findIndex(
      (each) => !isObject(each) || typeof each.case !== "string" || !rules.verdicts.includes(each.verdict),
    );
    return bad < 0 ? null : `outcomes/${bad}: has no case, or no verdict that this page knows`;
  }

  // The state of a run, in the words of a reader: a file of schema 1 has no shard.
  function extent(found) {
    if (!found.complete) return "a run that was cut short";
    return found.selection || found.shard ? "a part of the suite" : "a full run";
  }

  function choose(side, name, found) {
    const trouble = wrong(found);
    if (trouble) {
      complain(`${name}: ${trouble}`);
      return false;
    }
    chosen[side] = { name, found };
    const date = String(found.started).slice(0, 10);
    byId(`${side}-chosen`).textContent = `${found.interpreter.title}, ${extent(found)}, ${date}`;
    show();
    return true;
  }

  function forget(side) {
    chosen[side] = null;
    byId(`${side}-chosen`).textContent = "nothing chosen";
    show();
  }

  // A page from a folder may not fetch, but it may run a script that enters the result into a registry.
  function load(slug) {
    return new Promise((resolve, reject) => {
      const known = () => globalThis.asyncgenResults?.[slug];
      if (known()) {
        resolve(known());
        return;
      }
      const script = element("script", undefined, { src: `data/results/${encodeURIComponent(slug)}.js` });
      script.onload = () => (known() ? resolve(known()) : reject());
      script.onerror = () => reject();
      document.head.append(script);
    });
  }

  async function fromSite(side, slug) {
    const select = byId(side);
    select.value = slug;
    if (select.selectedIndex < 0) select.value = "";
    byId(`${side}-file`).value = "";
    if (!select.value) {
      forget(side);
      if (slug) complain(`${slug}: is not a result of this site`);
      return;
    }
    try {
      const found = await load(slug);
      if (select.value === slug) choose(side, slug, found);
    } catch {
      complain(`${slug}: cannot be loaded; check that the folder data/results of the site is there`);
    }
  }

  async function fromFile(side, file) {
    let found;
    try {
      found = JSON.parse(await file.text());
    } catch {
      complain(`${file.name}: is not valid JSON, perhaps cut off`);
      return;
    }
    if (choose(side, file.name, found)) byId(side).value = "";
  }

  function sideOf(outcome) {
    if (!outcome) return "none";
    return outcome.applicable ? outcome.verdict : `${outcome.verdict} aside`;
  }

  function differences() {
    const [old, now] = SIDES.map((side) => new Map(chosen[side].found.outcomes.map((each) => [each.case, each])));
    const lists = new Map(rules.lists.map(([name]) => [name, []]));
    for (const name of [...new Set([...old.keys(), ...now.keys()])].sort()) {
      const [before, after] = [old.get(name), now.get(name)];
      lists.get(rules.changes[`${sideOf(before)} > ${sideOf(after)}`])?.push({ name, before, after });
    }
    return lists;
  }

  function item({ name, before, after }) {
    const made = element("li");
    const known = Object.hasOwn(behaviours, name.split("[")[0]) ? behaviours[name.split("[")[0]] : null;
    made.append(known ? element("a", name, { href: known[0], class: "id" }) : element("span", name, { class: "id" }));
    const verdicts = [before, after].map((each) => each?.verdict ?? "none").join(" → ");
    made.append(" ", element("b", verdicts));
    const level = String((after ?? before).level);
    if (level === "detail") made.append(" ", element("span", level, { class: "level detail" }));
    if (known) made.append(element("span", known[1].replaceAll("``", ""), { class: "sentence" }));
    for (const each of [before, after]) {
      if (each?.message) made.append(element("pre", short(String(each.message))));
      if (each?.known) made.append(element("span", `known: ${each.known}`, { class: "sentence" }));
    }
    return made;
  }

  function show() {
    const ready = SIDES.every((side) => chosen[side]);
    byId("difference").hidden = !ready;
    store();
    if (!ready) return;
    complain("");
    const [old, now] = SIDES.map((side) => chosen[side].found);
    byId("what").textContent = `From ${old.interpreter.title} to ${now.interpreter.title}`;
    const counts = [];
    byId("lists").replaceChildren();
    for (const [name, all] of differences()) {
      const found = all.filter(({ before, after }) => !binding() || (after ?? before).level !== "detail");
      counts.push(`${found.length} ${name}`);
      if (!found.length) continue;
      const section = element("details", undefined, { class: rules.worse.includes(name) ? "worse" : "other" });
      section.open = !["new", "gone"].includes(name) || found.length <= 50;
      section.dataset.list = name;
      const heading = element("summary");
      heading.append(element("b", `${name} (${found.length})`), ` ${meanings.get(name)}`);
      const list = element("ul");
      list.append(...found.map(item));
      section.append(heading, list);
      byId("lists").append(section);
    }
    if (!byId("lists").children.length) byId("lists").append(element("p", "No difference."));
    byId("counts").textContent = counts.join(", ");
    if (old.suite.revision !== now.suite.revision) {
      const text = `The two runs had different revisions of the suite: ${old.suite.revision} and ${now.suite.revision}.`;
      byId("lists").prepend(element("p", text, { class: "note" }));
    }
  }

  const binding = () => byId("binding").checked;

  // Only what comes from the site can be found again by an address.
  function store() {
    const address = new URLSearchParams();
    for (const side of SIDES) if (byId(side).value) address.set(side, byId(side).value);
    if (binding()) address.set("details", "no");
    history.replaceState(null, "", address.size ? `#${address}` : location.pathname + location.search);
  }

  function restore() {
    const address = new URLSearchParams(location.hash.slice(1));
    byId("binding").checked = address.get("details") === "no";
    const wanted = SIDES.map((side) => [side, address.get(side)]);
    for (const [side, slug] of wanted) if (slug) fromSite(side, slug);
  }

  for (const side of SIDES) {
    byId(side).addEventListener("change", () => fromSite(side, byId(side).value));
    byId(`${side}-file`).addEventListener("change", (event) => {
      if (event.target.files.length) fromFile(side, event.target.files[0]);
    });
  }
  byId("binding").addEventListener("change", show);
  byId("swap").addEventListener("click", () => {
    const names = SIDES.map((side) => byId(side).value);
    const texts = SIDES.map((side) => byId(`${side}-chosen`).textContent);
    [chosen.old, chosen.new] = [chosen.new, chosen.old];
    [byId("new").value, byId("old").value] = names;
    [byId("new-chosen").textContent, byId("old-chosen").textContent] = texts;
    for (const side of SIDES) byId(`${side}-file`).value = "";
    show();
  });

  // A file that misses the two fields would otherwise replace the page.
  const point = (target) => {
    for (const each of document.querySelectorAll(".side")) each.classList.toggle("over", each.contains(target));
  };
  addEventListener("dragover", (event) => {
    event.preventDefault();
    point(event.target);
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) point(null);
  });
  addEventListener("drop", async (event) => {
    event.preventDefault();
    point(null);
    const files = [...(event.dataTransfer?.files ?? [])];
    const target = event.target instanceof Element ? event.target.closest(".side")?.dataset.side : undefined;
    if (files.length > 2) {
      complain(`${files.length} files at once: drop one or two`);
    } else if (files.length === 2) {
      await fromFile("old", files[0]);
      await fromFile("new", files[1]);
    } else if (files.length === 1) {
      await fromFile(target ?? (chosen.old ? "new" : "old"), files[0]);
    }
  });

  document.querySelector("[data-tools]").hidden = false;
  restore();
})();
