/** Runs first in a page: keep a connection to the server open, and report errors to it. */

fetch("alive");

/** End with exit status `status`; a `message` is written to stderr first. */
globalThis.exit = (status, message = "") => fetch(`exit/${status}`, { method: "POST", body: message });

addEventListener(
  "error",
  (event) => {
    const place = event.target?.src ?? event.target?.href;
    exit(1, place ? `the page did not get ${place}` : `an error in the page: ${event.message}`);
  },
  true,
);
