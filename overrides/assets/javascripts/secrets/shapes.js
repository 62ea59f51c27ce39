// Secrets that show by their shape alone: card numbers, and API secrets of 64 letters and digits.

import {pieces, segments} from "./text.js";

/** @typedef {import("./scan.js").Finding} Finding */
/** @typedef {import("./scan.js").Given} Given */

const CARD = /(?<![a-z0-9+]|\d[.,])\d(?:[\s-]{0,2}\d){12,18}(?![a-z0-9]|[.,]\d)/g;
/**
 * How numbers of a network begin, and how long they are (ISO/IEC 7812; the ranges that the networks publish).
 * @type {[string, RegExp, number[]][]}
 */
const ISSUERS = [
  ["Visa", /^4/, [13, 16, 19]],
  ["Mastercard", /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  ["American Express", /^3[47]/, [15]],
  ["Discover", /^(?:6011|64[4-9]|65)/, [16, 19]],
  ["JCB", /^35(?:2[89]|[3-8])/, [16, 19]],
  ["Diners Club", /^(?:30[0-5]|3[689])/, [14, 16, 19]],
  ["UnionPay", /^62/, [16, 17, 18, 19]],
  ["Maestro", /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [13, 16, 19]],
  ["Mir", /^220[0-4]/, [16, 19]],
  ["RuPay", /^(?:60|8[12]|508)/, [16]],
];

/**
 * Whether the last digit is the check digit (ISO/IEC 7812-1, annex B).
 * @param {string} digits
 */
function isLuhn(digits) {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]) * (1 + (place % 2));
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/**
 * What may be the number of a payment card. Never certain: one in forty order numbers of 16 digits looks like one.
 * @param {Given} given
 * @returns {Finding[]}
 */
export function cards({lower, labels, place}) {
  if (place === "id") return [];
  return [...lower.matchAll(CARD)].filter(({0: shown, index}) => {
    const digits = shown.replace(/\D/g, "");
    const isCard = ISSUERS.some(([, start, lengths]) => start.test(digits) && lengths.includes(digits.length));
    const other = isCard && isLuhn(digits) ? labels.before("notcode", index) : null;
    return isCard && isLuhn(digits) && !["bound", "beside"].includes(other?.relation ?? "");
  }).map(({0: shown, index}) => ({kind: "card", start: index, end: index + shown.length, isCertain: false}));
}

/**
 * 64 letters and digits in both cases, in one line or broken into a few: the secret of an API.
 * @param {Given} given
 * @returns {Finding[]}
 */
export function longSecrets({text}) {
  return [...pieces(segments(text, /[A-Za-z0-9]+/g, /^\s*\n[\s>|]*$/), [64])]
    .filter(({text: piece, start, end, chunks}) => chunks <= 3 && new Set(piece).size >= 24 &&
      /[a-z]/.test(piece) && /[A-Z]/.test(piece) && /\d/.test(piece) &&
      !/[\w/+-]/.test(text[start - 1] ?? "") && !/[\w/+-]/.test(text[end] ?? ""))
    .map(({start, end}) => ({kind: "api", start, end, isCertain: true}));
}
