/* Fetches the scripts of a page once it is whole and on the screen: until then nothing runs, and
   nothing else comes down the line. What cannot come later is here: the colors that a reader chose.
   It stands in the head of each page, always the same.
   Markup: script[data-later], the address of the scripts; [data-wait], milliseconds.
   Its names are short, since it stands in every page: m is that mark, s the script that it fetches. */
((m) => {
  try {
    document.documentElement.dataset.scheme = localStorage.getItem("crs-scheme") || "";
  } catch {
    // Storage is blocked: the colors follow the device.
  }
  onload = () =>
    requestAnimationFrame(() =>
      setTimeout(() => {
        const s = document.createElement("script");
        s.src = m.dataset.later;
        s.onerror = () => m.remove(); // and so the room that was kept for what does not come
        document.head.append(s);
      }, m.dataset.wait),
    );
})(document.currentScript);
