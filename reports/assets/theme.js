"use strict";
// Before anything is drawn: say that there are scripts, and take the colours that the reader chose.
document.documentElement.classList.add("js");
try {
  const chosen = localStorage.getItem("colours");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.colours = chosen;
} catch {
  // A browser may refuse to store anything; the colours are those of the system.
}
