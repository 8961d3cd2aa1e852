"use strict";
// The search box: every keystroke is answered. The question is in the address, so that it can be sent and Back works.
(() => {
  const { ask, behaviours, columns, statuses } = globalThis.conformance;
  const form = document.getElementById("ask");
  const box = document.getElementById("question");
  const list = document.getElementById("answers");
  const told = document.getElementById("told");
  const start = document.getElementById("start");
  const heads = columns.map((column, place) => ({ column, place })).filter(({ column }) => column.head);
  const MOST = 15;

  function element(name, options = {}, ...children) {
    const made = Object.assign(document.createElement(name), options);
    made.append(...children);
    return made;
  }
  // ``code`` in double backticks is code.
  function sentence(text) {
    return text.split(/``(.+?)``/).map((part, number) => (number % 2 ? element("code", { textContent: part }) : part));
  }
  function strip(letters) {
    const made = element("span", { className: "strip" });
    made.setAttribute("aria-hidden", "true");
    for (const { column, place } of heads) {
      const status = statuses[letters[place]];
      made.append(
        element("i", {
          className: `sign ${status.name.replaceAll(" ", "-")}`,
          title: `${column.title}: ${status.meaning}`,
          textContent: `${column.name} ${status.sign}`,
        }),
      );
    }
    return made;
  }
  function answer(place) {
    const [id, words, level, , , , , letters, said] = behaviours[place];
    const link = element("a", { href: `b/${id}.html` }, ...sentence(words));
    const facts = element("span", { className: "said" }, element("b", { textContent: id }), ` ${said}`);
    if (level === "detail") facts.append(" ", element("span", { className: "level detail", textContent: "detail" }));
    return element("li", {}, link, facts, strip(letters));
  }

  function show() {
    const question = box.value.trim();
    const found = question ? ask(question, MOST) : [];
    list.replaceChildren(...found.map(answer));
    list.hidden = found.length === 0;
    start.hidden = question !== "";
    told.hidden = question === "" || found.length > 0;
    told.textContent = told.hidden ? "" : "No behaviour is like that. Try fewer or other words, or an ID such as SND-001.";
  }
  function remember(replace) {
    const address = new URL(location.href);
    if (box.value.trim()) address.searchParams.set("q", box.value.trim());
    else address.searchParams.delete("q");
    if (address.href === location.href) return;
    try {
      if (replace) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
    } catch {
      // A browser may not let a page from a folder change its address.
    }
  }
  function restore() {
    box.value = new URLSearchParams(location.search).get("q") ?? "";
    show();
  }

  let typing = false;
  box.addEventListener("input", () => {
    show();
    // One step back leads to the page before the question, and not through each letter.
    remember(typing);
    typing = true;
  });
  box.addEventListener("change", () => {
    typing = false;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.focus();
  });
  addEventListener("popstate", restore);
  restore();
  // The index is unpacked while the reader thinks, so that the first key is as quick as the others.
  (globalThis.requestIdleCallback ?? setTimeout)(() => ask("generator"));
  if (!location.hash) box.focus();
})();
