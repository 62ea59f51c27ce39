// Finds secrets in what a person typed. Says where and of which kind, never what.

import {codes, factorSecrets} from "./codes.js";
import {base58Keys, hexKeys} from "./keys.js";
import {readLabels} from "./labels.js";
import {labelledKeys, passwords} from "./passwords.js";
import {seedPhrases} from "./seeds.js";
import {cards, longSecrets} from "./shapes.js";
import {structures} from "./structures.js";
import {fold} from "./text.js";

/** @typedef {{kind: string, start: number, end: number, isCertain: boolean}} Finding UTF-16 offsets in the text */
/** @typedef {import("./seeds.js").WordLists} WordLists */
/** @typedef {import("./labels.js").Labels} Labels */
/** @typedef {{words: WordLists, labels: Labels}} Knowledge */
/** @typedef {"text"|"id"|"hash"|"hash-ethereum"} Place */

/**
 * What every rule gets. A rule answers with findings in the folded text.
 * @typedef {object} Given
 * @property {string} text folded, see text.js
 * @property {string} lower the same in lower case
 * @property {import("./labels.js").Labelled} labels
 * @property {WordLists} words
 * @property {Place} place
 */

/** @type {((given: Given) => Iterable<Finding> | Promise<Iterable<Finding>>)[]} */
const RULES = [
  seedPhrases, base58Keys, hexKeys, structures, longSecrets, cards, factorSecrets, codes, passwords, labelledKeys,
];

/**
 * The secrets in *text*, sorted, without overlaps.
 * @param {string} text
 * @param {Knowledge} knowledge
 * @param {Place} [place] what the field holds: free text; an order or case number; a TXID of Bitcoin-type or TRON
 *   networks; a TXID of Ethereum-type networks
 * @returns {Promise<Finding[]>}
 */
export async function scan(text, knowledge, place = "text") {
  const folded = fold(text);
  const labels = readLabels(folded.lower, knowledge.labels);
  const given = {text: folded.text, lower: folded.lower, labels, words: knowledge.words, place};
  const found = (await Promise.all(RULES.map((rule) => rule(given)))).flatMap((each) => [...each]);
  return apart(found).map(({kind, start, end, isCertain}) => {
    const [from, to] = folded.span(start, end);
    return {kind, start: from, end: to, isCertain};
  });
}

/**
 * *findings* without those that overlap a better one: a certain one is better, then a longer one.
 * @param {Finding[]} findings
 */
function apart(findings) {
  /** @type {Finding[]} */
  const kept = [];
  for (const each of findings.sort((one, two) => one.start - two.start)) {
    const last = kept[kept.length - 1];
    if (!last || each.start >= last.end) kept.push(each);
    else if (worth(each) > worth(last)) kept[kept.length - 1] = each;
  }
  return kept;
}

/** @param {Finding} finding */
const worth = ({start, end, isCertain}) => end - start + (isCertain ? 1e9 : 0);
