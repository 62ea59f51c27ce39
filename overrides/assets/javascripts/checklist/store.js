// Keeps a draft and a log of cases on this device, if the reader wants it, and forgets them in time.

/** @typedef {import("./model.js").Answers} Answers */
/** @typedef {{case: string, channel: string, date: string, next: string, notes: string}} Case a line of the log */

export const DAYS = 7; // until what was kept is forgotten

/**
 * @param {Storage} storage
 * @param {string} scope where the site is, for other sites may be at the same origin
 * @param {() => number} now milliseconds since 1970
 */
export function makeStore(storage, scope, now = Date.now) {
  const name = (/** @type {string} */ kind) => `${scope}annai.${kind}`;
  const forget = (/** @type {string} */ kind) => storage.removeItem(name(kind));
  const keep = (/** @type {string} */ kind, /** @type {unknown} */ value) =>
    storage.setItem(name(kind), JSON.stringify({until: now() + DAYS * 86_400_000, value}));
  const recall = (/** @type {string} */ kind) => {
    try {
      const {until, value} = JSON.parse(storage.getItem(name(kind)) ?? "{}");
      if (until > now()) return {until, value};
    } catch {
      // what is not ours, or broken, is forgotten
    }
    forget(kind);
    return undefined;
  };
  return {keep, recall, forget};
}
