/* Thermometer readings: parses a text and compares the reading with the levels.
   Only for pages with [data-temperature-helper].
   A classic deferred script, because browsers block modules on file: pages.
   Shared by the temperature helper and search, so that both judge a reading alike. Search loads this
   file itself on pages without the helper. */
self.crsReading = (function () {
  "use strict";

  const ONE = 1e6; // readings are integers, in millionths of a degree: floats would misjudge ties and levels
  const RANGE = { celsius: [30 * ONE, 45 * ONE], fahrenheit: [86 * ONE, 113 * ONE] };
  const READING = /^(\d+)(?:[.,](\d*))?(?:[°o]|\u030a)?(c(?:elsius)?|f(?:ahrenheit)?)?$/;

  const other = (unit) => (unit === "celsius" ? "fahrenheit" : "celsius");

  /* Rounds half up, like scripts/guide/temperature.py: integers below 2^53 are exact, so Math.round
     sees ties as ties. */
  function convert(value, unit, decimals) {
    const places = 10 ** decimals;
    const rounded =
      unit === "celsius"
        ? Math.round(((value * 9 + 160 * ONE) * places) / (5 * ONE))
        : Math.round(((value - 32 * ONE) * 5 * places) / (9 * ONE));
    return (rounded / places).toFixed(decimals);
  }

  const fits = (value, unit) => value >= RANGE[unit][0] && value <= RANGE[unit][1];

  function millionths(digits) {
    const [whole, fraction = ""] = digits.split(".");
    return Number(whole) * ONE + Number((fraction + "000000").slice(0, 6));
  }

  /* Normalizes full-width characters, ℃ and ℉, Arabic digits, and the decimal points of other scripts. */
  const plain = (text) =>
    text
      .normalize("NFKC")
      .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 15)
      .replace(/[·。\u066b]/g, ".")
      .replace(/\p{Cf}/gu, "")
      .toLowerCase();

  function parse(text) {
    const typed = plain(text).replace(/\s/g, "");
    const found = READING.exec(typed);
    if (!found) return { empty: !typed };
    const [, whole, fraction, stated] = found;
    return {
      whole: fraction === undefined && whole,
      digits: `${Number(whole)}.${fraction || 0}`.replace(/(\.\d+?)0+$/, "$1"),
      stated: stated && (stated[0] === "c" ? "celsius" : "fahrenheit"),
    };
  }

  /* Guess for a number outside the range of both units: the decimal point was left out (“385”). */
  const dotted = ({ whole }) => whole && whole.replace(/.$/, ".$&");

  function level(celsius, shown, choose) {
    const value = millionths(celsius);
    // 37.8 °C is 100.04 °F and is shown as 100.0 °F, so 100.0 °F must count as having reached the level.
    return { celsius: value, fahrenheit: choose((value * 9) / 5 + 32 * ONE, millionths(shown)) };
  }

  /* levels: feverCelsius, feverFahrenheit, lowCelsius and lowFahrenheit, as a thermometer shows them. */
  function zones(levels) {
    const fever = level(levels.feverCelsius, levels.feverFahrenheit, Math.min);
    const low = level(levels.lowCelsius, levels.lowFahrenheit, Math.max);
    return function zone(value, unit) {
      if (value >= fever[unit]) return "at-or-above";
      return value < low[unit] ? "low" : "below";
    };
  }

  /* Converts a reading to the other unit. Rounding must not move it across a level:
     37.99 °C is under 38.0 °C, so it is shown as 100.38 °F, not as 100.4 °F. */
  function follow(value, unit, zone) {
    for (let decimals = 1; decimals < 6; decimals++) {
      const text = convert(value, unit, decimals);
      if (zone(millionths(text), other(unit)) === zone(value, unit)) return text;
    }
    return convert(value, unit, 1);
  }

  return { ONE, other, fits, follow, millionths, plain, parse, dotted, zones };
})();
