// Keeps a draft and a log of cases on this device, if the reader wants it, and forgets them in time.

const DAYS = 7; // until what was kept is forgotten

/**
 * @param {() => Storage} open may fail, where the browser keeps nothing
 * @param {string} scope where the site is, for other sites may be at the same origin
 * @param {() => number} now milliseconds since 1970
 */
export function makeStore(open, scope, now = Date.now) {
  const name = (/** @type {string} */ kind) => `${scope}annai.${kind}`;
  /**
   * @template Value
   * @param {() => Value} act
   * @returns {Value | undefined} undefined where it fails
   */
  const attempt = (act) => {
    try {
      return act();
    } catch {
      return undefined;
    }
  };
  return {
    /**
     * Keeps a value that JSON can hold.
     * @param {string} kind
     * @param {object} value
     * @returns {number | undefined} until when, in milliseconds since 1970; undefined if it could not be kept
     */
    keep(kind, value) {
      const until = now() + DAYS * 86_400_000;
      return attempt(() => {
        open().setItem(name(kind), JSON.stringify({until, value}));
        return until;
      });
    },
    /**
     * What was kept; what is too old, or not ours, is forgotten.
     * @param {string} kind
     * @returns {{until: number, value: any} | undefined}
     */
    recall(kind) {
      const found = attempt(() => JSON.parse(open().getItem(name(kind)) ?? "null"));
      if (found?.until > now() && found.value && typeof found.value === "object") return found;
      this.forget(kind);
      return undefined;
    },
    /** @param {string} kind */
    forget(kind) {
      attempt(() => open().removeItem(name(kind)));
    },
  };
}
