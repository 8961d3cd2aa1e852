/** A page in a headless Chromium, which reaches the standard streams of this process through a server on the loopback. */

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { accessSync, constants, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { delimiter, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { cannotStart, writeAll } from "./process.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"];
/** The sandbox does not work for root or in most containers; it is off, because Chromium opens only our own page. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-crash-reporter",
  "--no-first-run",
];
const TYPES = { ".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm", ".py": "text/plain" };
/** The most milliseconds that a page may go on after its input has ended. */
const GRACE = 60_000;
const LONGEST_WORDS = 2000;

/**
 * Open a page that runs the module `script` of this folder, and serve it until it ends; then this process ends too.
 *
 * `folders` maps a name in the page's URLs to a folder that the page may read; `texts` maps a name to a text. `scripts`
 * are the URLs of scripts that the page loads first.
 */
export function openPage(script, { folders = {}, texts = {}, scripts = [] }) {
  const places = { boot: fileURLToPath(new URL(".", import.meta.url)), ...folders };
  const browser = browserPath();
  const tags = [...scripts.map((each) => `<script src="${each}"></script>`), `<script type="module" src="boot/${script}"></script>`];
  const page = `<!doctype html><meta charset="utf-8"><script src="boot/page.js"></script>${tags.join("")}`;
  const input = new Input();
  const key = randomBytes(16).toString("hex");
  let keeper;
  let words = "";
  let ended = false;

  /** End the browser first, and then this process. */
  function end(status, message) {
    if (ended) return;
    ended = true;
    if (message) writeAll(2, Buffer.from(`${message}\n`));
    if (keeper === undefined || keeper.exitCode !== null) process.exit(status);
    keeper.on("exit", () => process.exit(status));
    keeper.stdin.end();
  }

  const answers = {
    async read(most) {
      return input.take(Number(most));
    },
    async write(body, descriptor) {
      writeAll(Number(descriptor), body);
    },
    async exit(body, status) {
      end(Number(status), body.toString());
    },
  };

  const server = createServer(async (request, response) => {
    const [, given, name, ...rest] = decodeURIComponent(request.url).split("/");
    const path = rest.join("/");
    if (given !== key || rest.includes("..")) {
      response.writeHead(404).end();
    } else if (request.method === "POST" && name in answers) {
      const body = [];
      for await (const chunk of request) body.push(chunk);
      response.end(await answers[name](Buffer.concat(body), path));
    } else if (name === "alive") {
      // This response never ends: its connection closes when the page dies, whatever the page was doing.
      response.write(" ");
      response.on("close", () => end(1, "the page died"));
    } else if (name === "") {
      response.writeHead(200, { "content-type": "text/html" }).end(page);
    } else if (name in texts) {
      response.end(texts[name]);
    } else {
      sendFile(response, places[name], path);
    }
  });
  // If the server closed an idle connection while the page sends a request on it, the request would be lost.
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1", () => {
    const url = `http://127.0.0.1:${server.address().port}/${key}/`;
    const keeping = fileURLToPath(new URL("keeper.mjs", import.meta.url));
    keeper = spawn(process.execPath, [keeping, browser, ...FLAGS, url], {
      detached: true,
      stdio: ["pipe", "ignore", "pipe"],
    });
    keeper.stderr.on("data", (chunk) => {
      words = (words + chunk).slice(-LONGEST_WORDS);
    });
    keeper.stdin.on("error", () => {});
    keeper.on("exit", (status) => end(1, `${words.trim()}\n${browser} ended with status ${status}: ${lastLine(words)}`));
  });
  process.stdin.on("data", (chunk) => input.add(chunk));
  process.stdin.on("end", () => {
    input.add(null);
    setTimeout(() => end(1, "the page did not end with its input"), GRACE);
  });
}

/** The part of standard input that was not read yet. */
class Input {
  #chunks = [];
  #arrived = () => {};

  /** Add a chunk; null is the end. */
  add(chunk) {
    this.#chunks.push(chunk);
    this.#arrived();
  }

  /** At most `most` bytes, as soon as there are any; none at the end. */
  async take(most) {
    while (this.#chunks.length === 0) await new Promise((resolve) => (this.#arrived = resolve));
    const [first] = this.#chunks;
    if (first === null) return Buffer.alloc(0);
    if (first.length > most) this.#chunks[0] = first.subarray(most);
    else this.#chunks.shift();
    return first.subarray(0, most);
  }
}

function sendFile(response, folder, path) {
  let content;
  try {
    content = readFileSync(join(folder, path));
  } catch {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(content);
}

function lastLine(text) {
  return text.trim().split("\n").at(-1);
}

function browserPath() {
  const told = process.env.CONFORMANCE_CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const found = (told === undefined ? NAMES : [told]).flatMap((name) =>
    name.includes("/") ? [name] : folders.map((folder) => join(folder, name)),
  );
  const path = found.find((each) => {
    try {
      accessSync(each, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (path !== undefined) return path;
  const missing = told === undefined ? "Chromium was not found on PATH" : `CONFORMANCE_CHROMIUM is ${told}, which cannot be run`;
  return cannotStart(`${missing}; run 'apt-get install chromium', or set CONFORMANCE_CHROMIUM to its path`);
}
