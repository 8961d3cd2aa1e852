/** The page around Brython. */

import { converse } from "./brython-session.mjs";

const CHUNK = 1 << 16;

async function* lines() {
  const decoder = new TextDecoder();
  let partial = "";
  for (;;) {
    const bytes = await (await fetch("read", { method: "POST", body: String(CHUNK) })).arrayBuffer();
    if (bytes.byteLength === 0) return;
    const parts = (partial + decoder.decode(bytes, { stream: true })).split("\n");
    partial = parts.pop();
    yield* parts;
  }
}

const [, version] = /Chrome\/(\d+)/.exec(navigator.userAgent);
try {
  await converse({
    lines: lines(),
    write: (text) => fetch("write/1", { method: "POST", body: text }),
    run: (source, name) => __BRYTHON__.runPythonSource(source, name),
    source: await (await fetch("boot/brython_agent.py")).text(),
    build: [`chromium-${version}`],
  });
  exit(0);
} catch (error) {
  exit(1, `the conversation failed: ${error?.stack ?? error}`);
}
