/* Search: tokenizing, stemming, and fuzzy matching by spelling and by sound.
   search.js loads it when the dialog opens, after search-index.js (written by the build) and before
   search-engine.js. */
self.crsWords = (function () {
  "use strict";

  const { plain } = self.crsReading;
  const index = self.crsSearchIndex;
  const alike = new Map();
  for (const name in index.alike) {
    for (const word of index.alike[name].split(" ")) alike.set(word, name);
  }

  /* Splits a text into words. “CAR T”, “car-t” and “cart cells” become one word, distinct from “car”.
     The full name of CRS becomes “crs”. */
  function words(text) {
    // Fast path: most of the index matches, which matters on a slow phone.
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

  /* Stem that all forms of a word share, cached. */
  const stems = new Map();

  function stem(word) {
    if (!stems.has(word)) stems.set(word, stemOf(word));
    return stems.get(word);
  }

  function stemOf(word) {
    const one = alike.get(word) || word;
    // Safari before 16.4 has no lookbehind, so a capture group keeps the text before the ending.
    const cut = one
      .replace(/(..)(?:iness|ies|ied)$/, "$1y")
      .replace(/^(?:(...+?)(?:ings?|es)|(..+?[^e])ed|(..+?[^s])s)$/, "$1$2$3");
    const same = cut === one || /[lsfz]$/.test(cut) ? cut : cut.replace(/(.)\1$/, "$1");
    return alike.get(same) || same.replace(/(...)e$/, "$1");
  }

  /* Whether the edit distance of two words is at most `slips`. A swap of two adjacent letters counts
     as one edit. */
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

  /* Rough phonetic key, for readers who spell by ear: “palpitashuns”. Empty for short words, because
     too many of them sound alike. */
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
