// Secrets that show by their structure: PEM blocks, otpauth addresses, JSON web tokens, keystores.

/** @typedef {import("./scan.js").Finding} Finding */
/** @typedef {import("./scan.js").Given} Given */

const DASHES = "(?<![-‐-―−])[-‐-―−]{2,40}";
const BEGIN = new RegExp(`${DASHES}\\s*begin (?:[a-z0-9]+ ){0,3}private key(?: block)?\\s*${DASHES}`, "g");
const END = new RegExp(`${DASHES}\\s*end (?:[a-z0-9]+ ){0,3}private key(?: block)?\\s*${DASHES}`, "g");
const BETWEEN = "(?:\\s|\\\\[nr]|[\"'+>,])*";
// Headers, long lines and a shorter last one (RFC 1421, RFC 7468).
const BODY = new RegExp(`(?:${BETWEEN}[a-z-]+: [^\\n]*)*(?:${BETWEEN}[a-z0-9+/]{16,}={0,2})*(?:${BETWEEN}[a-z0-9+/]+={0,2})?`, "y");
const OTPAUTH = /otpauth(?:-migration)?\s?:\s?\/\s?\/\s?[!-~]*(?:\s{1,3}(?=[!-~]*[=&%])[!-~]+)*/g;
const TOKEN = /\bey[\w-]{8,}(?:\s+[\w-]+){0,8}\s?\.\s?[\w-]{4,}(?:\n\s*[\w-]+){0,40}\s?\.\s?[\w-]{8,}(?:\n\s*[\w-]{8,})*/g;
const QUOTE = "[\"'“”‘’]?";
const KEYSTORE = new RegExp(`${QUOTE}crypto${QUOTE}\\s*:\\s*\\{`, "g");
const LONGEST = 6000; // characters of a keystore or a PEM block

/**
 * Every block or address in *given* that holds a secret by its structure.
 * @param {Given} given
 * @returns {Finding[]}
 */
export function structures({text, lower}) {
  return [...pem(lower), ...otpauth(lower), ...tokens(text), ...keystores(lower)];
}

/** @param {string} lower */
function* pem(lower) {
  const ends = [...lower.matchAll(END)].map((match) => match.index + match[0].length);
  let next = 0;
  for (const {0: header, index: start} of lower.matchAll(BEGIN)) {
    const body = start + header.length;
    while (ends[next] < body) next++;
    BODY.lastIndex = body;
    BODY.test(lower.slice(0, body + LONGEST));
    const end = ends[next] - start <= LONGEST ? ends[next] : BODY.lastIndex;
    if (/[a-z0-9+/=]{16}/.test(lower.slice(body, end))) yield certain("pem", start, end);
  }
}

/** @param {string} lower */
function* otpauth(lower) {
  for (const {0: address, index} of lower.matchAll(OTPAUTH)) {
    if (/(?:secret|data)=./.test(address)) yield certain("otpauth", index, index + address.length);
  }
}

/** @param {string} text */
function* tokens(text) {
  for (const {0: token, index} of text.matchAll(TOKEN)) {
    const header = token.split(".")[0].replace(/\s/g, "").replaceAll("-", "+").replaceAll("_", "/");
    if (isHeader(header)) yield certain("jwt", index, index + token.length);
  }
}

/**
 * Whether *base64* is the header of a JSON web token (RFC 7515, 4.1.1).
 * @param {string} base64
 */
function isHeader(base64) {
  try {
    return "alg" in JSON.parse(atob(base64));
  } catch {
    return false;
  }
}

/**
 * Keystores of Ethereum wallets (Web3 Secret Storage), whole or cut off.
 * @param {string} lower
 */
function* keystores(lower) {
  for (const {index} of lower.matchAll(KEYSTORE)) {
    const before = lower.slice(Math.max(0, index - 400), index);
    const start = before.includes("{") ? index - before.length + before.lastIndexOf("{") : index;
    const end = closing(lower, start);
    const block = lower.slice(start, end);
    if (/ciphertext/.test(block) && /kdf/.test(block)) yield certain("keystore", start, end);
  }
}

/**
 * Where the object that begins at *start* ends; the end of the text or of the longest keystore if it does not.
 * @param {string} lower
 * @param {number} start
 */
function closing(lower, start) {
  const most = Math.min(lower.length, start + LONGEST);
  for (let place = start, depth = 0; place < most; place++) {
    if (lower[place] === "{") depth++;
    else if (lower[place] === "}" && --depth === 0) return place + 1;
  }
  return most;
}

/**
 * @param {string} kind
 * @param {number} start
 * @param {number} end
 * @returns {Finding}
 */
const certain = (kind, start, end) => ({kind, start, end, isCertain: true});
