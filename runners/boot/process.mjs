/** What the wrappers share as processes: their command line, blocking standard streams, and how they say that they cannot start. */

import { existsSync, readSync, writeSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const CANNOT_START = 4;
const NEWLINE = 10;

/** End with one line on stderr that says what to do. */
export function cannotStart(message) {
  writeAll(2, Buffer.from(`${message}\n`));
  process.exit(CANNOT_START);
}

/** The PROGRAM of `-c PROGRAM`, the one thing that a wrapper takes as an interpreter does. */
export function programOf(words) {
  if (words.length === 2 && words[0] === "-c") return words[1];
  return cannotStart(`give it -c PROGRAM, and nothing else: ${words.join(" ")}`);
}

/**
 * The folder of an npm package: what the environment variable `variable` says, or else the one in node_modules here or
 * above. It is the package if it has `file`.
 */
export function packageFolder(name, file, variable) {
  const told = process.env[variable];
  if (told !== undefined) {
    if (existsSync(join(told, file))) return resolve(told);
    return cannotStart(`${variable} is ${told}, which is not the folder of the npm package ${name}: it has no ${file}`);
  }
  for (let here = process.cwd(); ; here = dirname(here)) {
    const folder = join(here, "node_modules", name);
    if (existsSync(join(folder, file))) return folder;
    if (here === dirname(here)) break;
  }
  return cannotStart(`the npm package ${name} is not there: 'npm install ${name}' here, or set ${variable} to its folder`);
}

/** Write all of `bytes`, however small the pipe. */
export function writeAll(descriptor, bytes) {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
      pause();
    }
  }
}

/** Reads standard input line by line and blocks while there is none, as no stream of Node does. */
export class LineReader {
  #chunks = [];
  #chunk = Buffer.alloc(1 << 16);

  /** The next line with its newline; at the end what is left, and then null. */
  readLine() {
    for (;;) {
      const last = this.#chunks.at(-1);
      const end = last?.indexOf(NEWLINE) ?? -1;
      if (end >= 0) {
        this.#chunks.pop();
        const line = Buffer.concat([...this.#chunks, last.subarray(0, end + 1)]).toString("utf8");
        this.#chunks = end + 1 < last.length ? [last.subarray(end + 1)] : [];
        return line;
      }
      const size = this.#read();
      if (size === 0) {
        const rest = Buffer.concat(this.#chunks).toString("utf8");
        this.#chunks = [];
        return rest || null;
      }
      this.#chunks.push(Buffer.from(this.#chunk.subarray(0, size)));
    }
  }

  #read() {
    for (;;) {
      try {
        return readSync(0, this.#chunk);
      } catch (error) {
        if (error.code === "EOF") return 0;
        if (error.code !== "EAGAIN") throw error;
        pause();
      }
    }
  }
}

/** A pipe that does not block may be empty or full: wait a moment before the next attempt. */
function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}
