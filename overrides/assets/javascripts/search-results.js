/* Search: what it found, put into the dialog. search.js loads this when search is opened, after the
   index (search-index.js, which the build writes) and what searches it (search-engine.js). */
self.crsShowFound = (function () {
  "use strict";

  const dialog = document.querySelector("[data-search]");
  const link = document.querySelector("a.crs-header__search");
  const [box, card, list] = ["input", "[data-card]", "[data-found]"].map((name) => dialog.querySelector(name));
  const root = new URL("..", link.href);
  const DRAWING = link.querySelector("svg").namespaceURI;
  const { words, cards, said, ways } = self.crsSearchIndex;

  /* Builds an element of the index: tag, attributes, then texts and further elements. */
  function build([tag, attributes, ...content], space = dialog.namespaceURI) {
    const inside = tag === "svg" ? DRAWING : space;
    const element = document.createElementNS(inside, tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    element.append(...content.map((part) => (typeof part === "string" ? part : build(part, inside))));
    return element;
  }

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

  /* What a reading means, with the reading in both units. */
  function row(reading) {
    const paragraph = build(said[reading.zone]);
    for (const slot of paragraph.querySelectorAll("[data-value]")) {
      slot.textContent = reading[slot.dataset.value];
    }
    return paragraph;
  }

  /* A care card, whole and in its own order. The signs that were asked about are marked in it, and
     stand once more above the others, so that nobody has to look for them. */
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

  /* Before anything is typed: ways into the guide. */
  function start() {
    const items = [...build(ways).children];
    for (const item of items) {
      item.className = "crs-search__way";
      item.firstChild.href = address(item.firstChild.getAttribute("href"));
    }
    return items;
  }

  let shown;
  let told;

  /* Shows what was found, and gives what is told of it: how much, and what stands above it. What is
     shown already stays as it is, and the focus in it. */
  function show(question) {
    if (question === shown) return told;
    shown = question;
    const { card: urgent, signs, reading, found } = question
      ? self.crsSearch.search(question)
      : { found: [] };
    card.replaceChildren(
      ...(reading ? [row(reading)] : []),
      ...(urgent ? [cardWith(urgent, signs)] : []),
    );
    list.replaceChildren(...(question ? found.map(entry) : start()));
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
    show(box.value.trim()); // keys may be faster than the pause after the last letter
    if (!step) return;
    const stops = [box, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at + step] || (at < 0 && stops[1]);
    event.preventDefault();
    if (next) next.focus();
  });

  return show;
})();
