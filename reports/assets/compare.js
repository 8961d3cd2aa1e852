"use strict";
// The comparison of two results: digests of the site's columns, and files of the reader's own, which stay in the browser.
// The rules and the words come from Python, in the block "rules". Each text of a result is shown as text, never as markup.
(() => {
  const rules = JSON.parse(document.getElementById("rules").textContent);
  const conformance = globalThis.conformance;
  const { columns, statuses } = conformance;
  const [MESSAGE, MOST, MOST_CASES, ROOM] = rules.limits;
  const SIDES = ["old", "new"];
  const byId = (id) => document.getElementById(id);
  // ID → sentence, level, and the versions of the language that it applies to.
  const catalogue = new Map(
    conformance.behaviours.map(([id, sentence, level, since, until]) => [id, { sentence, level, since, until }]),
  );
  const marks = new Map(Object.values(statuses).map((status) => [status.name, status]));
  const verdictOf = new Map(Object.entries(statuses).map(([letter, status]) => [letter, status.name]));
  // Side → what is chosen; files that were read, so that Back finds them again.
  const chosen = { old: null, new: null };
  const files = [];

  // ---- Small helpers

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const cut = (text) => {
    const all = [...text];
    return all.length <= MESSAGE ? text : `${all.slice(0, MESSAGE).join("")}…`;
  };
  const numbers = (version) => String(version).split(".").map(Number);
  const older = (one, other) => one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);

  // What cannot be printed, or changes the direction of a text, becomes an escape, as in the files that this suite writes.
  function printable(text) {
    const shown = [...String(text)].map((c) => (c === "\n" || c === "\t" || c === " " || !/[\p{C}\p{Z}]/u.test(c) ? c : escaped(c)));
    return shown
      .join("")
      .replace(/^(\s*):(?=:)/gm, "$1\\x3a")
      .replace(/#(?=#\[)/g, "\\x23");
  }
  function escaped(c) {
    if (c === "\r") return "\\r";
    const code = c.codePointAt(0);
    const digits = (length) => code.toString(16).padStart(length, "0");
    return code < 0x100 ? `\\x${digits(2)}` : code < 0x10000 ? `\\u${digits(4)}` : `\\U${digits(8)}`;
  }
  const oneLine = (text) => printable(text).replaceAll("\n", "\\n").replaceAll("\t", "\\t");

  function complain(text) {
    byId("trouble").textContent = text;
    byId("trouble").hidden = !text;
  }

  // ---- Results: of the site, and of a file. Both become the same: facts, and case → outcome.

  function fromDigest(column, found) {
    const outcomes = new Map();
    let place = 0;
    const text = (number) => (number === undefined || number === null ? null : found.texts[number]);
    const enter = (name, level, letter, message, reason, digits) => {
      const small = letter.toLowerCase();
      const verdict = verdictOf.get(small);
      outcomes.set(name, { verdict, applicable: letter === small, level, message, reason, digits });
    };
    for (const [id, params, digits] of conformance.cases) {
      const names = params ? params.map((param) => `${id}[${param}]`) : [id];
      names.forEach((name, number) => {
        const letter = found.letters[place];
        if (letter !== ".") {
          const own = found.hashes[place];
          const now = digits.slice(number * rules.digits, (number + 1) * rules.digits);
          const level = catalogue.get(id).level;
          enter(name, level, letter, text(found.messages[place]), text(found.known[place]), own === undefined ? now : own);
        }
        place += 1;
      });
    }
    for (const [name, [letter, level, message, digits]] of Object.entries(found.others)) {
      enter(name, level, letter, text(message), null, digits);
    }
    const { title, name: family, judged } = column;
    return { title, family, judged, started: found.started, remark: found.remark, revision: found.revision, outcomes };
  }

  function fromDocument(found) {
    const it = found.interpreter;
    const judged = numbers(it.judged_as);
    const outcomes = new Map();
    for (const each of found.outcomes) {
      const name = oneLine(each.case);
      const behaviour = catalogue.get(name.split("[")[0]);
      const { since, until } = behaviour ?? {};
      const applies = behaviour && !older(judged, numbers(since)) && !(until && older(numbers(until), judged));
      const applicable = behaviour ? applies : each.applicable !== false;
      const told = applicable && !rules.silent.includes(each.verdict) && each.message;
      const hash = found.hashes?.[each.case];
      outcomes.set(name, {
        verdict: each.verdict,
        applicable,
        level: behaviour?.level ?? String(each.level),
        message: told ? cut(printable(each.message)) : null,
        reason: told && each.known ? cut(printable(each.known)) : null,
        digits: typeof hash === "string" ? hash.slice(0, rules.digits) : null,
      });
    }
    const revision = found.suite.revision ? oneLine(found.suite.revision) : null;
    return { title: titleOf(it), family: familyOf(it), kind: it.kind ?? "interpreter", build: wordsOf(it), judged,
      started: oneLine(found.started), remark: remarkOf(found), revision, outcomes };
  }

  // The names of a result, as the site gives them: a distribution such as Pyodide is a family with releases of its own.
  const wordsIn = (it) => (Array.isArray(it.build) ? it.build.map((word) => oneLine(word)) : []);
  const distribution = (it) => wordsIn(it).find((word) => Object.hasOwn(rules.distributions, word.split("-")[0]));
  function familyOf(it) {
    if (it.kind === "loop" && it.loop) return oneLine(it.loop.name);
    const word = distribution(it);
    return word ? rules.distributions[word.split("-")[0]] : oneLine(it.title).split(" ")[0];
  }
  function titleOf(it) {
    const word = distribution(it);
    if (!word || (it.kind === "loop" && it.loop)) return oneLine(it.title);
    const release = /^.+?-([0-9][0-9.]*)$/.exec(word)?.[1] ?? oneLine(it.implementation_version);
    const rest = wordsIn(it).filter((each) => !Object.hasOwn(rules.distributions, each.split("-")[0]));
    return `${familyOf(it)} ${release} (${[`Python ${oneLine(it.language_version)}`, ...rest].join(", ")})`;
  }
  function wordsOf(it) {
    const found = wordsIn(it).map((word) => /^(.+?)-[0-9][0-9.]*$/.exec(word)?.[1] ?? word);
    return found.filter((word) => !Object.hasOwn(rules.distributions, word.split("-")[0])).map((word) => word.toLowerCase());
  }
  // A file of schema 1 has no shard, and says elsewhere that the generators are absent.
  function remarkOf(found) {
    const parts = [];
    const absent = found.absent ?? found.interpreter.absent ?? null;
    if (absent !== null) parts.push("absent: no asynchronous generators");
    if (!found.complete) parts.push("incomplete: the run was cut short");
    else if (found.selection) parts.push(`incomplete: a selection of ${Number(found.selection.cases)} cases`);
    else if (found.shard) parts.push(`incomplete: part ${Number(found.shard.number)} of ${Number(found.shard.of)}`);
    return parts.join("; ") || null;
  }

  // The words of an error in a document, or null: enough of the schema that the code above can read it.
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
    if (bad >= 0) return `outcomes/${bad}: has no case, or no verdict that this page knows`;
    return /^3\.[0-9]{1,3}$/.test(found.interpreter.judged_as) ? null : "interpreter/judged_as: is not a version such as 3.14";
  }

  // ---- The comparison

  function sideOf(outcome) {
    if (!outcome) return "none";
    return outcome.applicable ? outcome.verdict : `${outcome.verdict} aside`;
  }
  const stateOf = (outcome) => (!outcome ? rules.missing : outcome.applicable ? outcome.verdict : rules.aside);

  function placeOf(lists) {
    return rules.behaviours.find(([, groups]) => groups.every((group) => group.some((name) => lists.has(name))))[0];
  }

  // List → behaviours, each with its cases that are in a list; and what is said about the two results.
  function comparisonOf(old, now) {
    const pair = old.family !== now.family;
    const found = new Map();
    let shared = 0;
    let changed = 0;
    let unknown = 0;
    for (const name of [...new Set([...old.outcomes.keys(), ...now.outcomes.keys()])].sort()) {
      const [before, after] = [old.outcomes.get(name), now.outcomes.get(name)];
      const both = before && after;
      const differs = Boolean(both && before.digits && after.digits && before.digits !== after.digits);
      if (both) {
        shared += 1;
        changed += differs ? 1 : 0;
        unknown += before.digits && after.digits ? 0 : 1;
      }
      const list = rules.changes[`${sideOf(before)} > ${sideOf(after)}`];
      if (!list) continue;
      const id = name.split("[")[0];
      if (!found.has(id)) found.set(id, { id, level: (after ?? before).level, cases: [] });
      found.get(id).cases.push({ name: name.slice(id.length + 1, -1), before, after, list, differs });
    }
    const lists = new Map(rules.behaviours.map(([name]) => [name, []]));
    for (const id of [...found.keys()].sort()) {
      const each = found.get(id);
      lists.get(placeOf(new Set(each.cases.map((one) => one.list)))).push(each);
    }
    const values = { old: old.family, new: now.family, was: old.judged.join("."), now: now.judged.join("."), newly: newly(old.judged, now.judged) };
    const words = (name) => (pair ? rules.pair : rules.same)[name].map((text) => fill(text, values));
    const made = { old, now, pair, lists, words };
    made.subject = subjectOf(made);
    const [[number, first], ...rest] = countsOf(made, false, rules.always);
    const noun = number === 1 ? "behaviour" : "behaviours";
    made.counted = `${[`${number} ${noun} ${first}`, ...rest.map((each) => each.join(" "))].join(", ")}.`;
    made.notes = notesOf(made, { shared, changed, unknown });
    return made;
  }
  function newly(was, now) {
    if (!older(was, now)) return `in Python ${now.join(".")} only`;
    const first = [was[0], was[1] + 1].join(".");
    return first === now.join(".") ? `new in Python ${first}` : `new in Python ${first} to ${now.join(".")}`;
  }
  function subjectOf({ old, now, pair }) {
    if (pair) return fill(rules.phrases.pair, { new: now.title, old: old.title });
    if (old.title === now.title) {
      return fill(rules.phrases.runs, { new: now.title, now: now.started.slice(0, 10), was: old.started.slice(0, 10) });
    }
    const version = (old.title.startsWith(old.family) ? old.title.slice(old.family.length) : old.title).trim();
    return fill(rules.phrases.same, { new: now.title, old: version || old.title });
  }
  function countsOf({ lists, words }, detail, always) {
    const found = [];
    for (const name of rules.sentence) {
      const number = lists.get(name).filter((each) => (each.level === "detail") === detail).length;
      if (number || always.includes(name)) found.push([number, words(name)[2]]);
    }
    return found;
  }
  function notesOf(made, { shared, changed, unknown }) {
    const { old, now } = made;
    const { phrases } = rules;
    const found = [];
    const details = countsOf(made, true, []).map((each) => each.join(" "));
    if (details.length) found.push(fill(phrases.details, { counts: details.join(", ") }));
    const revisions = [old, now].map((each) => each.revision ?? "unknown");
    if (changed) found.push(fill(phrases.changed, { number: changed, all: shared }));
    else if (unknown) found.push(phrases.unknown);
    else if (revisions[0] !== revisions[1]) found.push(fill(phrases.revisions, { old: revisions[0], new: revisions[1] }));
    if (old.remark) found.push(fill(phrases["old run"], { remark: old.remark }));
    if (now.remark) found.push(fill(phrases["new run"], { remark: now.remark }));
    return found;
  }
  function shownOf({ lists }) {
    const wanted = (name) => checked("all") || !rules.quiet.includes(name);
    return [...lists]
      .filter(([name]) => wanted(name))
      .map(([name, all]) => [name, all.filter((each) => checked("details") || each.level !== "detail")])
      .filter(([, all]) => all.length);
  }
  const checked = (id) => byId(id).checked;

  // ---- Markdown, as `python -m reports diff --format markdown` prints it

  function escape(text) {
    const line = text.split(/[ \n\t]+/).filter(Boolean).join(" ");
    return line
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replace(/([\\`*_{}[\]()+!|~])/g, "\\$1")
      .replace(/[$@#]|:(?=\/\/|[\p{L}\p{N}_+\\-]+:)|(?<=\bwww)\./giu, "<span>$&</span>");
  }
  const own = (text) => text.replace(/([\\`*_<>|])/g, "\\$1");
  function sentenceAsMarkdown(text) {
    return text.split(/``(.+?)``/).map((part, number) => (number % 2 ? `\`${part}\`` : own(part))).join("");
  }
  const wayOf = (pair) => rules.phrases[pair ? "beside" : "from to"];
  const more = (number) => fill(rules.phrases.more, { number });

  function story({ before, after, differs }, { pair, old, now }) {
    const names = { old: escape(old.family), new: escape(now.family) };
    let text = fill(wayOf(pair), { before: stateOf(before), after: stateOf(after), ...names });
    if (after?.message) text += `: ${escape(after.message)}`;
    else if (before?.message) text += ` (${pair ? `on ${names.old}` : "before"}: ${escape(before.message)})`;
    return text + (differs ? ` (${rules.phrases["other case"]})` : "");
  }
  function entry(each, made) {
    const groups = grouped(each.cases, (one) => story(one, made));
    const sentence = catalogue.get(each.id)?.sentence;
    const head = `- **${escape(each.id)}**${sentence ? ` ${sentenceAsMarkdown(sentence)}` : ""}${each.level === "detail" ? " (detail)" : ""}`;
    const all = [...groups];
    const lines = all.slice(0, MOST_CASES).map(([text, those]) => `  - ${listed(those.map((one) => one.name))}${text}`);
    if (all.length > MOST_CASES) {
      lines.push(`  - ${more(all.slice(MOST_CASES).reduce((sum, [, those]) => sum + those.length, 0))}`);
    }
    return [head, ...lines];
  }
  function listed(names) {
    if (names.length === 1 && !names[0]) return "";
    const shown = names.slice(0, MOST_CASES).map(escape);
    if (names.length > MOST_CASES) shown.push(more(names.length - MOST_CASES));
    return `${shown.join(", ")}: `;
  }
  function grouped(all, keyOf) {
    const found = new Map();
    for (const each of all) {
      const key = keyOf(each);
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(each);
    }
    return found;
  }
  function markdown(made) {
    const lines = [`### ${escape(fill(rules.phrases.title, { subject: made.subject }))}`, "", escape(made.counted)];
    for (const note of made.notes) lines.push("", escape(note));
    const length = (some) => some.reduce((sum, line) => sum + [...line].length + 1, 0);
    let size = length(lines);
    const shown = shownOf(made);
    for (const [name, all] of shown) {
      const [heading, meaning] = made.words(name);
      const title = `${heading[0].toUpperCase()}${heading.slice(1)} (${all.length})`;
      lines.push("", `#### ${escape(title)}`, "", escape(meaning), "");
      for (const [number, each] of all.entries()) {
        const text = entry(each, made);
        size += length(text);
        if (number === MOST || size > ROOM) {
          lines.push(`- ${more(all.length - number)}`);
          break;
        }
        lines.push(...text);
      }
    }
    if (!shown.length) lines.push("", rules.phrases.nothing);
    return `${lines.join("\n")}\n`;
  }

  // ---- The page

  function show() {
    const ready = SIDES.every((side) => chosen[side]);
    byId("difference").hidden = !ready;
    for (const side of SIDES) byId(`${side}-chosen`).textContent = describe(side);
    if (!ready) return;
    const made = comparisonOf(chosen.old.result, chosen.new.result);
    const shown = shownOf(made);
    byId("what").textContent = made.subject;
    byId("sentence").textContent = made.counted;
    byId("notes").replaceChildren(...made.notes.map((note) => element("p", note)));
    byId("quiet").textContent = made.pair ? "what fails on both" : "what still fails";
    byId("lists").replaceChildren(...shown.map(([name, all]) => section(name, all, made)));
    byId("tally").replaceChildren(...shown.map(([name, all]) => chip(name, all, made)));
    if (!shown.length) byId("lists").append(element("p", rules.phrases.nothing));
    byId("markdown").textContent = markdown(made);
    byId("copy-sentence").dataset.text = `${made.subject}: ${made.counted}`;
    document.title = `${made.subject} · ${document.title.split(" · ").at(-1)}`;
  }
  function describe(side) {
    const held = chosen[side];
    if (!held) return "nothing chosen";
    const text = `${held.result.title}, ${held.result.remark ?? "a full run"}, ${held.result.started.slice(0, 10)}`;
    const source = held.file === undefined ? "" : `${oneLine(held.name)}: `;
    return source + text + (held.proposed ? `. Chosen because it is the closest to ${held.proposed}.` : "");
  }
  const worse = (name) => rules.worse.some((each) => name.startsWith(each)) || name.endsWith("and fails");
  const toneOf = (name) => (worse(name) ? "worse" : name.includes("fixed") ? "better" : "other");

  function chip(name, all, made) {
    const button = element("button", undefined, { type: "button", class: toneOf(name) });
    button.append(element("b", String(all.length)), ` ${made.words(name)[2]}`);
    button.addEventListener("click", () => {
      const target = document.querySelector(`#lists > [data-list="${CSS.escape(name)}"]`);
      target.open = true;
      target.scrollIntoView();
      target.querySelector("summary").focus({ preventScroll: true });
    });
    return button;
  }
  function section(name, all, made) {
    const [heading, meaning] = made.words(name);
    const cases = all.reduce((sum, each) => sum + each.cases.length, 0);
    const part = element("details", undefined, { class: toneOf(name) });
    part.open = all.length <= 50 || worse(name);
    part.dataset.list = name;
    const summary = element("summary");
    summary.append(element("b", `${heading} (${all.length})`), ` ${meaning} ${cases} ${cases === 1 ? "case" : "cases"}.`);
    const list = element("ul");
    list.append(...all.map((each) => item(each, made)));
    part.append(summary, list);
    return part;
  }
  function item(each, made) {
    const part = element("li");
    const behaviour = catalogue.get(each.id);
    part.append(behaviour ? element("a", each.id, { href: `b/${each.id}.html`, class: "id" }) : element("span", each.id, { class: "id" }));
    if (behaviour) {
      behaviour.sentence.split(/``(.+?)``/).forEach((piece, number) => {
        part.append(number % 2 ? element("code", piece) : piece);
      });
    }
    if (each.level === "detail") part.append(" ", element("span", each.level, { class: "level detail" }));
    const list = element("ul", undefined, { class: "stories" });
    const key = ({ before, after, differs }) => JSON.stringify([stateOf(before), stateOf(after), before?.message, after?.message, after?.reason, differs]);
    for (const those of grouped(each.cases, key).values()) list.append(told(those, made));
    part.append(list);
    return part;
  }
  // Cases that stood and stand alike, with the words of the failures and whose they are.
  function told(those, { pair, old, now }) {
    const [{ before, after, differs }] = those;
    const part = element("li");
    const names = those.map((one) => one.name).filter(Boolean);
    if (names.length) part.append(element("span", names.join(", "), { class: "names" }), ": ");
    const parts = { before: mark(before), after: mark(after), old: old.family, new: now.family };
    part.append(...wayOf(pair).split(/\{(\w+)\}/).map((piece, number) => (number % 2 ? parts[piece] : piece)));
    if (differs) part.append(` (${rules.phrases["other case"]})`);
    const sides = [[after, pair ? `${now.family}:` : "now:", "now"], [before, pair ? `${old.family}:` : "before:", "then"]];
    for (const [outcome, label, when] of sides) {
      if (!outcome?.message) continue;
      const said = element("div", undefined, { class: `said ${when}` });
      said.append(element("span", label), element("pre", outcome.message));
      part.append(said);
      if (outcome.reason) part.append(element("div", `Known: ${outcome.reason}`, { class: "said" }));
    }
    return part;
  }
  function mark(outcome) {
    const text = stateOf(outcome);
    const status = marks.get(text);
    return status ? element("b", `${status.sign} ${text}`, { class: `sign ${text.replaceAll(" ", "-")}` }) : element("span", text, { class: "aside" });
  }

  // ---- The choice, and its address

  // A page from a folder may not fetch, but it may run a script that enters the digest into a registry.
  function load(column) {
    return new Promise((resolve, reject) => {
      const known = () => conformance.digests?.[column.page];
      if (known()) {
        resolve(known());
        return;
      }
      const script = element("script", undefined, { src: `data/cases/${encodeURIComponent(column.page)}.js` });
      script.onload = () => (known() ? resolve(known()) : reject());
      script.onerror = () => reject();
      document.head.append(script);
    });
  }
  const columnOf = (name) =>
    columns.find((each) => each.page === name) ?? columns.find((each) => each.names.includes(name) || each.slug === name);

  function forget(side) {
    chosen[side] = null;
    byId(side).value = "";
    byId(`${side}-file`).value = "";
  }
  // Returns whether it worked. Where another choice of the same side came meanwhile, this one does nothing.
  const turns = { old: 0, new: 0 };
  async function fromSite(side, name, proposed = "") {
    const turn = ++turns[side];
    const column = columnOf(name);
    forget(side);
    if (!column) {
      if (name) complain(`${name}: is not a result of this site`);
      return false;
    }
    byId(side).value = column.page;
    try {
      const found = await load(column);
      if (turn === turns[side]) chosen[side] = { name, page: column.page, result: fromDigest(column, found), proposed };
      return turn === turns[side];
    } catch {
      if (turn === turns[side]) forget(side);
      complain(`${name}: cannot be loaded; check that the folder data/cases of the site is there`);
      return false;
    }
  }
  // A result of this site is compressed by gzip, which begins with these two bytes.
  async function unpacked(file) {
    const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
    if (first !== 0x1f || second !== 0x8b) return file.text();
    return new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).text();
  }

  async function fromFile(side, file) {
    const turn = ++turns[side];
    let found;
    let trouble = null;
    try {
      found = JSON.parse(await unpacked(file));
      trouble = wrong(found);
    } catch {
      trouble = "is not valid JSON, perhaps cut off";
    }
    if (turn !== turns[side]) return false;
    forget(side);
    if (trouble) {
      complain(`${oneLine(file.name)}: ${trouble}`);
      return false;
    }
    files.push({ name: file.name, result: fromDocument(found), file: files.length });
    chosen[side] = files.at(-1);
    return true;
  }

  // The column of the site that is closest to a file: of its family, and then by language version and build.
  function counterpart({ kind, family, judged, build }) {
    const distance = (column) => {
      const words = [...build.filter((word) => !column.variant.includes(word)), ...column.variant.filter((word) => !build.includes(word))];
      return Math.abs(column.judged[1] - judged[1]) * 100 + words.length;
    };
    const fitting = columns.filter((column) => column.kind === kind && column.name === family);
    return fitting.reduce((best, column) => (best && distance(best) < distance(column) ? best : column), null);
  }
  async function propose(side) {
    const other = side === "old" ? "new" : "old";
    const held = chosen[side];
    if (!held || held.file === undefined || (chosen[other] && !chosen[other].proposed)) return;
    const column = counterpart(held.result);
    if (column) await fromSite(other, column.page, oneLine(held.name));
    else if (chosen[other]) forget(other);
  }

  // Only what comes from the site can be found again by an address; files are kept while the page is open.
  function address() {
    const found = new URLSearchParams();
    for (const side of SIDES) if (chosen[side] && chosen[side].file === undefined) found.set(side, chosen[side].name);
    for (const id of ["details", "all"]) if (checked(id)) found.set(id, "yes");
    return found.size ? `?${found}` : location.pathname;
  }
  function store(way) {
    const state = { files: Object.fromEntries(SIDES.map((side) => [side, chosen[side]?.file ?? null])) };
    try {
      history[way](state, "", address());
    } catch {
      // A browser may refuse it to a page from a folder; the page works without an address.
    }
  }
  function changed() {
    show();
    store("pushState");
  }
  async function restore(state) {
    const wanted = new URLSearchParams(location.search || location.hash.slice(1));
    for (const id of ["details", "all"]) byId(id).checked = wanted.get(id) === "yes";
    complain("");
    for (const side of SIDES) {
      const file = files[state?.files?.[side] ?? -1];
      if (wanted.get(side)) await fromSite(side, wanted.get(side));
      else forget(side);
      if (file) chosen[side] = file;
    }
    show();
  }

  for (const side of SIDES) {
    byId(side).addEventListener("change", async () => {
      complain("");
      if ((await fromSite(side, byId(side).value)) || !byId(side).value) changed();
    });
    byId(`${side}-file`).addEventListener("change", async (event) => {
      if (event.target.files.length) await take([[side, event.target.files[0]]]);
    });
  }
  // Files for sides. One alone gets its counterpart beside it.
  async function take(pairs) {
    complain("");
    for (const [side, file] of pairs) await fromFile(side, file);
    if (pairs.length === 1) await propose(pairs[0][0]);
    changed();
  }
  for (const id of ["details", "all"]) byId(id).addEventListener("change", changed);
  byId("swap").addEventListener("click", () => {
    [chosen.old, chosen.new] = [chosen.new, chosen.old];
    for (const side of SIDES) {
      byId(side).value = chosen[side] && chosen[side].file === undefined ? chosen[side].page : "";
      byId(`${side}-file`).value = "";
    }
    changed();
  });

  function copies(button, textOf) {
    const label = button.textContent;
    button.addEventListener("click", async () => {
      const text = textOf();
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        // A page from a folder has no clipboard in some browsers; a selection can be copied everywhere.
        const field = element("textarea", undefined, { class: "hear", "aria-hidden": "true" });
        field.value = text;
        document.body.append(field);
        field.select();
        document.execCommand("copy");
        field.remove();
        button.focus();
      }
      button.textContent = "Copied";
      setTimeout(() => {
        button.textContent = label;
      }, 2000);
    });
  }
  copies(byId("copy-markdown"), () => byId("markdown").textContent);
  copies(byId("copy-sentence"), () => byId("copy-sentence").dataset.text);

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
  // A file of the reader's own is usually the newer one, so a free field of that side is filled first.
  const free = () => ["new", "old"].find((side) => !chosen[side]) ?? ["new", "old"].find((side) => chosen[side].proposed) ?? "new";
  addEventListener("drop", async (event) => {
    event.preventDefault();
    point(null);
    const dropped = [...(event.dataTransfer?.files ?? [])];
    const target = event.target instanceof Element ? event.target.closest(".side")?.dataset.side : undefined;
    if (dropped.length > 2) complain(`${dropped.length} files at once: drop one or two`);
    else if (dropped.length === 2) await take([["old", dropped[0]], ["new", dropped[1]]]);
    else if (dropped.length === 1) await take([[target ?? free(), dropped[0]]]);
  });

  // A link inside of the page is no other choice: its entry has no state.
  addEventListener("popstate", (event) => {
    if (event.state) restore(event.state);
  });

  restore(history.state).then(() => store("replaceState"));
})();
