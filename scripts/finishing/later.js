/* Fetches the scripts of a page once it is whole and on the screen: until then nothing runs, and
   nothing else comes down the line. What cannot come later is here: the colors that a reader chose.
   It stands in the head of each page, always the same.
   Markup: script[data-later], the address of the scripts; [data-wait], milliseconds. */
((mark) => {
  try {
    document.documentElement.dataset.scheme = localStorage.getItem("crs-scheme") || "";
  } catch {
    // Storage is blocked: the colors follow the device.
  }
  onload = () =>
    requestAnimationFrame(() =>
      setTimeout(() => {
        const script = document.createElement("script");
        script.src = mark.dataset.later;
        script.onerror = () => mark.remove(); // and so the room that was kept for what does not come
        document.head.append(script);
      }, mark.dataset.wait),
    );
})(document.currentScript);
