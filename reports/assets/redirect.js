// A page that only leads to another one: what the address has after its ? and # stays.
(() => {
  "use strict";

  const there = document.getElementById("there");
  location.replace(there.href + location.search + location.hash);
})();
