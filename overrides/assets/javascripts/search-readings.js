/* Search: finds thermometer and finger oximeter readings in a query.
   search.js loads it when the dialog opens, after reading.js, which also serves the temperature
   helper, and after search-index.js, which the build writes. */
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
  const ZONES = ["at-or-above", "very-low", "low", "below"]; // most urgent first
  const OF_OXYGEN = [40 * ONE, 100 * ONE];

  /* Matches “101”, “38,5 c”, “100.6” and “1006”; readingsIn then rejects “30 days”. */
  const NUMBER = /(\d+(?:[.,]\d+)?)(?: (\d)(?!\d))?\s*(?:°|degrees?\b|deg\b)?\s*(c|f)?(?![\p{L}\d])/gu;

  /* Interprets a number as a reading: its zone and its value in both units. */
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

  /* Finds all readings in a query, the most urgent first; a lower one after a fever stays in the list.
     isOxygen: whether a number is an oximeter reading, which the guide never judges.
     ofHeat: whether the query is about temperature; otherwise a bare 37 may mean anything. */
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
      // A pair such as “90/60” or “90 over 60” is a blood pressure.
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
