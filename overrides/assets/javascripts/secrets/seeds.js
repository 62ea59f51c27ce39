// Seed phrases: words of one list of BIP 39, one behind the other.

import {fold} from "./text.js";

/** @typedef {import("./scan.js").Finding} Finding */
/** @typedef {import("./scan.js").Given} Given */

/**
 * The lists of BIP 39 as hooks/annai/wordlists.py writes them: each word after the number of characters that it shares
 * with the one before.
 * @typedef {Record<string, string>} WordLists
 */

/** @typedef {{text: string, start: number, end: number, lists: number, isNumbering: boolean}} Word */

const WORD = /\p{Script=Latin}+|(?:(?!\p{Script=Latin})[\p{L}\p{M}])+/gu;
const CERTAIN = 12; // words, BIP 39; the longest run in 259,090 words of English prose is 9
const LIKELY = 10;
const LABELLED = 4;
const LONGEST = 20; // characters of a word, NFKD
const GAP = 24; // characters between two words: numbers, bullets, commas

/** @type {WeakMap<WordLists, Map<string, number>>} */
const indexes = new WeakMap();

/**
 * In which lists each folded word is: bit 0 for the first list.
 * @param {WordLists} words
 */
function indexOf(words) {
  let index = indexes.get(words);
  if (!index) {
    index = new Map();
    Object.values(words).forEach((coded, list) => {
      let word = "";
      for (const [, shared, rest] of coded.matchAll(/(\d)(\D+)/g)) {
        word = word.slice(0, Number(shared)) + rest;
        const folded = fold(word).lower;
        index?.set(folded, (index.get(folded) ?? 0) | (1 << list));
      }
    });
    indexes.set(words, index);
  }
  return index;
}

/**
 * Seed phrases of twelve words and more, and what may be a part of one.
 * @param {Given} given
 * @returns {Finding[]}
 */
export function seedPhrases({lower, labels, words}) {
  const index = indexOf(words);
  const read = [...lower.matchAll(WORD)].map(({0: text, index: start}) => {
    const end = start + text.length;
    const isNumbering = /\d/.test(lower[start - 1] ?? "") || /^[ #.№]{0,2}\d/.test(lower.slice(end, end + 4));
    return {text, start, end, lists: index.get(text) ?? 0, isNumbering};
  });
  const found = Object.keys(words).flatMap((_, list) => [...runs(read, 1 << list, index)]);
  return found.filter(({start, count}) => {
    if (count >= LIKELY) return true;
    const own = labels.all("seed").find((each) => each.start <= start && start < each.end); // "phrase" is in the list, too
    if (own) return count >= LABELLED + 2 && labels.value(own.end).relation !== "near";
    return count >= LABELLED && (labels.before("seed", start)?.relation ?? "near") !== "near";
  }).map(({start, end, before, count}) => ({
    kind: "seed", start, end: count >= CERTAIN ? withPassphrase(lower, before, end) : end, isCertain: count >= CERTAIN,
  }));
}

/**
 * Runs of at least four words of a list, with what only numbers them ("word 1:", "2番目") between them.
 * @param {Word[]} read
 * @param {number} list its bit
 * @param {Map<string, number>} index
 */
function* runs(read, list, index) {
  for (let first = 0, next; first < read.length; first = next) {
    let last = first, count = 0, before = first;
    for (next = first; next < read.length; next++) {
      const {lists, isNumbering, start} = read[next];
      if (next > first && start - read[next - 1].end > GAP) break;
      if (lists & list) {
        before = last;
        last = next;
        count++;
      } else if (!count || !isNumbering) break;
    }
    if (count >= LABELLED) {
      const head = glued(read[first - 1], read[first].start, list, index);
      const tail = glued(read[after(read, last)], read[last].end, list, index);
      yield {
        start: head?.start ?? read[first].start,
        end: tail?.end ?? read[last].end,
        before: read[before].end,
        count: count + (head ? 1 : 0) + (tail ? 1 : 0),
      };
    }
    if (next === first) next++;
  }
}

/**
 * The place of the next word that is no number of a word.
 * @param {Word[]} read
 * @param {number} place
 */
function after(read, place) {
  do place++; while (read[place]?.isNumbering);
  return place;
}

/**
 * Where a word of a list is a part of a longer one, in scripts without spaces: フレーズはあいこくしん.
 * @param {Word|undefined} word
 * @param {number} place of a run of words before or behind it
 * @param {number} list
 * @param {Map<string, number>} index
 */
function glued(word, place, list, index) {
  if (!word || /^\p{Script=Latin}/u.test(word.text)) return null;
  const isAtEnd = word.end <= place;
  if ((isAtEnd ? place - word.end : word.start - place) > GAP) return null;
  for (let length = Math.min(LONGEST, word.text.length - 1); length; length--) {
    const part = isAtEnd ? word.text.slice(-length) : word.text.slice(0, length);
    if ((index.get(part) ?? 0) & list) {
      return isAtEnd ? {start: word.end - length, end: word.end} : {start: word.start, end: word.start + length};
    }
  }
  return null;
}

/**
 * The end of a phrase with the passphrase that may follow it, of any characters, behind the same separator.
 * @param {string} lower
 * @param {number} before end of the last word but one
 * @param {number} end
 */
function withPassphrase(lower, before, end) {
  const separator = /^[^\p{L}]*/u.exec(lower.slice(before, before + GAP))?.[0].replace(/\d+/g, "");
  const [all, gap] = /^((?:\s|\d{1,2}[.):]|[,、|;*•-])*)\S+/.exec(lower.slice(end, end + 4 * GAP)) ?? ["", ""];
  return gap && gap.replace(/\d+/g, "") === separator ? end + all.length : end;
}
