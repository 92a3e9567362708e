/* Search engine, without the user interface: interprets a query, picks the care card, ranks results.
   search.js loads it when the dialog opens, after vendor/minisearch.min.js, search-index.js (written
   by the build), search-words.js and search-readings.js. It does not touch the DOM. */
self.crsSearch = (function () {
  "use strict";

  const index = self.crsSearchIndex;
  const set = (text) => new Set(text.split(" "));
  const [passedOver, weak, asTyped, asking, printed] = [
    index.passedOver,
    index.weak,
    index.asTyped,
    index.asking,
    index.printed,
  ].map(set);
  const { readingsIn } = self.crsSearchReadings;
  const { words, stem, near, slipsIn, soundOf } = self.crsWords;

  /* Lay terms. A phrase matches when a query contains all of its words, in any order. A phrase of common
     words only must match word for word; a phrase after an equals sign must be the whole query. “@name”
     matches any word of that kind. */
  const partOf = (word) => ({ word, stem: stem(word) });
  const kinds = new Map();
  for (const name in index.kinds) kinds.set(`@${name}`, words(index.kinds[name]).map(partOf));
  const partsOf = (text) =>
    text
      .split(/(@[a-z-]+)/)
      .flatMap((piece) =>
        kinds.has(piece) ? [{ word: piece, stem: piece, any: kinds.get(piece) }] : words(piece).map(partOf),
      );
  const phrasesOf = (text) => text.split("|").map(partsOf);
  function phraseOf(text) {
    const all = partsOf(text);
    const telling = all.filter(({ word }) => !passedOver.has(word));
    const enough =
      telling.length === all.length ||
      (telling.length > 1 && telling.some((part) => !weak.has(part.stem)));
    return { parts: enough ? telling : all, strict: !enough, whole: text[0] === "=" };
  }
  const terms = index.terms.map(([names, leads, urgency, signs, onset]) => ({
    phrases: names.split("|").map(phraseOf),
    leads,
    urgency,
    signs,
    onset,
  }));
  const [noSign, suddenly, slowly, withVeryLow] = [
    index.noSign,
    index.suddenly,
    index.slowly,
    index.withVeryLow,
  ].map(phrasesOf);
  const spread = new Map(); // number of terms that contain a word
  for (const { phrases } of terms) {
    const stems = phrases.flatMap(({ parts }) => parts.flatMap((part) => [part, ...(part.any || [])]));
    for (const one of new Set(stems.map((part) => part.stem))) {
      spread.set(one, (spread.get(one) || 0) + 1);
    }
  }
  const told = new Map(); // number of occurrences in the pages: frequent words weigh less
  const worth = (one) =>
    Math.log(1 + 500 / (3 * (spread.get(one) || 1) + (told.get(one) || 0))) * (weak.has(one) ? 0.4 : 1);

  const pages = index.pages.map(([title, url, weight, kind]) => ({ title, url, weight, kind }));
  const pageOf = (id) => pages[index.sections[id][0]];
  const library = new self.MiniSearch({
    fields: ["title", "text"],
    tokenize: (text) => [...new Set(words(text))], // deduplicated: half the work on a slow phone
    processTerm: (word) => {
      if (passedOver.has(word)) return null;
      const one = stem(word);
      told.set(one, (told.get(one) || 0) + 1);
      return one;
    },
    searchOptions: {
      processTerm: stem,
      boost: { title: 3 },
      bm25: { k: 1.2, b: 0.4, d: 0.5 },
      boostDocument: (id) => pageOf(id).weight,
      prefix: (word) => word.length > 3,
      fuzzy: (word) => slipsIn(word),
      weights: { fuzzy: 0.4, prefix: 0.5 },
    },
  });
  library.addAll(
    index.sections.map(([, , title, text, rest], id) => ({ id, title, text: `${text} ${rest}` })),
  );

  /* Words of a query, plus candidates for words that a wrong space split or joined. */
  function read(question) {
    const typed = words(question);
    const parts = typed.map((word) => ({ word, stem: stem(word), passed: passedOver.has(word) }));
    const add = (word) => parts.push({ word, stem: stem(word), made: true });
    typed.forEach((word, at) => {
      const joined = word + typed[at + 1];
      if (at + 1 < typed.length && joined.length > 4 && spread.has(stem(joined))) add(joined);
      if (spread.has(stem(word)) || passedOver.has(word)) return;
      for (let cut = 3; cut <= word.length - 3; cut++) {
        const halves = [word.slice(0, cut), word.slice(cut)];
        if (halves.every((half) => spread.has(stem(half)) || passedOver.has(half))) halves.forEach(add);
      }
    });
    return parts;
  }

  /* Match between a phrase word and a typed word: 1 for an exact match, less with typos, 0 for none. */
  function fit(part, typed) {
    if (part.any) return Math.max(...part.any.map((one) => fit(one, typed)));
    if (typed.stem === part.stem) return 1;
    const slips = slipsIn(part.word);
    if (!slips || typed.passed || asTyped.has(typed.word) || spread.has(typed.stem)) return 0;
    if (typed.word[0] === part.word[0] && near(typed.word, part.word, slips)) return 0.8;
    const sound = soundOf(part.word);
    return sound && sound === soundOf(typed.word) ? 0.7 : 0;
  }

  /* Index at which the words of a phrase appear in sequence, or -1. */
  const findRow = (phrase, parts) =>
    parts.findIndex((_, at) =>
      phrase.every((part, step) => parts[at + step] && fit(part, parts[at + step])),
    );

  /* Number of query words from the first to the last word of a phrase. */
  function width(phrase, parts) {
    const places = phrase.map((part) => parts.findIndex((typed) => fit(part, typed)));
    return Math.max(...places) - Math.min(...places) + 1;
  }

  /* Terms that match a query, each with a score for how much of the query it explains. */
  function named(parts) {
    const known = new Map();
    const stands = (part) => {
      if (!known.has(part.word)) {
        known.set(part.word, Math.max(...parts.map((typed) => fit(part, typed)), 0));
      }
      return known.get(part.word);
    };
    const typed = parts.filter((part) => !part.made);
    const asked = parts.filter((part) => !part.passed && !part.made);
    const all = asked.reduce((sum, part) => sum + worth(part.stem), 0) || 1;
    const found = [];
    for (const term of terms) {
      let [score, whole] = [0, false];
      for (const phrase of term.phrases) {
        const each = phrase.parts.map(stands);
        if (!each.length || each.includes(0)) continue;
        if (phrase.whole && phrase.parts.length !== typed.length) continue;
        if (phrase.strict && findRow(phrase.parts, typed) < 0) continue;
        // Words far apart rarely belong together, but a possible sign of illness must not be missed.
        if (!term.urgency && width(phrase.parts, typed) > phrase.parts.length + 2) continue;
        whole = true;
        const sum = phrase.parts.reduce((so, part, at) => so + worth(part.stem) * each[at], 0);
        score = Math.max(score, sum * Math.sqrt(Math.min(1, sum / all)));
      }
      if (whole) found.push({ term, score });
    }
    return found;
  }

  const stands = (phrases, parts) => phrases.some((phrase) => findRow(phrase, parts) >= 0);

  /* Words of a query without phrases that name no sign: “flu shot” does not mean flu. */
  function withSigns(parts) {
    const signless = new Set();
    for (const phrase of noSign) {
      const at = findRow(phrase, parts);
      if (at >= 0) phrase.forEach((_, step) => signless.add(parts[at + step]));
    }
    return parts.filter((part) => !signless.has(part));
  }

  /* Returns 3 for the emergency card, 2 for “call now”, 0 for none. A change of the face, the sight or a
     limb is an emergency if it is sudden, or if the query does not say how it began. */
  function urgency(meant, parts, { readings: [reading], isOxygen }) {
    const sudden = stands(suddenly, parts);
    const slow = !sudden && stands(slowly, parts);
    const levels = meant.map(({ term }) => {
      if (!term.onset) return term.urgency;
      return sudden ? 3 : slow ? Math.min(2, term.urgency) : term.urgency;
    });
    if (reading) levels.push(reading.zone === "very-low" && stands(withVeryLow, parts) ? 3 : 2);
    return isOxygen ? 3 : Math.max(0, ...levels);
  }

  const lean = ({ kind }, parts) =>
    (kind === "questions" && asking.has(parts[0].word) ? 1.1 : 1) *
    (kind === "sheets" && parts.some(({ word }) => printed.has(word)) ? 1.5 : 1);
  const STEPS = [1, 0.8, 0.65, 0.5];
  const WEIGHTS = [1, 1, 1.5, 2]; // by urgency, so that urgent results rank first

  function search(question) {
    const parts = read(question);
    const scores = new Map();
    // Further matches count less: many weak matches must not outrank one strong match.
    const add = (id, score) => {
      const so = scores.get(id) || 0;
      scores.set(id, Math.max(so, score) + 0.4 * Math.min(so, score));
    };
    if (!parts.length) return { card: "", signs: [], found: [] };
    const meant = named(parts);
    const telltale = withSigns(parts);
    const ofSigns =
      telltale.length < parts.length
        ? [...meant.filter(({ term }) => !term.signs.length), ...named(telltale)]
        : [...meant];
    const ofHeat =
      parts.length < 2 || meant.some(({ term }) => term.leads.some((id) => pageOf(id).kind === "readings"));
    const numbers = readingsIn(question, ofHeat);
    const [reading] = numbers.readings;
    const level = urgency(ofSigns, telltale, numbers);
    const said = [...new Set(numbers.readings.map(({ zone }) => zone)), ...(numbers.isOxygen ? ["oxygen"] : [])];
    said.forEach((zone, at) => {
      const one = { term: terms[index.readings[zone]], score: zone === "oxygen" ? 6 : at ? 2 : 4 };
      meant.push(one);
      ofSigns.push(one);
    });
    for (const { term, score } of meant) {
      const weight = WEIGHTS[term.urgency];
      term.leads.forEach((id, at) => add(id, score * weight * (STEPS[at] || 0.4)));
    }
    const telling = parts.filter(({ word, passed }) => !passed && !(reading && /^\d+$/.test(word)));
    const lexical = library.search(telling.map((part) => part.word).join(" "));
    const top = lexical.length ? lexical[0].score : 1;
    for (const { id, score, queryTerms } of lexical) {
      add(id, ((3 * score) / top) * Math.min(1, queryTerms.length / telling.length));
    }
    for (const [id, score] of scores) scores.set(id, score * lean(pageOf(id), parts));
    const most = Math.max(...scores.values());
    const found = [...scores]
      .filter(([, score]) => score > most * 0.2)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, 10)
      .map(([id, score]) => {
        const [, anchor, title, text] = index.sections[id];
        return { title, text, anchor, score, page: pageOf(id).title, url: pageOf(id).url };
      });
    return {
      card: level === 3 ? "emergency" : level === 2 ? "call-now" : "",
      signs: [...new Set(ofSigns.flatMap(({ term }) => term.signs))],
      reading,
      found,
    };
  }

  return { search };
})();
