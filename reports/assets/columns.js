"use strict";
// Tables of the class "columns" begin with one column for each family. This adds the older releases and other builds
// of a family when its button is pressed, all of them on paper, and lets a table that is too wide scroll by itself.
// A row has the letters of all columns in data-s; data/columns.js says what a column and a letter are.
(() => {
  const { columns, statuses, fit } = globalThis.conformance;
  const root = document.querySelector("link[rel=stylesheet]").getAttribute("href").replace("site.css", "");
  const tables = [...document.querySelectorAll("table.columns")].filter((table) => table.tHead?.querySelector("[data-column]"));

  // A row of counts has them in data-n, such as 85/89. A shade says how large the share is.
  const shades = JSON.parse(document.getElementById("shades")?.textContent ?? "[]");
  function count(text, column) {
    const td = document.createElement("td");
    const [passed, all] = text.split("/").map(Number);
    const shade = shades.length - shades.findIndex((least) => passed / all >= least);
    td.className = `count added${all ? ` s${shade}` : " none"}`;
    td.textContent = text === "a" ? "∅" : all ? text : "–";
    td.title = all ? `${column.title}: ${passed} of ${all} hold` : column.title;
    return td;
  }
  function cell(letter, column) {
    const td = document.createElement("td");
    const status = statuses[letter];
    td.className = `sign added ${status.name.replaceAll(" ", "-")}`;
    td.textContent = status.sign;
    td.title = `${column.title}: ${status.meaning}`;
    return td;
  }
  function head(column) {
    const th = document.createElement("th");
    th.scope = "col";
    th.className = "added";
    const link = document.createElement("a");
    link.href = `${root}interpreters/${column.page}.html`;
    link.textContent = column.release;
    link.title = column.title;
    const small = document.createElement("small");
    small.textContent = column.label.replace(column.release, "").trim();
    th.append(link, small);
    return th;
  }
  function fits(table) {
    const box = table.closest(".wide");
    if (box) fit([box]);
  }
  function show(table, family, open) {
    for (const row of [table.tHead.rows[table.tHead.rows.length - 1], ...table.querySelectorAll("tr[data-s], tr[data-n]")]) {
      const old = row.querySelectorAll(`[data-family="${CSS.escape(family)}"]`);
      if (!open) for (const each of old) each.remove();
      else if (!old.length) {
        const place = table.tHead.contains(row)
          ? row.querySelector(`[data-column="${headOf(family)}"]`)
          : row.cells[indexOf(table, headOf(family))];
        let last = place;
        columns.forEach((column, number) => {
          if (column.family !== family || column.head) return;
          const made = table.tHead.contains(row)
            ? head(column)
            : row.dataset.n
              ? count(row.dataset.n.split(" ")[number], column)
              : cell(row.dataset.s[number], column);
          made.dataset.family = family;
          last.after(made);
          last = made;
        });
      }
    }
    for (const wide of table.querySelectorAll("th[data-span]")) wide.colSpan = table.tHead.rows[table.tHead.rows.length - 1].cells.length;
  }
  const headOf = (family) => columns.findIndex((column) => column.family === family && column.head);
  const indexOf = (table, number) =>
    [...table.tHead.rows[table.tHead.rows.length - 1].cells].findIndex((each) => each.dataset.column === String(number));

  const buttons = [];
  for (const table of tables) {
    for (const th of table.tHead.querySelectorAll("[data-column]")) {
      const button = th.querySelector("button.more");
      if (!button) continue;
      const family = columns[Number(th.dataset.column)].family;
      const closed = button.textContent;
      button.addEventListener("click", () => {
        const open = button.getAttribute("aria-expanded") !== "true";
        // The head's own cell is found before others are added, since places change.
        show(table, family, open);
        button.setAttribute("aria-expanded", String(open));
        button.textContent = open ? "−" : closed;
        fits(table);
      });
      buttons.push({ table, family, button });
    }
  }
  addEventListener("beforeprint", () => {
    for (const { table, family } of buttons) show(table, family, true);
  });
  addEventListener("afterprint", () => {
    for (const { table, family, button } of buttons) show(table, family, button.getAttribute("aria-expanded") === "true");
  });
})();
