/** The conversation with the host. It is in JavaScript, because Brython cannot wait for input and a case ends with a promise. */

/**
 * The most milliseconds for a case without an end when no code runs any more. A promise that nobody settles is not an
 * endless loop: the interpreter idles, so this timer runs long before the time limit of the case.
 */
const PATIENCE = 500;
const MARK = "\x1e";

/**
 * Answer the host until it asks to exit or its input ends.
 *
 * `lines` yields the lines from the host, `write(text)` sends text to it, `run(source, name)` executes Python, `source`
 * is the source of brython_agent.py, and `build` has the words that distinguish this start from others.
 */
export async function converse({ lines, write, run, source, build }) {
  let frames;
  // With an empty stack, some errors of Brython become errors of JavaScript: the frame of the agent's module stays on it.
  globalThis.conformance_inside = () => (frames = __BRYTHON__.frame_obj);
  run(source, "conformance_agent");
  const mark = (message) => `\n${MARK}${ascii(JSON.stringify(message))}\n`;
  const start = (nonce) => mark({ op: "start", nonce, pid: null });
  const done = (nonce, answer) => mark({ ...JSON.parse(answer), op: "done", nonce, pid: null });
  let first = true;
  for await (const line of lines) {
    const request = JSON.parse(line);
    if (first) {
      first = false;
      conformance_load(request, build.join(" "));
      await write(mark({ op: "ready", protocol: 2 }));
      continue;
    }
    if (request.op === "exit") return;
    if (request.op !== "cases") {
      await write(start(request.nonce));
      await write(done(request.nonce, conformance_ask(line)));
      continue;
    }
    let said = "";
    for (const [number, each] of request.cases.entries()) {
      const nonce = `${request.nonce}-${number}`;
      await write(said + start(nonce));
      const began = performance.now();
      const answer = await outcome((settle) => conformance_begin(JSON.stringify(each), settle), frames);
      said = done(nonce, JSON.stringify({ ...JSON.parse(answer), seconds: (performance.now() - began) / 1000 }));
    }
    await write(said);
  }
}

/**
 * The reply to a case. `begin` gets the function that settles it, and returns the function that gives the case up.
 *
 * `frames` is Brython's stack outside of all cases: frames that a case left there must not make the next case fail, and
 * must not prevent that a case is given up.
 */
function outcome(begin, frames) {
  return new Promise((settle) => {
    const outside = (action) => {
      __BRYTHON__.frame_obj = frames;
      try {
        return action();
      } catch (error) {
        settle(JSON.stringify({ verdict: "fail", message: `an error of JavaScript: ${error?.message ?? error}` }));
      }
    };
    const giveUp = outside(() => begin(settle));
    const why = "it never ends: nothing runs any more, and what it awaits has neither a result nor an error";
    setTimeout(() => giveUp && outside(() => giveUp(why)), PATIENCE);
  });
}

function ascii(text) {
  return text.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
