// Base58, its checksum, and pairs of Ed25519 keys. Where the browser has no cryptography (a page that is neither
// local nor served by HTTPS, or a browser without Ed25519), a check says null: it is not known.

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const PKCS8 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]; // what is before the key, RFC 8410

/** Characters of Base58, for a chunk. */
export const BASE58 = /[1-9A-HJ-NP-Za-km-z]+/g;

/**
 * The bytes that *text* in Base58 stands for.
 * @param {string} text
 * @returns {Bytes}
 */
export function decode(text) {
  const bytes = []; // the last one first
  for (const each of text) {
    let carry = ALPHABET.indexOf(each);
    for (let place = 0; place < bytes.length; place++) {
      carry += bytes[place] * 58;
      bytes[place] = carry & 255;
      carry >>= 8;
    }
    if (carry) bytes.push(carry);
  }
  for (let place = 0; text[place] === "1"; place++) bytes.push(0);
  return new Uint8Array(bytes.reverse());
}

/**
 * Whether the last four bytes are the beginning of the double SHA-256 of the others (Base58Check).
 * @param {Bytes} bytes
 * @returns {Promise<boolean?>}
 */
export async function isChecked(bytes) {
  if (!globalThis.crypto?.subtle) return null;
  const once = await crypto.subtle.digest("SHA-256", bytes.subarray(0, -4));
  const twice = new Uint8Array(await crypto.subtle.digest("SHA-256", once));
  return bytes.subarray(-4).every((each, place) => each === twice[place]);
}

/**
 * Whether the last 32 of 64 bytes are the Ed25519 public key of the first 32 (RFC 8032, 5.1.5).
 * @param {Bytes} bytes
 * @returns {Promise<boolean?>}
 */
export async function isKeyPair(bytes) {
  let secret;
  try {
    const form = Uint8Array.of(...PKCS8, ...bytes.subarray(0, 32));
    secret = await crypto.subtle.importKey("pkcs8", form, "Ed25519", true, ["sign"]);
  } catch {
    return null;
  }
  const {x} = await crypto.subtle.exportKey("jwk", secret);
  const base64 = btoa(String.fromCharCode(...bytes.subarray(32)));
  return x === base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
