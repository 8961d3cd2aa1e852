"use strict";
// Before anything is drawn: say that there are scripts, which shows the controls that need them, and take the colours
// that the reader chose.
document.documentElement.classList.add("js");
// A page that is asked something does not show first what it shows to those who ask nothing.
if (location.search) {
  document.documentElement.classList.add("asked");
  addEventListener("load", () => document.documentElement.classList.remove("asked"));
}
try {
  const chosen = localStorage.getItem("colours");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.colours = chosen;
} catch {
  // A browser may refuse to store anything; the colours are those of the system.
}
