/* Search: which words are one word, and which are alike in letters or in sound.
   search.js loads this when search is opened, after the index (search-index.js, which the build
   writes) and before search-engine.js. */
self.crsWords = (function () {
  "use strict";

  const { plain } = self.crsReading;
  const index = self.crsSearchIndex;
  const alike = new Map();
  for (const name in index.alike) {
    for (const word of index.alike[name].split(" ")) alike.set(word, name);
  }

  /* The words of a text. “CAR T”, “car-t” and “cart cells” are one word, and “car” is a car. So are
     the long and the short name of CRS. */
  function words(text) {
    // Most of the index is as plain as this: it is read at once, also by a slow phone.
    if (/^[a-z ]+$/.test(text) && !/\bcart? |cytokin/.test(text)) return text.split(" ").filter(Boolean);
    return plain(text)
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[’'`´](?:ll|ve|m|re|d|s)\b/g, "")
      .replace(/[’'`´]/g, "")
      .replace(/\bcytokin\w*[\s-]+rel\w*[\s-]+syn\w*/g, "crs")
      .replace(/\bcar[\s-]?t(?:[\s-]t)?\b(?:[\s-]*cells?\b)?/g, "cart")
      .split(/[^\p{L}\p{N}&]+/u)
      .filter(Boolean);
  }

  /* One form for all forms of a word. */
  const stems = new Map();

  function stem(word) {
    if (!stems.has(word)) stems.set(word, stemOf(word));
    return stems.get(word);
  }

  function stemOf(word) {
    const one = alike.get(word) || word;
    // Safari before 16.4 cannot read a lookbehind: what stands before an ending is kept by its group.
    const cut = one
      .replace(/(..)(?:iness|ies|ied)$/, "$1y")
      .replace(/^(?:(...+?)(?:ings?|es)|(..+?[^e])ed|(..+?[^s])s)$/, "$1$2$3");
    const same = cut === one || /[lsfz]$/.test(cut) ? cut : cut.replace(/(.)\1$/, "$1");
    return alike.get(same) || same.replace(/(...)e$/, "$1");
  }

  /* Whether two words are at most so many slips apart: a letter wrong, missing, too many, or two
     letters that changed places. */
  function near(a, b, slips) {
    if (Math.abs(a.length - b.length) > slips) return false;
    let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        const cost = a[i - 1] === b[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      [before, last] = [last, row];
    }
    return last[b.length] <= slips;
  }

  const slipsIn = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : word.length < 11 ? 2 : 3);

  /* How a word sounds, roughly, for who writes as they hear: “palpitashuns”. Empty for short words,
     which sound like too many others. */
  const sounds = new Map();
  function soundOf(word) {
    if (!sounds.has(word)) {
      const sound = word
        .replace(/[ts]ion|shun|cian/g, "xn")
        .replace(/ph/g, "f")
        .replace(/c(?=[eiy])|z/g, "s")
        .replace(/[cq]k?/g, "k")
        .replace(/rh/g, "r")
        .replace(/[aeiouyhw]/g, "")
        .replace(/(.)\1+/g, "$1");
      sounds.set(word, sound.length < 4 ? "" : sound);
    }
    return sounds.get(word);
  }

  return { words, stem, near, slipsIn, soundOf };
})();
