/** The parts that all wrappers share: the command line, blocking streams, and the message that they cannot start. */

import { existsSync, readSync, writeSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const CANNOT_START = 4;

/** End this process with one line on stderr that says what to do. */
export function cannotStart(message) {
  writeAll(2, Buffer.from(`${message}\n`));
  process.exit(CANNOT_START);
}

/** The PROGRAM of `-c PROGRAM`, the only arguments that a wrapper accepts. */
export function programOf(words) {
  if (words.length === 2 && words[0] === "-c") return words[1];
  return cannotStart(`the arguments must be -c PROGRAM, not: ${words.join(" ")}`);
}

/**
 * The folder of an npm package: the value of the environment variable `variable`, or else the folder in node_modules
 * here or in a folder above. A folder is the package if it has `file`.
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
  return cannotStart(`the npm package ${name} was not found; run 'npm install ${name}' here, or set ${variable} to its folder`);
}

/** Write all of `bytes`, also when the pipe is full. */
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

/** Read from standard input into `bytes`, and block while it is empty; return the number of bytes, 0 at the end. */
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

/** Wait two milliseconds: a pipe that does not block was empty or full. */
function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}
