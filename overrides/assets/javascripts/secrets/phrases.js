// Patterns of the words that say what stands beside them, and of what may be between.

import {fold} from "./text.js";

/** @typedef {import("./labels.js").Labels} Labels */
/** @typedef {import("./labels.js").Group} Group */
/** @typedef {import("./labels.js").Span} Span */

/**
 * How a label and a value belong together. "bound": nothing between them but a separator or "is"; "led": words, and
 * then a separator or "is"; "beside": nothing but space and quotation marks; "near": words of the same sentence.
 * @typedef {"bound"|"led"|"beside"|"near"|""} Relation
 */

/**
 * @typedef {object} Reader
 * @property {(text: string, group: Group) => Span[]} find
 * @property {(gap: string) => Relation} relation what *gap*, between a label and a value behind it, says
 * @property {(text: string, start: number) => number} skip where the value begins after a label that ends at *start*
 * @property {(gap: string) => boolean} isSaid whether *gap*, between a value and a label behind it, begins with "is"
 * @property {(text: string) => boolean} isWeak whether a label of a code is part of what is not a code
 */

/** How far a label may be from a value, in characters. */
export const NEAR = 40;
/** Where a label says nothing any more. */
export const SENTENCE_END = /[.!?…](?:\s|$)|[。｡！？؟]|\n/;
const LETTERS = [["Latin", "\\p{Script=Latin}"], ["Arabic", "\\p{Script=Arabic}"]];
const PROCLITICS = "(?:[وف]?(?:[بلك]?ال|لل|[بلك])?)"; // of Arabic: and, so, with, to, like, the

/** @param {string} letter */
function scriptOf(letter) {
  return LETTERS.find(([, script]) => new RegExp(script, "u").test(letter)) ?? (/\d/.test(letter) ? LETTERS[0] : null);
}

/**
 * A pattern of folded *phrases*, each as a whole word where its script has spaces, with any hyphens and spaces.
 * @param {string[]} phrases
 * @param {boolean} [isJoin] whether no digit may follow, which may be the first of a password
 */
function pattern(phrases, isJoin = false) {
  const folded = [...new Set(phrases.map((each) => fold(each).lower.trim()))].filter(Boolean);
  folded.sort((one, two) => two.length - one.length);
  /** @type {Map<string, string[]>} */
  const groups = new Map(); // those that need the same before and after them, which is looked at once
  for (const each of folded) {
    const [first, last] = [scriptOf(each[0]), scriptOf(each[each.length - 1])];
    const [digit, proclitics] = [first?.[0] === "Latin" ? "|\\d" : "", first?.[0] === "Arabic" ? PROCLITICS : ""];
    const before = first ? `(?<!${first[1]}${digit})${proclitics}` : "";
    const after = last ? `(?!${last[1]}${isJoin ? "|\\d" : ""})` : "";
    const key = `${first === last ? "" : " "}${before}(?:|)${after}`; // first "2FA密钥", then "2FA"
    const body = each.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/[\s_-]+/g, "[\\s_-]{0,3}");
    groups.set(key, [...(groups.get(key) ?? []), body]);
  }
  const parts = [...groups].sort().map(([key, bodies]) => key.trim().replace("(?:|)", () => `(?:${bodies.join("|")})`));
  return parts.join("|") || "(?!)";
}

/**
 * @param {Labels} labels
 * @returns {Reader}
 */
function compile(labels) {
  const is = pattern(labels.is, true);
  const bound = new RegExp(`^(?=.*(?:[:=]|${is}))(?:[^\\p{L}\\p{N}.!?]|${is})*$`, "su");
  const led = new RegExp(`(?:[:=]|${is})[^\\p{L}\\p{N}]*$`, "u");
  const said = new RegExp(`^[^\\p{L}\\p{N}.!?]*(?:${is})`, "u");
  const between = new RegExp(`(?:[\\s:=>"'\`“”‘’„‚«‹《「『（(\\[【<{*_–—→-]|${is})*`, "uy");
  const numbers = labels.notcode.map((each) => fold(each).lower);
  /** @type {Partial<Record<Group, RegExp>>} */
  const patterns = {};
  return {
    find(text, group) {
      const found = patterns[group] ??= new RegExp(pattern(labels[group]), "gu");
      return [...text.matchAll(found)].map((match) => ({
        start: match.index, end: match.index + match[0].length, text: match[0],
      }));
    },
    relation(gap) {
      if (gap.length > NEAR) return "";
      if (/^[^\p{L}\p{N}:=.!?,;、]*$/u.test(gap)) return "beside";
      if (bound.test(gap)) return "bound";
      if (SENTENCE_END.test(gap.replace(/:\s*$/, ":"))) return "";
      return led.test(gap) ? "led" : "near";
    },
    skip(text, start) {
      between.lastIndex = start;
      between.test(text);
      return between.lastIndex;
    },
    isSaid: (gap) => gap.length <= NEAR && said.test(gap) && !SENTENCE_END.test(gap),
    isWeak(text) {
      const bare = text.replace(new RegExp(`^${PROCLITICS}(?=.{3})`), "");
      return numbers.some((each) => each.length > bare.length && each.includes(bare));
    },
  };
}

/** @type {WeakMap<Labels, Reader>} */
const readers = new WeakMap();

/**
 * The patterns of *labels*, made once.
 * @param {Labels} labels
 * @returns {Reader}
 */
export function readerOf(labels) {
  let reader = readers.get(labels);
  if (!reader) readers.set(labels, (reader = compile(labels)));
  return reader;
}
