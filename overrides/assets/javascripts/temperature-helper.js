/* Temperature helper: converts between the two input boxes and says what to do about the reading.
   A classic deferred script, because browsers block modules on file: pages.
   Only for pages with [data-temperature-helper].
   All texts come from <template> elements: see components/temperature-helper.html.
   reading.js must be loaded before; it parses the numbers. */
(function () {
  "use strict";

  const KEY = "crs-temperature-helper";
  const PAUSE = 500; // milliseconds without a keystroke before the result is shown and read out
  const { other, fits, follow, millionths, parse, dotted, zones } = self.crsReading;
  const SIGN = { celsius: "°C", fahrenheit: "°F" };
  const HALF_TYPED = /^(?:1[01]?|[3489])$/;

  function start(root) {
    const find = (selector) => root.querySelector(selector);
    const zone = zones(root.dataset);
    const boxes = {
      celsius: find('[data-unit="celsius"]'),
      fahrenheit: find('[data-unit="fahrenheit"]'),
    };
    const result = find("[data-result]");
    const accept = find('[data-action="accept"]');
    const undo = find('[data-action="undo"]');
    let typedIn = "celsius";
    let outcome;
    let shown;
    let timer;
    let cleared;

    function judge(text, box) {
      const reading = parse(text);
      const { whole, digits, stated, empty } = reading;
      if (!digits) return { state: empty ? "" : "not-a-number" };
      const unit = stated || box;
      const value = millionths(digits);
      if (fits(value, unit)) {
        const moved = unit === box ? "" : SIGN[unit];
        return {
          state: zone(value, unit),
          moved,
          [unit]: digits,
          [other(unit)]: follow(value, unit, zone),
        };
      }
      for (const number of [digits, dotted(reading)]) {
        for (const guess of [unit, other(unit)]) {
          if (number && fits(millionths(number), guess)) return { state: "question", guess, number };
        }
      }
      return { state: "outside", early: HALF_TYPED.test(whole) };
    }

    function fill(node, values) {
      for (const slot of node.querySelectorAll("[data-value]")) {
        slot.textContent = values[slot.dataset.value];
      }
      return node;
    }

    function say(name, values) {
      const template = find(`template[data-message="${name}"]`);
      result.append(fill(template.content.cloneNode(true), values));
    }

    function hide() {
      clearTimeout(timer);
      shown = "";
      result.textContent = "";
      result.dataset.state = "";
      accept.hidden = true;
      for (const unit in boxes) boxes[unit].removeAttribute("aria-invalid");
    }

    function show() {
      if (shown === JSON.stringify(outcome)) return;
      hide();
      shown = JSON.stringify(outcome);
      const { state, guess, number, moved } = outcome;
      if (!state) return;
      const values = { ...outcome, guess: `${number}\u00a0${SIGN[guess]}` };
      if (!outcome.celsius) boxes[typedIn].setAttribute("aria-invalid", "true");
      if (moved) {
        say("stated-unit", values);
        boxes[typedIn].value = outcome[typedIn];
      }
      say(state, values);
      fill(accept, values).hidden = !guess;
      result.dataset.state = state;
    }

    function keep(text) {
      try {
        sessionStorage.setItem(KEY, JSON.stringify({ box: typedIn, text }));
      } catch {
        // Storage is blocked or full: the reading is lost on reload.
      }
    }

    function kept() {
      try {
        return JSON.parse(sessionStorage.getItem(KEY)) || {};
      } catch {
        return {};
      }
    }

    function take() {
      const text = boxes[typedIn].value;
      outcome = judge(text, typedIn);
      boxes[other(typedIn)].value = outcome[other(typedIn)] || "";
      if (shown !== JSON.stringify(outcome)) hide();
      keep(text);
    }

    function put(box, text) {
      typedIn = box;
      boxes[box].value = text;
      take();
      show();
    }

    for (const unit in boxes) {
      boxes[unit].addEventListener("input", () => {
        typedIn = unit;
        undo.hidden = true;
        take();
        timer = setTimeout(() => outcome.early || show(), PAUSE);
      });
      boxes[unit].addEventListener("change", () => {
        if (unit === typedIn) show();
      });
    }
    accept.addEventListener("click", () => {
      put(outcome.guess, outcome.number);
      result.focus();
    });
    find('[data-action="clear"]').addEventListener("click", () => {
      const text = boxes[typedIn].value;
      if (!text) return;
      cleared = [typedIn, text];
      put(typedIn, "");
      say("cleared", {});
      undo.hidden = false;
    });
    undo.addEventListener("click", () => {
      put(...cleared);
      undo.hidden = true;
      result.focus();
    });

    root.hidden = false;
    const { box, text } = kept();
    if (/^(celsius|fahrenheit)$/.test(box) && typeof text === "string") put(box, text);
  }

  for (const root of document.querySelectorAll("[data-temperature-helper]")) start(root);
})();
