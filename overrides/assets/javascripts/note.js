/* Glossary terms, source marks and abbreviations: show the meaning, or the sources, in a popover beside them.
   It is what content.tooltips of Material turns on.
   Only for pages with .crs-fold or .crs-abbr.
   Without this script the links lead to the lists at the foot of the page, and a meaning is written out.
   Newer browsers only: popover, showPopover, hidePopover, newState, replaceChildren. The script stops
   where popovers are unknown. */
(function () {
  "use strict";

  if (!("popover" in HTMLElement.prototype)) return;

  const note = document.createElement("div");
  note.className = "crs-note";
  note.popover = "auto"; // the browser closes it on Escape and on a click outside
  note.tabIndex = -1;
  note.setAttribute("role", "dialog"); // makes screen readers announce it when the focus moves into it
  let opener = null;
  let pressedWhileOpen = false;

  const isOpenFor = (link) => note.matches(":popover-open") && opener === link;

  /* Content of the note: a term and its meaning, the sources of a mark and a link to all sources, or what an
     abbreviation stands for. */
  function linesOf(link) {
    if (link.title) {
      const meaning = document.createElement("p");
      meaning.textContent = link.title;
      return [meaning];
    }
    const entry = document.getElementById(link.hash.slice(1));
    if (!entry || !entry.closest(".crs-fold")) return [];
    const numbers = link.dataset.sources;
    if (!numbers) return [...entry.children];
    const list = entry.parentElement;
    const named = numbers.split(", ").map((number) => list.children[number - 1]);
    return [...named, list.nextElementSibling];
  }

  function makeButton(abbreviation) {
    abbreviation.tabIndex = 0;
    abbreviation.setAttribute("role", "button");
    abbreviation.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      abbreviation.click();
    });
  }

  function show(link, lines) {
    note.replaceChildren();
    for (const part of lines) {
      const line = document.createElement("p");
      line.append(...part.cloneNode(true).childNodes);
      note.append(line);
    }
    note.setAttribute("aria-label", link.textContent);
    (link.closest("sup") || link).after(note);
    opener = link;
    const box = link.getBoundingClientRect();
    note.showPopover();
    const left = Math.min(box.left, document.documentElement.clientWidth - note.offsetWidth - 12);
    note.style.left = `${Math.max(12, left) + window.scrollX}px`;
    note.style.top = `${box.bottom + 10 + window.scrollY}px`;
    note.focus();
  }

  for (const link of document.querySelectorAll("a.crs-term, .crs-cite a, abbr[class]")) {
    const lines = linesOf(link);
    if (!lines.length) continue;
    if (link.title) makeButton(link);
    // The browser closes the note on pointerdown; without this flag, the click would reopen it.
    link.addEventListener("pointerdown", () => {
      pressedWhileOpen = isOpenFor(link);
    });
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (!pressedWhileOpen || event.detail === 0) show(link, lines);
      pressedWhileOpen = false;
    });
  }

  note.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (next && !note.contains(next) && note.matches(":popover-open")) note.hidePopover();
  });

  note.addEventListener("toggle", (event) => {
    const lost = document.activeElement === document.body;
    // preventScroll: the reader may have scrolled on.
    if (event.newState === "closed" && opener && lost) opener.focus({ preventScroll: true });
  });
})();
