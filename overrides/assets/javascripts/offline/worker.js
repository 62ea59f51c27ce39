// Keeps the help center for when there is no connection, as hooks/annai/offline.py explains.
"use strict";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SCOPE = worker.registration.scope;
const NAME = `annai ${SCOPE} `; // a host may have other sites
const STATE = `${NAME}state`;
const HASH = "annai-hash";
const BY_CONTENT = /\/search\/[0-9a-f]{12}\/|\.[0-9a-f]{8}\.min\./; // an address that says what it holds
const ANEW = /** @type {RequestInit} */ ({cache: "no-cache"});
const PATIENCE = 4000; // milliseconds
const LANES = 4; // files at once
const DAY = 86_400_000; // more than until a browser forgets a closed page

/**
 * @typedef {object} State
 * @property {Record<string, {name: string, answer: string}>} kept by folder, the one read last at the end:
 *   the cache of a language, and its page that says what is not there
 * @property {Record<string, {name: string, since: number}>} pages by client: the cache that it came from
 */

/** @type {Promise<State> | undefined} */
let known;

const read = () =>
  (known ??= caches.match(SCOPE, {cacheName: STATE}).then((found) => found?.json() ?? {kept: {}, pages: {}}));

/** @param {(state: State) => any} edit */
const change = (edit) =>
  navigator.locks.request(STATE, async () => {
    const state = await read();
    const result = await edit(state);
    await (await caches.open(STATE)).put(SCOPE, new Response(JSON.stringify(state)));
    return result;
  });

/** @param {string} url @param {string} cacheName */
const match = (url, cacheName) => caches.match(url, {cacheName, ignoreSearch: true, ignoreVary: true});

/** @param {string} url */
const pathOf = (url) => url.slice(SCOPE.length).replace(/[?#].*/s, "");

/** @param {State} state @param {string} url */
async function find({kept}, url) {
  const path = pathOf(url);
  for (const folder in kept) {
    const {name} = kept[folder];
    for (const same of [path, path.replace(/(^|\/)index\.html$/, "$1"), `${path}index.html`, `${path}.html`]) {
      const response = await match(SCOPE + same, name);
      if (response) return {name, response};
    }
    if (await match(`${SCOPE}${path}/`, name)) return {name, response: Response.redirect(`${SCOPE}${path}/`)};
  }
  return undefined;
}

/** @param {State} state @param {string} id @param {string} name */
const pin = ({pages}, id, name) => (pages[id] = {name, since: Date.now()});

/** @param {FetchEvent} event */
async function page({request, resultingClientId}) {
  const asked = fetch(request, ANEW).catch(() => undefined);
  const isKept = await find(await read(), request.url);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await (isKept ? Promise.race([asked, late]) : asked);
  if (first && !(isKept && first.status >= 500)) return first;
  const found = await change(async (state) => {
    const still = await find(state, request.url);
    if (still) pin(state, resultingClientId, still.name);
    return still?.response;
  });
  return found ?? (await asked) ?? notKept(request.url);
}

/** @param {string} url */
async function notKept(url) {
  const {kept} = await read();
  const path = pathOf(url);
  const folders = Object.keys(kept);
  const folder = folders.find((each) => each && path.startsWith(each)) ?? folders.at(-1);
  const answer = folder === undefined ? path : kept[folder].answer;
  return answer === path ? Response.error() : Response.redirect(`${SCOPE}${answer}#${path}`);
}

/** @param {FetchEvent} event */
async function asset({request, clientId, resultingClientId}) {
  const {kept, pages} = await read();
  const name = pages[clientId]?.name;
  if (!name && BY_CONTENT.test(request.url)) {
    return fetch(request).catch(async () => {
      const found = Object.values(kept).map((each) => match(request.url, each.name));
      return (await Promise.all(found)).find(Boolean) ?? Response.error();
    });
  }
  if (!name) return fetch(request, ANEW).then((answer) => copy(answer), Response.error);
  if (resultingClientId) await change((state) => pin(state, resultingClientId, name));
  else if (request.destination.endsWith("worker")) return Response.error(); // nobody could tell whose it is
  return (await match(request.url, name)) ?? Response.error();
}

/** A copy that no browser uses for another page without asking. @param {Response} response @param {BodyInit | null} body */
function copy(response, body = response.body) {
  const {status} = response;
  const headers = new Headers(response.headers);
  headers.set("Cache-Control", "no-cache");
  return status ? new Response(body, {status, headers}) : response;
}

/** @param {BufferSource} content */
async function digest(content) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", content), 0, 8);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} path */
async function load(path) {
  const response = await fetch(SCOPE + path, ANEW);
  if (!response.ok) throw new Error(path);
  return response;
}

/** @param {string} folder */
const lists = (folder) =>
  Promise.all(["assets/", folder].map(async (each) => (await load(`${each}offline.json`)).text()));

/** @param {Cache} cache @param {string | undefined} old @param {string} path @param {string} hash */
async function keep(cache, old, path, hash) {
  const url = SCOPE + path;
  if (await cache.match(url, {ignoreVary: true})) return;
  const before = old && (await match(url, old));
  if (before && before.headers.get(HASH) === hash) return cache.put(url, before);
  const response = await load(path);
  const body = await response.arrayBuffer();
  if ((await digest(body)) !== hash) throw new Error(path);
  const kept = copy(response, body);
  kept.headers.set(HASH, hash);
  await cache.put(url, kept);
}

/** @param {string} folder */
async function fill(folder) {
  const texts = await lists(folder);
  const [shared, own] = texts.map((text) => JSON.parse(text));
  const name = `${NAME}${folder} ${await digest(new TextEncoder().encode(`${texts}`))}`;
  const old = (await read()).kept[folder]?.name;
  if (old !== name || !(await caches.has(name))) {
    await sweep(name);
    const cache = await caches.open(name);
    const left = /** @type {[string, string][]} */ (Object.entries({...shared.files, ...own.files}));
    const lane = async () => {
      for (let next; (next = left.pop()); ) await keep(cache, old, ...next);
    };
    const lanes = Array.from({length: LANES}, () => lane().finally(() => (left.length = 0)));
    await Promise.allSettled(lanes); // so that none goes on alone
    await Promise.all(lanes);
    if (`${await lists(folder)}` !== `${texts}`) throw new Error(folder);
  }
  await change(({kept}) => {
    delete kept[folder]; // what is set again is last
    kept[folder] = {name, answer: own.answer};
  });
  await sweep();
}

const sweep = (filled = "") =>
  change(async ({kept, pages}) => {
    const open = (await worker.clients.matchAll({includeUncontrolled: true, type: "all"})).map(({id}) => id);
    for (const id in pages) if (Date.now() - pages[id].since > DAY && !open.includes(id)) delete pages[id];
    const used = [...Object.values(kept), ...Object.values(pages)].map(({name}) => name);
    for (const name of await caches.keys()) {
      if (name.startsWith(NAME) && ![STATE, filled, ...used].includes(name)) await caches.delete(name);
    }
  });

/** @param {ExtendableMessageEvent} event */
async function reply({data: {folder, isToKeep}, source}) {
  // What fails goes on where it stopped, with the connection or when the reader next acts.
  if (isToKeep) await navigator.locks.request(`${NAME}fill`, () => fill(folder)).catch(() => undefined);
  source?.postMessage({isKept: folder in (await read()).kept});
}

worker.addEventListener("message", (event) => event.waitUntil(reply(event)));
worker.addEventListener("fetch", (event) => {
  const {request, clientId, resultingClientId} = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  if (request.mode !== "navigate") {
    if (clientId) event.respondWith(asset(event));
  } else if (resultingClientId) event.respondWith(page(event));
});
