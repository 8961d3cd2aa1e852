"use strict";
// What the pages with filters share: words that are found although they are written otherwise, filters that stay in the
// address, so that anchors never destroy them and Back works, and texts that are shown as text.
(() => {
  globalThis.conformance ??= {};

  // The words of a text in lower case: ``anext(agen, default)`` has anext, agen and default. An ID is one word.
  function words(text) {
    const joined = text.toLowerCase().replace(/\b([a-z]{3})-([0-9])/g, "$1$2");
    return joined.split(/[\W_]+/).filter(Boolean);
  }

  // The beginning that the forms of a word share: running → run, closes → clos.
  function stem(word) {
    const short = word.replace(/(?:ings?|ed|es|s|e)$/, "");
    if (short === word || short.length < 3) return word;
    return short.replace(/([b-df-hj-np-rtv-z])\1$/, "$1");
  }

  // A text in which a query can be looked up.
  function prepare(text) {
    return ` ${words(text).join(" ")}`;
  }

  // A function that says of a prepared text whether it has a word that begins like each word of the query.
  function finder(query) {
    const stems = words(query).map((word) => ` ${stem(word)}`);
    return (prepared) => stems.every((each) => prepared.includes(each));
  }

  // Old links have the filters in the fragment.
  function read() {
    const fragment = location.hash.slice(1);
    return new URLSearchParams(!location.search && fragment.includes("=") ? fragment : location.search);
  }

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  // Append a sentence, with what stands in double backticks as code.
  function tell(sentence, into) {
    const parts = sentence.split(/``(.+?)``/);
    into.append(...parts.map((part, number) => (number % 2 ? element("code", part) : part)));
  }

  let last = null;
  // `typing` names the field in which somebody types: one step of the history holds all that is typed into it.
  function write(chosen, typing = null) {
    const hash = location.hash.includes("=") ? "" : location.hash;
    const query = String(chosen);
    const address = `${location.pathname}${query && `?${query}`}${hash}`;
    try {
      if (typing !== null && typing === last) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
    } catch {
      // A browser may refuse this to a page from a folder: the filters then are not in the address.
    }
    last = typing;
  }

  Object.assign(globalThis.conformance, { finder, prepare, element, tell, address: { read, write } });
})();
