"use strict";
// The script of every page: buttons that copy, and behaviours that open when a link leads to them.
(() => {
  // A page that has an address puts it into the texts of its badges.
  const here = document.querySelector(".here");
  if (here && location.protocol.startsWith("http")) {
    const site = new URL("..", location.href).href;
    for (const pre of document.querySelectorAll("pre.copy")) {
      const text = pre.textContent.replaceAll("https://SITE/", site);
      pre.textContent = text.replaceAll(encodeURIComponent("https://SITE/"), encodeURIComponent(site));
    }
    here.hidden = false;
  }

  for (const source of document.querySelectorAll(".copy")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    source.after(" ", button);
    button.addEventListener("click", () => {
      const done = () => {
        button.textContent = "Copied";
      };
      // A page from a folder has no clipboard in some browsers; a selection can be copied everywhere.
      const select = () => {
        getSelection().selectAllChildren(source);
        if (document.execCommand("copy")) done();
      };
      if (navigator.clipboard) navigator.clipboard.writeText(source.textContent).then(done, select);
      else select();
    });
  }

  // Three states: as the system, light, dark.
  const theme = document.getElementById("theme");
  const ORDER = { "": "light", light: "dark", dark: "" };
  function colours(chosen) {
    if (chosen) document.documentElement.dataset.colours = chosen;
    else delete document.documentElement.dataset.colours;
    theme.textContent = { "": "◐", light: "☀", dark: "☾" }[chosen];
    theme.setAttribute("aria-label", `Colours: ${chosen || "as the system"}`);
    theme.title = theme.getAttribute("aria-label");
  }
  colours(document.documentElement.dataset.colours ?? "");
  theme.addEventListener("click", () => {
    const chosen = ORDER[document.documentElement.dataset.colours ?? ""];
    colours(chosen);
    try {
      localStorage.setItem("colours", chosen);
    } catch {
      // The choice then holds for this page only.
    }
  });

  // A wide window has place for the menu, which site.css opens where the browser knows how.
  if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 50rem)").matches)
    document.querySelector("header .menu").open = true;

  // A table that is wider than its box scrolls in it, so that its head and first column stay in sight. The head of a
  // table that fits stays at the top of the window.
  function fit(boxes) {
    for (const box of boxes) box.classList.remove("scrolls", "fits");
    const wider = boxes.map((box) => box.scrollWidth > box.clientWidth + 1);
    boxes.forEach((box, place) => box.classList.add(wider[place] ? "scrolls" : "fits"));
  }
  globalThis.conformance ??= {};
  globalThis.conformance.fit = fit;
  const fitAll = () => fit([...document.querySelectorAll("main .wide")]);
  fitAll();
  addEventListener("resize", fitAll);
  // What is in a shut fold has no width yet.
  addEventListener("toggle", (event) => fit([...event.target.querySelectorAll(".wide")]), true);

  function open() {
    const target = document.getElementById(location.hash.slice(1));
    const code = target?.querySelector("details.code");
    if (code) code.open = true;
  }
  addEventListener("hashchange", open);
  open();

  // A fold cannot be opened on paper.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
})();
