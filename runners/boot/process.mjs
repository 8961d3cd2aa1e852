/** What the wrappers share as processes: command line, blocking streams, how to say that it cannot start. */

import { existsSync, readSync, writeSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const CANNOT_START = 4;

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

/** Read what standard input has into `bytes`, and block while it has nothing; how much it was, 0 at the end. */
export function readSome(bytes) {
  for (;;) {
    try {
      return readSync(0, bytes);
    } catch (error) {
      if (error.code === "EOF") return 0;
      if (error.code !== "EAGAIN") throw error;
      pause();
    }
  }
}

/** A pipe that does not block may be empty or full: wait a moment before the next attempt. */
function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}
