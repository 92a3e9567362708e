/* Glossary words and marks of sources: show the meaning, or the sources, where the reader is.
   Only for pages with .crs-fold.
   Without this script the link leads to the list at the foot of the page. */
(function () {
  "use strict";

  if (!("popover" in HTMLElement.prototype)) return;

  const note = document.createElement("div");
  note.className = "crs-note";
  note.popover = "auto"; // closes on Escape and on a touch elsewhere
  note.tabIndex = -1;
  note.setAttribute("role", "dialog"); // focus moves into it, so it is read out
  let opener = null;
  let pressedWhileOpen = false;

  const isOpenFor = (link) => note.matches(":popover-open") && opener === link;

  /* What a link opens: a word and its meaning, or each source of a mark and the way to more. */
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
    // The press has closed the note before the click comes: a second touch must not open it again.
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
    // Who has scrolled on stays there.
    if (event.newState === "closed" && opener && lost) opener.focus({ preventScroll: true });
  });
})();
