// What is wrong, or looks wrong, with an answer. Nothing here is English: what is found has a name.

import {instantOf} from "./time.js";

/** @typedef {import("./model.js").Field} Field */
/** @typedef {import("./model.js").Answers} Answers */
/** @typedef {{field: string, problem: string, isWarning: boolean}} Problem */

/** @typedef {{chain: string, name: RegExp, address: RegExp, txid: RegExp}} Chain */
/**
 * Blockchains by what people call them, with the shapes of their addresses and transaction IDs.
 * @type {Chain[]}
 */
const CHAINS = [
  {
    chain: "tron", name: /\b(trx|tron|trc-?\d*)\b|波场|トロン|ترون/i,
    address: /^T[1-9A-HJ-NP-Za-km-z]{33}$/, txid: /^[0-9a-f]{64}$/i,
  },
  {
    chain: "ethereum", name: /\b(eth(ereum)?|erc-?\d*|bep-?\d*|bsc|bnb|polygon|matic|arbitrum|optimism|base|avalanche|avax|evm)\b|イーサ|以太|إيثر|ايثر/i,
    address: /^0x[0-9a-f]{40}$/i, txid: /^0x[0-9a-f]{64}$/i,
  },
  {
    chain: "bitcoin", name: /\b(bitcoin|btc|litecoin|ltc|doge|dogecoin|bch|segwit|taproot)\b|ビットコイン|ライトコイン|比特|莱特|بيتكوين/i,
    address: /^([13LMmn2Dq9A][1-9A-HJ-NP-Za-km-z]{25,34}|(bc|tb|ltc)1[02-9ac-hj-np-z]{11,87}|(bitcoincash:)?[qp][02-9ac-hj-np-z]{41})$/,
    txid: /^[0-9a-f]{64}$/i,
  },
  {
    chain: "ripple", name: /\bxrp\b|ripple|リップル|瑞波|ريبل/i,
    address: /^(r[1-9A-HJ-NP-Za-km-z]{24,34}|X[1-9A-HJ-NP-Za-km-z]{46})$/, txid: /^[0-9a-f]{64}$/i,
  },
  {
    chain: "solana", name: /\bsol\b|solana|ソラナ|索拉纳|سولانا/i,
    address: /^[1-9A-HJ-NP-Za-km-z]{32,44}$/, txid: /^[1-9A-HJ-NP-Za-km-z]{86,88}$/,
  },
];

/**
 * The blockchain of an address or ID: what the first of its networks that is among *fields* names.
 * @param {Field} field
 * @param {Field[]} fields
 * @param {Answers} answers
 * @returns {Chain | undefined}
 */
export function chainOf({networks = []}, fields, answers) {
  const asked = networks.find((network) => fields.some(({id}) => id === network)) ?? "";
  return CHAINS.find(({name}) => name.test(answers[asked] ?? ""));
}

const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g; // Arabic and Persian

/**
 * Text with plain digits and letters, and no spaces around it.
 * @param {string} text
 */
export function plain(text) {
  return text.replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 15)).normalize("NFKC").trim();
}

/**
 * A decimal number with a point, whatever separators it was typed with: 1.234,5 is 1234.5.
 * @param {string} text
 * @returns {{value: string, problem?: string}} what is no number, or can be read in two ways (1,234), stays as it is
 */
export function decimal(text) {
  const signs = plain(text).replace(/[\s_]/g, "").replace(/\u066b/g, ".").replace(/[\u066c\u2019']/g, ",");
  const [, sign, typed] = /** @type {string[]} */ (/^([+-]?)(.*)$/s.exec(signs));
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(typed)) return {value: signs, problem: "separator"};
  const [, whole, part = ""] = /^(\d*)(?:[.,](\d*))?$/.exec(typed) ?? // 0,5
    /^(\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.(\d+))?$/.exec(typed) ?? // 1,234.5 or 12,34,567
    /^(\d{1,3}(?:\.\d{2,3})*\.\d{3})(?:,(\d+))?$/.exec(typed) ?? []; // 1.234,5
  if (!whole && !part) return {value: text.trim(), problem: "number"};
  return {value: `${sign}${(whole || "0").replace(/\D/g, "")}${part && `.${part}`}`};
}

/**
 * What is wrong with the answers to some fields. Missing ones never are.
 * @param {Field[]} fields
 * @param {Answers} answers
 * @param {number} now milliseconds since 1970
 * @returns {Problem[]} in the order of the fields; warnings keep nobody from going on
 */
export function validate(fields, answers, now) {
  return fields.flatMap((field) => {
    const value = (answers[field.id] ?? "").trim();
    const problem = value && problemWith(field, value, chainOf(field, fields, answers), answers, now);
    return problem ? [{field: field.id, ...problem}] : [];
  });
}

const FIRST = Date.UTC(2009, 0); // the first block of the first blockchain

/**
 * @param {Field} field
 * @param {string} value not empty
 * @param {Chain | undefined} chain that its addresses and IDs belong to, if it is known
 * @param {Answers} answers
 * @param {number} now
 * @returns {{problem: string, isWarning: boolean} | undefined}
 */
function problemWith({id, type, most}, value, chain, answers, now) {
  const error = (/** @type {string} */ problem) => ({problem, isWarning: false});
  const warning = (/** @type {string} */ problem) => ({problem, isWarning: true});
  if (type === "time" || type === "date") {
    const time = type === "time" ? instantOf(value, answers[`${id}-zone`] || "UTC") : Date.parse(value) - 14 * 3_600_000;
    if (!(time >= FIRST)) return error("early");
    return time <= now ? undefined : error("future"); // a day has begun somewhere 14 hours before it begins in UTC
  }
  if (type === "digits" && !/^\d+$/.test(plain(value))) return error("digits");
  if (most && [...value].length > most) return type === "digits" ? error("long") : warning("long");
  if (type === "number") {
    const {problem} = decimal(value);
    return problem ? warning(problem) : undefined;
  }
  if (type !== "address" && type !== "txid") return undefined;
  return !chain || chain[type].test(plain(value)) ? undefined : warning(type);
}
