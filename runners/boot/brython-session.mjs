/** The conversation with the host, in JavaScript: Brython cannot wait for its input, and its cases end when a promise does. */

/**
 * How long a case may be without an end once nothing runs any more, in milliseconds. A promise that nobody will settle
 * is no endless loop: the interpreter idles, so this is seen long before the time of the case is over.
 */
const PATIENCE = 500;
const MARK = "\x1e";

/**
 * Talk to the host until there is nothing more to be said.
 *
 * `lines` gives what the host says, `write(text)` sends, `run(source, name)` executes Python, `source` is that of
 * brython_agent.py, and `build` are the words that tell this start from others.
 */
export async function converse({ lines, write, run, source, build }) {
  let frames;
  // Where nothing is on the stack some of Brython's errors become errors of JavaScript: the agent's module stays there.
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
      await write(mark({ op: "ready", protocol: 1 }));
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
 * What a case comes to. It is begun with the function that it must call, and may be given up with what it returns.
 *
 * `frames` is Brython's stack outside of any case: what one left on it must neither fail the next nor the giving up.
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
