// Ends the worker of a site that is no longer kept for readers without a connection, and deletes what
// it kept. A page that came from there asks for nothing more: it would get files of another version.
"use strict";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const NAME = `annai ${worker.registration.scope} `;

/** @type {string[]} */
let pages = [];

async function end() {
  const state = await caches.match(worker.registration.scope, {cacheName: `${NAME}state`});
  pages = state ? Object.keys((await state.json()).pages) : [];
  for (const name of await caches.keys()) if (name.startsWith(NAME)) await caches.delete(name);
  await worker.registration.unregister();
}

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(end()));
worker.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" && pages.includes(event.clientId)) event.respondWith(Response.error());
});
