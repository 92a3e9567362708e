/* Contents beside the text: marks the part of the page that is in view. With toc.follow of Material, the list
   scrolls to it.
   Only for pages with .crs-contents.
   A classic deferred script, because browsers block modules on file: pages.
   Markup: nav.crs-contents with links to the ids of headings, and data-follow to scroll. */
(function () {
  "use strict";

  const list = document.querySelector(".crs-contents");
  if (!list) return;
  const bar = list.parentNode;
  const links = [...bar.querySelectorAll("a")];
  const heads = links.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1))));
  let waiting = false;

  function mark() {
    waiting = false;
    const passed = heads.filter((head) => head && head.getBoundingClientRect().top < 100).length;
    links.forEach((link, index) => {
      const now = index === passed - 1;
      link.classList.toggle("md-nav__link--active", now);
      if (now) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      // Only the list scrolls: scrollIntoView() would scroll the page too.
      if (now && "follow" in list.dataset) bar.scrollTop = link.offsetTop - bar.clientHeight / 2;
    });
  }

  function soon() {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  }

  addEventListener("scroll", soon, { passive: true });
  mark();
})();
