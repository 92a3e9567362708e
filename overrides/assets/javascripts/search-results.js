/* Search: renders results in the dialog. search.js loads it when the dialog opens, after
   search-index.js (written by the build) and search-engine.js. */
self.crsShowFound = (function () {
  "use strict";

  const dialog = document.querySelector("[data-search]");
  const link = document.querySelector("a.crs-header__search");
  const [box, card, list] = ["input", "[data-card]", "[data-found]"].map((name) => dialog.querySelector(name));
  const root = new URL("..", link.href);
  const build = self.crsBuild;
  const { words, cards, said, ways } = self.crsSearchIndex;

  function address(place) {
    const target = new URL(place, root);
    if (target.protocol === "file:") target.pathname += "index.html";
    return target.href;
  }

  const entry = (one) =>
    build([
      "li",
      {},
      ["a", { class: "crs-search__link", href: address(one.anchor ? `${one.url}#${one.anchor}` : one.url) }, one.title, " ", ["small", {}, one.page]],
      ["p", { class: "crs-search__text" }, one.text],
    ]);

  /* Renders the sentence about a reading, with its value in both units. */
  function row(reading) {
    const paragraph = build(said[reading.zone]);
    for (const slot of paragraph.querySelectorAll("[data-value]")) {
      slot.textContent = reading[slot.dataset.value];
    }
    return paragraph;
  }

  /* Renders a whole care card. The signs that match the query are highlighted in it, and repeated
     above the list, so that the reader does not have to look for them. */
  function cardWith(name, signs) {
    const element = build(cards[name]);
    let at = 0;
    for (const other in cards) {
      if (other === name) break;
      at += lines(build(cards[other])).length;
    }
    const asked = lines(element).filter((_, number) => signs.includes(at + number));
    for (const line of asked) line.classList.add("crs-search__asked");
    const top = asked.slice(0, 3).map((line) => {
      const group = document.createElement("p");
      group.className = "crs-search__sign";
      group.textContent = `${line.parentNode.previousElementSibling.textContent}: ${line.textContent}`;
      return group;
    });
    element.querySelector(".crs-care-card__call").after(...top);
    return element;
  }
  const lines = (element) => [...element.querySelectorAll(".crs-care-card__signs > li")];

  /* Suggestions for an empty query. */
  function start() {
    const items = [...build(ways).children];
    for (const item of items) {
      item.className = "crs-search__way";
      item.firstChild.href = address(item.firstChild.getAttribute("href"));
    }
    return items;
  }

  /* Like replaceChildren, which Chromium before 86 and Safari before 14 do not have. */
  function fill(parent, children) {
    parent.textContent = "";
    parent.append(...children);
  }

  let shown;
  let told;

  /* Renders the results of a query. Returns the texts for the status element: the count, and the headings
     above the list. A repeated query changes nothing, so that the focus stays where it is. */
  function show(question) {
    if (question === shown) return told;
    shown = question;
    const { card: urgent, signs, reading, found } = question
      ? self.crsSearch.search(question)
      : { found: [] };
    fill(card, [...(reading ? [row(reading)] : []), ...(urgent ? [cardWith(urgent, signs)] : [])]);
    fill(list, question ? found.map(entry) : start());
    const count = found.length ? `${words.found} ${found.length}` : words.none;
    const heading = [".crs-search__reading", "h3", ".crs-search__sign"]
      .flatMap((part) => [...card.querySelectorAll(part)])
      .map((part) => `${part.textContent.trim().replace(/[.]$/, "")}. `)
      .join("");
    told = [question ? count : "", heading];
    return told;
  }

  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step && event.key !== "Tab") return;
    show(box.value.trim()); // the key may come before the debounced search has run
    if (!step) return;
    const stops = [box, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at + step] || (at < 0 && stops[1]);
    event.preventDefault();
    if (next) next.focus();
  });

  return show;
})();
