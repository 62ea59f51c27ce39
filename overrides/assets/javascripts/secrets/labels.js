// Words that say what stands beside them: "password", "認証コード", "رمز التحقق".

import {NEAR, SENTENCE_END, readerOf} from "./phrases.js";

/**
 * @typedef {object} Labels words and phrases of all languages of the site
 * @property {string[]} seed seed phrase
 * @property {string[]} key private key
 * @property {string[]} factor the secret of two-factor authentication
 * @property {string[]} code one-time code; a word that is part of a phrase of `notcode` says less
 * @property {string[]} notcode what else is a number: error code, order number, amount
 * @property {string[]} password password, PIN, CVV
 * @property {string[]} api secret of an API
 * @property {string[]} service names of exchanges, which show API secrets
 * @property {string[]} hash TXID, hash
 * @property {string[]} is what joins a label and a value: is, は, 是, هو
 */

/** @typedef {Exclude<keyof Labels, "is">} Group */
/** @typedef {{start: number, end: number, text: string}} Span a label in the folded text */

/** @typedef {import("./phrases.js").Relation} Relation */

/**
 * @typedef {object} Labelled the labels of one text
 * @property {(group: Group) => Span[]} all sorted
 * @property {(group: Group, start: number) => (Span & {relation: Relation})?} before the last label before a value
 * @property {(group: Group, end: number) => (Span & {isSaid: boolean, distance: number})?} after the next label behind
 *   a value, in the same sentence
 * @property {(end: number) => {start: number, relation: Relation}} value where the value of a label that ends at *end*
 *   begins
 * @property {(text: string) => boolean} isWeak see Reader
 */

/**
 * The place of the first span that begins at *place* or later.
 * @param {Span[]} spans
 * @param {number} place
 */
function firstFrom(spans, place) {
  let low = 0, high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle].start < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What *lower*, a folded text, says about the values in it.
 * @param {string} lower
 * @param {Labels} labels
 * @returns {Labelled}
 */
export function readLabels(lower, labels) {
  const reader = readerOf(labels);
  /** @type {Partial<Record<Group, Span[]>>} */
  const spans = {};
  /** @param {Group} group */
  const all = (group) => (spans[group] ??= reader.find(lower, group));
  return {
    all,
    before(group, start) {
      const label = all(group)[firstFrom(all(group), start) - 1];
      const relation = label && label.end <= start ? reader.relation(lower.slice(label.end, start)) : "";
      return relation ? {...label, relation} : null;
    },
    after(group, end) {
      const label = all(group)[firstFrom(all(group), end)];
      const gap = label && label.start - end <= NEAR ? lower.slice(end, label.start) : "\n";
      if (SENTENCE_END.test(gap)) return null;
      return {...label, isSaid: reader.isSaid(gap), distance: gap.length};
    },
    value(end) {
      const start = reader.skip(lower, end);
      return {start, relation: reader.relation(lower.slice(end, start))};
    },
    isWeak: reader.isWeak,
  };
}
