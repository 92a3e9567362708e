/* Glossary terms and source marks: show the meaning, or the sources, in a popover beside the link. It is what
   content.tooltips of Material turns on.
   Only for pages with .crs-fold.
   Without this script the links lead to the lists at the foot of the page.
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

  /* Content of the note: a term and its meaning, or the sources of a mark and a link to all sources. */
  function linesOf(link) {
    const entry = document.getElementById(link.hash.slice(1));
    if (!entry || !entry.closest(".crs-fold")) return [];
    const numbers = link.dataset.sources;
    if (!numbers) return [...entry.children];
    const list = entry.parentElement;
    const named = numbers.split(", ").map((number) => list.children[number - 1]);
    return [...named, list.nextElementSibling];
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

  for (const link of document.querySelectorAll("a.crs-term, .crs-cite a")) {
    const lines = linesOf(link);
    if (!lines.length) continue;
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
