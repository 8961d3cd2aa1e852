// A page that only leads to another one: what the address has after its ? and # stays.
(() => {
  "use strict";

  const target = document.currentScript.dataset.target;
  location.replace(target + location.search + location.hash);
})();
