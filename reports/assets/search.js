"use strict";
// The search engine of the home page: unpacks the index that was made with the site, and answers questions.
// It touches no page, so that a test can ask it without one.
(() => {
  const { MiniSearch, conformance, EnglishStemmer } = globalThis;
  const WEIGHTS = { sentence: 3, words: 3, documents: 1.2, code: 1.5 };
  const ID = /^[a-z]{3}-?\d{0,3}[a-z]?$/;
  const WORTH = { detail: 0.85, ended: 0.85, unreleased: 0.75 };
  const COVER = 0.5;
  let engine;
  let known;
  let stops;

  const stemmer = new EnglishStemmer();
  const stems = new Map();
  function stem(word) {
    if (!stems.has(word)) stems.set(word, stemmer.stemWord(word));
    return stems.get(word);
  }
  function words(text) {
    const found = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    return found.filter((word) => !stops.has(word) && (word.length > 1 || /\d/.test(word)));
  }

  // How much a term tells: less if many texts have it. One that no text has is taken as rare.
  function rarity(term) {
    return known.get(term) ?? 4;
  }

  // The form of MiniSearch.toJSON(), from the packed postings.
  function unpack(packed) {
    const count = packed.ids.length;
    const numbers = Object.fromEntries(packed.ids.map((_, place) => [place, place]));
    const terms = packed.terms.split(" ");
    return {
      documentCount: count,
      nextId: count,
      documentIds: numbers,
      fieldIds: Object.fromEntries(packed.fields.map((name, place) => [name, place])),
      fieldLength: Object.fromEntries(packed.ids.map((_, place) => [place, packed.lengths.map((each) => each[place])])),
      averageFieldLength: packed.lengths.map((each) => each.reduce((sum, one) => sum + one, 0) / count),
      storedFields: {},
      dirtCount: 0,
      index: packed.postings.map((text, number) => [terms[number], fields(text)]),
      serializationVersion: 2,
    };
  }
  function fields(text) {
    const found = {};
    text.split("|").forEach((part, field) => {
      if (!part) return;
      const documents = {};
      let last = -1;
      for (const each of part.split(" ")) {
        const [step, times] = each.split("*");
        last += parseInt(step, 36);
        documents[last] = times ? Number(times) : 1;
      }
      found[field] = documents;
    });
    return found;
  }

  function start() {
    const packed = conformance.search;
    stops = new Set(packed.stops.split(" "));
    const terms = packed.terms.split(" ");
    const many = packed.ids.length;
    known = new Map(terms.map((term, place) => [term, Math.log(1 + many / packed.postings[place].split(/[ |]+/).length)]));
    engine = MiniSearch.loadJS(unpack(packed), {
      fields: packed.fields,
      tokenize: words,
      processTerm: stem,
    });
  }

  // The places of the behaviours in data/behaviours.js, the best first.
  function ask(question, most = 20) {
    if (!engine) start();
    const asked = question.trim().toLowerCase();
    const compact = asked.replace(/\s+/g, "");
    if (ID.test(compact) && compact.length >= 3) {
      const wanted = compact.includes("-") ? compact : `${compact.slice(0, 3)}-${compact.slice(3)}`;
      const found = [];
      conformance.behaviours.forEach(([id], place) => {
        if (id.toLowerCase().startsWith(wanted)) found.push(place);
      });
      if (found.length) return found.slice(0, most);
    }
    const asks = [...new Set(words(asked).map(stem))];
    const last = asks.length - 1;
    const found = engine.search(asks.join(" "), {
      processTerm: (term) => term,
      boost: WEIGHTS,
      // The last word may not be typed to its end. A word that no text has may be misspelt.
      prefix: (term, place) => place === last && term.length > 1,
      fuzzy: (term) => (term.length > 3 && !known.has(term) ? 0.3 : 0),
      weights: { prefix: 0.4, fuzzy: 0.5 },
      boostDocument: (place) => {
        const [, , level, since, until] = conformance.behaviours[place];
        return (level === "detail" ? WORTH.detail : 1) * (until ? WORTH.ended : 1) * (since === conformance.search.unreleased ? WORTH.unreleased : 1);
      },
      combineWith: "OR",
    });
    // A text that has more of the question is better than one that has a part of it very often.
    const total = asks.reduce((sum, term) => sum + rarity(term), 0) || 1;
    for (const each of found) {
      const share = each.queryTerms.reduce((sum, term) => sum + rarity(term), 0) / total;
      each.score *= share ** COVER;
    }
    const best = Math.max(1, ...found.map((each) => each.score));
    const scores = new Map(found.map((each) => [each.id, each.score]));
    const said = conformance.search.phrases.filter(([stems]) => stems.every((term) => asks.includes(term)));
    // The longest phrase that the question has knows best; a shorter one adds nothing to it.
    const longest = Math.max(0, ...said.map(([stems]) => stems.length));
    for (const [stems, places] of said) {
      if (stems.length < longest) continue;
      places.forEach((place, rank) => {
        scores.set(place, (scores.get(place) ?? 0) + (best * longest * (1 - rank / 10)) / Math.max(longest, asks.length));
      });
    }
    return [...scores].sort(([, one], [, other]) => other - one).slice(0, most).map(([place]) => place);
  }

  conformance.ask = ask;
  conformance.stem = stem;
})();
