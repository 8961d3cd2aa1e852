/** Before all else in a page: hold on to the server, and tell it what goes wrong. */

fetch("alive");

/** End with `status`, after a line on stderr if there is a `message`. */
globalThis.exit = (status, message = "") => fetch(`exit/${status}`, { method: "POST", body: message });

addEventListener(
  "error",
  (event) => {
    const place = event.target?.src ?? event.target?.href;
    exit(1, place ? `the page did not get ${place}` : `an error in the page: ${event.message}`);
  },
  true,
);
