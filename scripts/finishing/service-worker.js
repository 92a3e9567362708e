/* Service worker: caches the guide for use without a network.
   Pages are network first, so that readers see corrected advice; after three seconds, or without a
   network, the cached copy is served with a note that says so. Assets are cache first. The build fills
   in BUILD; scripts/finishing/service_worker.py documents its keys.
   Newer browsers only: CompressionStream, DecompressionStream, pipeThrough, resultingClientId. The first
   three are used only if PACKS is true; without the last, a newer page is not announced.
   Reasons: docs/contributing/decisions/0009-offline.md. */
"use strict";

const BUILD = {};

const LIMIT = 3000; // milliseconds
const SCOPE = registration.scope;
// Another edition may share the origin; each worker touches only its own caches.
const OURS = `crs-offline ${SCOPE} `;
const NAME = OURS + BUILD.version;
const OPEN = `${SCOPE}.crs-open`;
const PAGE = /<div\b[^>]*?\bdata-review-by="?([\d-]+)[^>]*>/;
const ANY = { ignoreVary: true };
// Browsers without CompressionStream store files uncompressed, so they cache fewer.
const PACKS = "CompressionStream" in self;
const FILES = new Map(Object.entries(BUILD.files).slice(0, PACKS ? undefined : BUILD.unpacked));
const MOVED = new Map(Object.entries(BUILD.moved));
const ALL = [...FILES.keys()];

const wait = (time) => new Promise((done) => setTimeout(done, time));

function piped(bytes, through) {
  return new Response(new Response(bytes).body.pipeThrough(through)).arrayBuffer();
}

async function sumOf(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* Names of the caches of earlier versions, newest first. caches.keys() is in order of creation, so a
   version that is being installed comes after this one. */
async function namesBefore() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS));
  return names.slice(0, Math.max(0, names.indexOf(NAME))).reverse();
}

/* Returns an undamaged cached copy from this version or an earlier one, or undefined. */
async function saved(url) {
  try {
    for (const name of [NAME, ...(await namesBefore())]) {
      const cache = await caches.open(name);
      const found = await cache.match(url, ANY);
      if (!found) continue;
      const { headers } = found;
      try {
        let bytes = await found.arrayBuffer();
        if (headers.has("crs-packed")) bytes = await piped(bytes, new DecompressionStream("gzip"));
        const sum = await sumOf(bytes);
        if (sum === headers.get("crs-sum")) return { bytes, headers, sum };
      } catch {
        // Decompression failed: the copy is damaged.
      }
      await cache.delete(url);
    }
  } catch {
    // Storage is blocked, or the browser has evicted it.
  }
}

async function save(url, bytes, from) {
  const headers = new Headers(from);
  for (const name of ["content-encoding", "content-length", "vary", "crs-packed"]) {
    headers.delete(name);
  }
  const sum = await sumOf(bytes);
  headers.set("crs-sum", sum);
  headers.set("crs-date", Date.now());
  let body = bytes;
  if (PACKS && headers.get("content-type") !== "image/png") {
    headers.set("crs-packed", "1");
    body = await piped(bytes, new CompressionStream("gzip"));
  }
  await (await caches.open(NAME)).put(url, new Response(body, { headers }));
  for (const name of await namesBefore()) await (await caches.open(name)).delete(url, ANY);
  return sum;
}

/* Caches a response if it is ours: status 200, same origin, not redirected, and no login or error page
   of a proxy in place of the page. */
async function keep(url, response) {
  if (response.status !== 200 || response.type !== "basic" || response.redirected) return;
  const bytes = await response.arrayBuffer();
  const isHtml = /html/.test(response.headers.get("content-type"));
  if (isHtml !== url.endsWith("/")) return;
  if (isHtml && !PAGE.test(new TextDecoder().decode(bytes))) return;
  return save(url, bytes, response.headers);
}

/* Caches the missing files, three at a time. A failed request does not stop the others. */
async function fill(paths) {
  const queue = [...paths];
  async function lane() {
    while (queue.length) {
      const path = queue.shift();
      const url = SCOPE + path;
      try {
        if (await (await caches.open(NAME)).match(url, ANY)) continue;
        const copy = await saved(url);
        if (copy && copy.sum === FILES.get(path)) await save(url, copy.bytes, copy.headers);
        else await keep(url, await fetch(url, { cache: "no-cache" }));
      } catch {
        // The next visit retries.
      }
    }
  }
  await Promise.all([lane(), lane(), lane()]);
}

const windows = () => clients.matchAll({ type: "window", includeUncontrolled: true });

/* Records the open windows when this version activates: they may show pages of the earlier one. */
async function noteOpen() {
  const open = JSON.stringify((await windows()).map(({ id }) => id));
  await (await caches.open(NAME)).put(OPEN, new Response(open));
}

/* Deletes the caches of earlier versions once all recorded windows are closed. */
async function tidy() {
  const noted = await caches.match(OPEN, { cacheName: NAME });
  if (!noted) return noteOpen();
  const before = await noted.json();
  if ((await windows()).some(({ id }) => before.includes(id))) return;
  for (const name of await namesBefore()) await caches.delete(name);
}

function inWords(time) {
  const day = new Date(time);
  return `${day.getDate()} ${BUILD.months[day.getMonth()]} ${day.getFullYear()}`;
}

function withNote({ bytes, headers }) {
  const html = new TextDecoder().decode(bytes).replace(PAGE, (start, reviewBy) => {
    const due = new Date(`${reviewBy}T00:00`);
    return (
      start +
      BUILD.note
        .replace("[saved]", inWords(Number(headers.get("crs-date"))))
        .replace("[review-by]", inWords(due))
        .replace("[overdue]", Date.now() < due.getTime() ? "" : BUILD.overdue)
    );
  });
  return new Response(html, { headers });
}

function helpPage() {
  return new Response(BUILD.help.split("[scope]").join(SCOPE), {
    headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": BUILD.policy },
  });
}

async function page(event, path) {
  const url = SCOPE + path;
  const known = FILES.has(path);
  // no-cache, because a host may allow days of HTTP caching; this rules out navigation preload.
  const reply = fetch(event.request, { cache: "no-cache" }).catch(() => {});
  const answer = await Promise.race([reply, wait(LIMIT)]);
  if (answer && answer.status < 500) {
    if (known) event.waitUntil(keep(url, answer.clone()).catch(() => {}));
    return answer;
  }
  const copy = known && (await saved(url));
  if (copy) {
    event.waitUntil(newer(event, url, reply, copy.sum));
    return withNote(copy);
  }
  const late = await reply;
  if (late) return late;
  const folder = path.replace(/[^/]$/, "$&/"); // readers may omit the trailing slash
  if (MOVED.has(folder)) return Response.redirect(SCOPE + MOVED.get(folder));
  return folder !== path && FILES.has(folder) ? Response.redirect(SCOPE + folder) : helpPage();
}

/* Ids of the windows whose cached copy differs from the late response. */
const outdated = new Set();

/* Handles a late response: notifies the reader of the cached copy if the content differs. */
async function newer(event, url, reply, shown) {
  try {
    const sum = await keep(url, await reply);
    if (!sum || sum === shown) return;
    outdated.add(event.resultingClientId);
    (await clients.get(event.resultingClientId)).postMessage("crs-newer");
  } catch {
    // No network, no storage quota, or the page has been left.
  }
}

async function asset(event, url) {
  const copy = await saved(url);
  if (copy) return new Response(copy.bytes, { headers: copy.headers });
  const answer = await fetch(event.request);
  event.waitUntil(keep(url, answer.clone()).catch(() => {}));
  return answer;
}

addEventListener("install", (event) => {
  skipWaiting();
  async function start() {
    await caches.delete(NAME).catch(() => {}); // so that it is the newest even after a rollback to an old version
    await fill(ALL.slice(0, BUILD.first));
  }
  event.waitUntil(start());
});

addEventListener("activate", (event) => {
  event.waitUntil(
    noteOpen()
      .catch(() => {}) // no storage quota: the next visit retries
      .then(() => clients.claim()),
  );
});

let filled;
addEventListener("message", (event) => {
  // A window whose script had not run yet when the late response came has missed the message.
  if (event.data === "crs-listening" && outdated.has(event.source.id)) event.source.postMessage("crs-newer");
  if (event.data !== "crs-keep") return;
  filled = filled || fill(ALL);
  event.waitUntil(filled.then(tidy).catch(() => {}));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const plain = url.origin + url.pathname; // without the query, which may hold a reader's data
  if (request.method !== "GET" || !plain.startsWith(SCOPE)) return;
  const path = plain.slice(SCOPE.length).replace(/(^|\/)index\.html$/, "$1");
  if (request.mode === "navigate") {
    event.respondWith(page(event, path));
  } else if (FILES.has(path) || /^(style|script|image|font)$/.test(request.destination)) {
    event.respondWith(asset(event, plain));
  }
});
