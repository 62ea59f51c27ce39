// Private keys: those with a checksum (WIF, extended keys), pairs (Solana), and 64 hexadecimal digits.

import {BASE58, decode, isChecked, isKeyPair} from "./base58.js";
import {distinct, pieces, segments} from "./text.js";

/** @typedef {import("./scan.js").Finding} Finding */
/** @typedef {import("./scan.js").Given} Given */

const WIF = /^(?:5[HJK]|9[1-3]|[KLc])/; // how 0x80 and 0xef begin in Base58
const EXTENDED = /^(?:[xyztuv]|[YZUV])prv/; // BIP 32, SLIP 132
const APART = /^[^\p{L}\p{N}]+$/u;
const ARRAY = /\[\s{0,9}(?:\d{1,3}\s{0,9},\s{0,9}){63}\d{1,3}\s{0,9}\]/g;
const LINK = /(?:\/(?:tx|txs|txid|transactions?|blocks?|hash)\/(?:[a-z0-9_-]{1,12}\/)?|[?&#](?:tx|txid|hash|transaction)=)(?:0x)?$/;

/** @param {string} lower @param {number} start */
const isLinked = (lower, start) => LINK.test(lower.slice(Math.max(0, start - 40), start));

/**
 * Whether *text* may be a key in the Wallet Import Format, by its length and version; what its checksum says.
 * @param {string} text
 */
async function isWif(text) {
  const bytes = WIF.test(text) ? decode(text) : new Uint8Array();
  const isCompressed = bytes.length === 38 && bytes[33] === 1;
  if ((bytes[0] !== 0x80 && bytes[0] !== 0xef) || !(bytes.length === 37 || isCompressed)) return false;
  return isChecked(bytes);
}

/** @param {string} text */
async function isExtended(text) {
  const bytes = EXTENDED.test(text) ? decode(text) : new Uint8Array();
  return bytes.length === 82 && isChecked(bytes);
}

/** @param {string} text */
async function isSolana(text) {
  const bytes = distinct(text) > 20 ? decode(text) : new Uint8Array();
  return bytes.length === 64 && isKeyPair(bytes);
}

/**
 * Keys in Base58, in one piece or broken into chunks; 64-byte arrays of numbers, as the tools of Solana write them.
 * @param {Given} given
 * @returns {Promise<Finding[]>}
 */
export async function base58Keys({text, lower, place}) {
  /** @type {Promise<Finding?>[]} */
  const checks = [];
  /** @param {string} kind @param {{start: number, end: number}} where @param {Promise<boolean?>} check */
  const add = (kind, {start, end}, check) => checks.push(check.then((isValid) => {
    const isHarmless = place !== "text" || isLinked(lower, start); // a signature has the shape of a key of Solana
    if (isValid === false || (isValid === null && kind === "solana" && isHarmless)) return null;
    return {kind, start, end, isCertain: isValid === true};
  }));
  const from = segments(text, BASE58, APART);
  for (const piece of pieces(from, [51, 52])) if (WIF.test(piece.text)) add("wif", piece, isWif(piece.text));
  for (const piece of pieces(from, [111, 112])) if (EXTENDED.test(piece.text)) add("xprv", piece, isExtended(piece.text));
  for (const piece of pieces(from, [86, 87, 88])) if (piece.chunks <= 4) add("solana", piece, isSolana(piece.text));
  for (const match of text.matchAll(ARRAY)) {
    const numbers = (match[0].match(/\d+/g) ?? []).map(Number);
    const where = {start: match.index, end: match.index + match[0].length};
    if (numbers.every((each) => each < 256)) add("solana", where, isKeyPair(new Uint8Array(numbers)));
  }
  return (await Promise.all(checks)).filter((each) => each !== null);
}

/**
 * 64 hexadecimal digits: a private key and a TXID look the same, so the words and the place decide.
 * @param {Given} given
 * @returns {Finding[]}
 */
export function hexKeys({lower, labels, place}) {
  /** @type {Finding[]} */
  const found = [];
  for (const piece of pieces(segments(lower, /[0-9a-f]+/g, /^[\s>|]+$/), [64])) {
    const prefix = /(^|[^a-z0-9])0x$/.test(lower.slice(Math.max(0, piece.start - 3), piece.start)) ? 2 : 0;
    const start = piece.start - prefix, {end} = piece;
    if (/[a-z0-9]/.test(lower[start - 1] ?? "") || /[a-z0-9]/.test(lower[end] ?? "")) continue;
    if (distinct(piece.text) < 6 || isLinked(lower, start) || (piece.chunks > 1 && !isBroken(piece))) continue;
    const hash = labels.before("hash", start), key = labels.before("key", start), behind = labels.after("key", end);
    if (hash && hash.end > (key?.end ?? 0) && start - hash.end <= 24) continue;
    const isBeside = key && (key.relation !== "near" || start - key.end <= 20);
    const isCertain = Boolean(isBeside || (behind && behind.distance <= 20));
    if (isCertain || place === "text" || place === "hash-ethereum") found.push({kind: "key", start, end, isCertain});
  }
  return found;
}

/**
 * Whether chunks are the groups or lines of one number, and not words or amounts.
 * @param {import("./text.js").Piece} piece
 */
function isBroken({text, chunks}) {
  return chunks <= 16 && /[a-f]/.test(text) && /\d/.test(text);
}
