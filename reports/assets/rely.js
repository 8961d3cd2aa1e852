"use strict";
// The answer to what a library can rely on, from data/columns.js and data/behaviours.js.
(() => {
  const { columns, behaviours, element, tell, address } = globalThis.conformance;
  const rules = JSON.parse(document.getElementById("rules").textContent);
  const byId = (id) => document.getElementById(id);
  const oldest = byId("oldest");
  const boxes = [...document.querySelectorAll("#choice input")];
  // Lists with more behaviours than this are folded by topic, and a fold is filled when it opens.
  const UNFOLDED = 150;

  const minor = (version) => Number(version.split(".")[1]);
  const numbers = (text) => (text.match(/[0-9]+/g) ?? []).map(Number);
  const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

  function newer(a, b) {
    const [one, two] = [numbers(columns[a].release), numbers(columns[b].release)];
    const place = one.findIndex((number, index) => number !== (two[index] ?? -1));
    return place >= 0 && one[place] > (two[place] ?? -1);
  }

  // The places of the runs that a family stands for: the newest one of each version of Python from the oldest one on.
  function standing(family, from) {
    const places = columns.map((_, place) => place).filter((place) => columns[place].family === family);
    const head = places.find((place) => columns[place].head);
    const build = JSON.stringify(columns[head].variant);
    const newest = new Map();
    for (const place of places) {
      const version = columns[place].judged[1];
      if (version < from || JSON.stringify(columns[place].variant) !== build) continue;
      if (!newest.has(version) || newer(place, newest.get(version))) newest.set(version, place);
    }
    return [...newest.values()];
  }

  function chosen() {
    const from = minor(oldest.value);
    const notes = [];
    const places = new Set();
    const names = [];
    for (const box of boxes) {
      if (box.name !== "on" || !box.checked) continue;
      const column = columns.findIndex((each) => each.page === box.value);
      names.push(box.parentElement.textContent.trim());
      if (column >= 0) {
        if (columns[column].judged[1] >= from) places.add(column);
        else notes.push(`${columns[column].title} is older than Python ${oldest.value} and is not judged.`);
        continue;
      }
      const found = standing(box.value, from);
      for (const place of found) places.add(place);
      if (!found.length) notes.push(`${names[names.length - 1]} has no run of Python ${oldest.value} or newer here, and is not judged.`);
    }
    const use = boxes.filter((box) => box.name === "use" && box.checked).map((box) => box.value);
    const topics = rules.topics.map(([id]) => !use.length || use.includes(id));
    return { from, last: Math.max(from, minor(rules.released)), notes, topics, names, all: !use.length, places: [...places].sort((a, b) => a - b) };
  }

  // What stands against a behaviour: versions in which it is not demanded, runs in which it fails, runs that do not tell.
  // Versions that are not released do not count, unless nothing older is supported; `ends` warns of them.
  function judge(row, { from, last, places, names }) {
    const [, , , since, until, , , letters] = row;
    const versions = [];
    if (minor(since) > from) versions.push(`since ${since}`);
    if (until !== null && minor(until) < last) versions.push(`up to ${until}`);
    const ends = until !== null && !versions.length ? `up to ${until}, the newest release` : "";
    const failing = [];
    const open = [];
    let shown = false;
    for (const place of places) {
      const told = rules.told[letters[place]];
      if (told === "against") failing.push(place);
      else if (told === "for") shown = true;
      else if (told === "nothing") open.push(place);
    }
    let verdict = "can";
    if (versions.length || failing.length) verdict = "cannot";
    else if (open.length || (names.length && !shown)) verdict = "unknown";
    return { row, versions, ends, failing, open, verdict };
  }

  function grouped(places) {
    const found = new Map();
    for (const place of places) {
      const { name } = columns[place];
      if (!found.has(name)) found.set(name, []);
      found.get(name).push(place);
    }
    return found;
  }
  const brief = (place) => [columns[place].release, ...columns[place].variant].join(" ");

  // The reasons as parts: a text, or a text and the page that shows it.
  function reasons({ row, versions, ends, failing, open, verdict }) {
    const parts = versions.map((text) => [[text]]);
    if (ends) parts.push([[ends]]);
    for (const [words, places] of [["fails on", failing], ["not told by", open]]) {
      if (!places.length) continue;
      const part = [];
      for (const [name, group] of grouped(places)) {
        part.push([`${part.length ? "; " : `${words} `}${name} `]);
        group.forEach((place, index) => {
          if (index) part.push([", "]);
          part.push([brief(place), `b/${row[0]}.html#${columns[place].page}`]);
        });
      }
      parts.push(part);
    }
    if (verdict === "unknown" && !open.length) parts.push([["no run that is judged is of a version that has it"]]);
    return parts;
  }

  function item(judged) {
    const made = element("li");
    made.append(element("a", judged.row[0], { class: "id", href: `b/${judged.row[0]}.html` }), " ");
    tell(judged.row[1], made);
    const why = reasons(judged);
    if (why.length) {
      const span = element("span", undefined, { class: "why" });
      why.forEach((parts, index) => {
        if (index) span.append("; ");
        for (const [text, href] of parts) span.append(href ? element("a", text, { href }) : text);
      });
      made.append(" ", span);
    }
    return made;
  }

  // The behaviours by topic, in the order of the topics; each behaviour once, under the first of its topics that is used.
  function byTopic(list, topics) {
    const found = rules.topics.map(() => []);
    for (const judged of list) found[judged.topics.find((place) => topics[place])].push(judged);
    return found.map((group, place) => [rules.topics[place][1], group]).filter(([, group]) => group.length);
  }

  const fillers = new WeakMap();
  function fill(details) {
    fillers.get(details)?.();
    fillers.delete(details);
  }
  function fold(title, group, open) {
    const details = element("details", undefined, { class: "topic" });
    const summary = element("summary", title);
    summary.append(" ", element("span", String(group.length), { class: "number" }));
    details.append(summary);
    fillers.set(details, () => {
      const list = element("ul");
      list.append(...group.map(item));
      details.append(list);
    });
    details.addEventListener("toggle", () => fill(details));
    details.open = open;
    if (open) fill(details);
    return details;
  }
  function lists(section, title, list, topics, unfolded) {
    section.replaceChildren();
    section.hidden = !list.length;
    if (!list.length) return;
    section.append(element("h2", `${title} (${list.length})`));
    let room = unfolded;
    for (const [name, group] of byTopic(list, topics)) {
      section.append(fold(name, group, group.length <= room));
      room -= group.length;
    }
  }

  const TITLES = { cannot: "You cannot rely on", unknown: "Nobody knows", can: "You can rely on" };
  let now = null;

  function answer() {
    const choice = chosen();
    const found = { cannot: [], unknown: [], can: [], details: [] };
    let later = 0;
    behaviours.forEach((row, place) => {
      const topics = rules.of[place];
      if (!topics.some((topic) => choice.topics[topic])) return;
      const [since, until] = [minor(row[3]), row[4] === null ? Number.POSITIVE_INFINITY : minor(row[4])];
      if (until < choice.from) return;
      if (since > choice.last) {
        if (row[2] !== "detail") later += 1;
        return;
      }
      const judged = judge(row, choice);
      judged.topics = topics;
      found[row[2] === "detail" ? "details" : judged.verdict].push(judged);
    });
    if (later) choice.notes.push(`Not counted: ${plural(later, "behaviour")} that only a version has which is not released.`);
    now = { choice, found };
    return now;
  }

  function told({ found }) {
    const total = found.cannot.length + found.unknown.length + found.can.length;
    const unknown = found.unknown.length ? `, and nobody knows of ${found.unknown.length}` : "";
    const joint = unknown ? "," : " and";
    return `Of ${plural(total, "behaviour")} you can rely on ${found.can.length}${joint} you cannot rely on ${found.cannot.length}${unknown}.`;
  }

  function runs(places) {
    return [...grouped(places)].map(([name, group]) => `${name} ${group.map(brief).join(", ")}`).join("; ");
  }

  function show() {
    const { choice, found } = answer();
    byId("count").textContent = told(now);
    const used = boxes.filter((box) => box.name === "use" && box.checked).length;
    byId("topics").textContent = used ? `Topics to choose (${used} chosen)` : "Topics to choose";
    const { places } = choice;
    const judged = byId("judged");
    judged.hidden = !places.length;
    const old = places.filter((place) => rules.remarks[place]).length;
    judged.firstElementChild.textContent = `Judged by ${plural(places.length, "run")}${old ? `, ${old} of an older release than the newest known` : ""}`;
    judged.lastElementChild.replaceChildren(
      ...places.map((place) => {
        const made = element("li");
        made.append(element("a", columns[place].title, { href: `interpreters/${columns[place].page}.html` }));
        if (rules.remarks[place]) made.append(`: ${rules.remarks[place]}`);
        return made;
      }),
    );
    const notes = [...choice.notes];
    if (!choice.names.length) notes.push("No run is judged: the answer is by the documents alone.");
    byId("notes").replaceChildren(...notes.map((text) => element("li", text)));
    byId("notes").hidden = !notes.length;
    lists(byId("cannot"), TITLES.cannot, found.cannot, choice.topics, UNFOLDED);
    lists(byId("unknown"), TITLES.unknown, found.unknown, choice.topics, 20);
    lists(byId("can"), TITLES.can, found.can, choice.topics, 0);
    const details = byId("details");
    details.open = false;
    details.hidden = !found.details.length;
    details.firstElementChild.textContent = `Details of CPython, which nobody demands (${found.details.length})`;
    details.lastElementChild.replaceChildren();
    fillers.set(details, () => {
      for (const verdict of ["cannot", "unknown", "can"]) {
        const section = element("section");
        const words = { cannot: "Do not hold on all of them", unknown: "Nobody knows", can: "Hold on all of them" }[verdict];
        const list = found.details.filter((each) => each.verdict === verdict);
        lists(section, words, list, choice.topics, 0);
        details.lastElementChild.append(section);
      }
    });
  }

  // Signs that Markdown would take for its own in the names of interpreters.
  const plain = (text) => text.replace(/[\\`*_[\]<>|#]/g, "\\$&");

  function markdown() {
    const { choice, found } = now;
    const online = location.protocol.startsWith("http");
    const absolute = (path) => new URL(path, location.href).href;
    const used = rules.topics.filter((_, place) => choice.topics[place]).map(([, title]) => title);
    const lines = ["# What can be relied on in asynchronous generators", ""];
    lines.push(`* Oldest Python: ${oldest.value}`);
    lines.push(`* Judged by: ${plain(runs(choice.places)) || "the documents alone"}`);
    lines.push(`* Uses: ${choice.all ? "everything" : used.join("; ")}`);
    if (online) lines.push(`* Address: ${location.href}`);
    for (const note of choice.notes) lines.push(`* ${plain(note)}`);
    lines.push("", told(now));
    for (const [verdict, title] of Object.entries(TITLES)) {
      if (!found[verdict].length) continue;
      lines.push("", `## ${title} (${found[verdict].length})`);
      for (const [name, group] of byTopic(found[verdict], choice.topics)) {
        lines.push("", `### ${name}`, "");
        for (const judged of group) {
          const [id, text] = judged.row;
          const why = reasons(judged)
            .map((parts) => parts.map(([part]) => plain(part)).join(""))
            .join("; ");
          lines.push(`* ${online ? `[${id}](${absolute(`b/${id}.html`)})` : id} ${text}${why ? ` (${why})` : ""}`);
        }
      }
    }
    return `${lines.join("\n")}\n`;
  }

  function copy() {
    const text = markdown();
    const done = () => {
      byId("copy").textContent = "Copied";
      setTimeout(() => {
        byId("copy").textContent = "Copy as Markdown";
      }, 2000);
    };
    // A page from a folder has no clipboard in some browsers; a selection can be copied everywhere.
    const select = () => {
      const area = element("textarea", text);
      byId("answer").append(area);
      area.select();
      if (document.execCommand("copy")) done();
      area.remove();
      byId("copy").focus();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, select);
    else select();
  }

  function download() {
    const link = element("a", undefined, { download: "asynchronous-generators.md" });
    link.href = URL.createObjectURL(new Blob([markdown()], { type: "text/markdown" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  const usual = oldest.value;
  const first = boxes.find((box) => box.name === "on")?.value;

  function store() {
    const query = new URLSearchParams({ oldest: oldest.value });
    const on = boxes.filter((box) => box.name === "on" && box.checked);
    for (const box of on) query.append("on", box.value);
    if (!on.length) query.append("on", "");
    for (const box of boxes) if (box.name === "use" && box.checked) query.append("use", box.value);
    address.write(query);
  }

  // A column can be named by any of its names: those that stay, and its slug.
  const pageOf = (name) => columns.find((column) => column.slug === name || column.names.includes(name))?.page;

  function restore() {
    const query = address.read();
    oldest.value = query.get("oldest") ?? usual;
    if (oldest.selectedIndex < 0) oldest.value = usual;
    const families = new Set(columns.map((column) => column.family));
    const on = query.has("on") ? query.getAll("on").map((name) => (families.has(name) ? name : pageOf(name))) : [first];
    const use = query.getAll("use");
    for (const box of boxes) {
      box.checked = (box.name === "on" ? on : use).includes(box.value);
      if (box.checked && box.closest("details.columns-of")) box.closest("details").open = true;
    }
    show();
  }

  byId("choice").addEventListener("input", () => {
    store();
    show();
  });
  byId("choice").addEventListener("submit", (event) => event.preventDefault());
  byId("details").addEventListener("toggle", (event) => {
    if (event.target === byId("details")) fill(byId("details"));
  });
  byId("copy").addEventListener("click", copy);
  byId("download").addEventListener("click", download);
  addEventListener("popstate", restore);
  addEventListener("beforeprint", () => {
    fill(byId("details"));
    for (const details of document.querySelectorAll("details.topic")) {
      fill(details);
      if (byId("details").contains(details)) details.open = true;
    }
  });
  if (!matchMedia("(min-width: 50rem)").matches) document.querySelector("details.topics").open = false;
  byId("answer").hidden = false;
  restore();
})();
