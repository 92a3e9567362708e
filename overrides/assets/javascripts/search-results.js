/* Search: what it found, put into the dialog. search.js loads this when search is opened, after the
   index (search-index.js, which the build writes) and what searches it (search-engine.js). */
self.crsShowFound = (function () {
  "use strict";

  const dialog = document.querySelector("[data-search]");
  const link = document.querySelector("a.crs-header__search");
  const [box, card, list] = ["input", "[data-card]", "[data-found]"].map((name) => dialog.querySelector(name));
  const root = new URL("..", link.href);
  const DRAWING = link.querySelector("svg").namespaceURI;
  const { words, cards } = self.crsSearchIndex;

  /* Builds an element of the index: tag, attributes, then texts and further elements. */
  function build([tag, attributes, ...content], space = dialog.namespaceURI) {
    const inside = tag === "svg" ? DRAWING : space;
    const element = document.createElementNS(inside, tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    element.append(...content.map((part) => (typeof part === "string" ? part : build(part, inside))));
    return element;
  }

  function address({ url, anchor }) {
    const target = new URL(url, root);
    if (target.protocol === "file:") target.pathname += "index.html";
    target.hash = anchor;
    return target.href;
  }

  const entry = (one) =>
    build([
      "li",
      {},
      ["a", { class: "crs-search__link", href: address(one) }, one.title, " ", ["small", {}, one.page]],
      ["p", { class: "crs-search__text" }, one.text],
    ]);

  let shown;
  let told;

  /* Shows what was found, and gives what is told of it: how much, and the heading of a card. What is
     shown already stays as it is, and the focus in it. */
  function show(question) {
    if (question === shown) return told;
    shown = question;
    const { card: urgent, found } = question ? self.crsSearch.search(question) : { found: [] };
    card.replaceChildren(...(urgent ? [build(cards[urgent])] : []));
    list.replaceChildren(...found.map(entry));
    const count = found.length ? `${words.found} ${found.length}` : words.none;
    const heading = urgent ? `${card.querySelector("h3").textContent.trim()}. ` : "";
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
