/* Search: the readings in a question, of a thermometer and of a finger oximeter.
   search.js loads this when search is opened, after reading.js, which judges temperatures here as on
   the page that converts them, and after the index (search-index.js, which the build writes). */
self.crsSearchReadings = (function () {
  "use strict";

  const { ONE, other, fits, follow, millionths, plain, parse, dotted, zones } = self.crsReading;
  const index = self.crsSearchIndex;
  const [notDegrees, numbered, oxygen] = [index.notDegrees, index.numbered, index.oxygen].map(
    (text) => new Set(text.split(" ")),
  );
  const { levels } = index;
  const ofHelper = zones(levels);
  const veryLow = zones({
    ...levels,
    lowCelsius: levels.veryLowCelsius,
    lowFahrenheit: levels.veryLowFahrenheit,
  });
  const zone = (value, unit) =>
    veryLow(value, unit) === "low" ? "very-low" : ofHelper(value, unit);
  const BOTH = ["celsius", "fahrenheit"];
  const ZONES = ["at-or-above", "very-low", "low", "below"]; // the one that counts most first
  const OF_OXYGEN = [40 * ONE, 100 * ONE];

  /* “101”, “38,5 c”, “100 point 6”, “1006”, but no “30 days”. */
  const NUMBER = /(\d+(?:[.,]\d+)?)(?: (\d)(?!\d))?\s*(?:°|degrees?\b|deg\b)?\s*(c|f)?(?![\p{L}\d])/gu;

  /* The reading that a number stands for: its zone and its digits in both units. */
  function readingOf(digits, unit) {
    const reading = parse(digits + unit);
    if (!reading.digits) return undefined;
    const units = reading.stated ? [reading.stated] : BOTH;
    const fitting = [
      [reading.digits, units],
      [reading.digits, BOTH],
      [dotted(reading), units],
    ]
      .filter(([tried]) => tried)
      .flatMap(([tried, of]) => of.map((each) => [tried, each]))
      .find(([tried, each]) => fits(millionths(tried), each));
    if (!fitting) return undefined;
    const [shown, each] = fitting;
    const value = millionths(shown);
    return {
      zone: zone(value, each),
      [each]: shown,
      [other(each)]: follow(value, each, zone),
    };
  }

  /* What the numbers of a question say. The reading that counts most comes first, and one below the
     level after a fever stays in the list. oxygen: whether a number is one of an oximeter, which the
     guide never judges. ofHeat: whether the question is about temperature anyway; if not, 37 may be
     anything. */
  function readingsIn(question, ofHeat) {
    const text = plain(question).replace(/(\d)\s*(?:point|dot)\s*(\d)/g, "$1.$2");
    const ofOxygen = text.split(/[^\p{L}\d]+/u).some((word) => oxygen.has(word));
    const readings = [];
    let isOxygen = false;
    for (const found of text.matchAll(NUMBER)) {
      const [whole, number, tenth, unit = ""] = found;
      const after = text.slice(found.index + whole.length);
      const next = /^\s*-?\s*([\p{L}%]+)/u.exec(after);
      const last = /(\p{L}+)\W*$/u.exec(text.slice(0, found.index));
      const [before, behind] = [last && last[1], next && next[1]];
      const value = millionths(number.replace(",", "."));
      if (ofOxygen && !unit && before !== "temp" && value >= OF_OXYGEN[0] && value <= OF_OXYGEN[1]) {
        isOxygen = true;
        continue;
      }
      // A blood pressure is two numbers: “90/60”, “90 over 60”.
      if (/^\s*\/\s*\d/.test(after) || /\d\s*(?:\/|over)\s*$/.test(text.slice(0, found.index))) continue;
      if ((!unit && notDegrees.has(behind)) || numbered.has(before) || notDegrees.has(number)) continue;
      for (const digits of tenth ? [number, `${number}.${tenth}`] : [number]) {
        const reading = readingOf(digits, unit);
        if (reading && (reading.zone === "at-or-above" || ofHeat || unit || /\D/.test(digits))) {
          readings.push(reading);
        }
      }
    }
    readings.sort((a, b) => ZONES.indexOf(a.zone) - ZONES.indexOf(b.zone));
    return { readings, isOxygen };
  }

  return { readingsIn };
})();
