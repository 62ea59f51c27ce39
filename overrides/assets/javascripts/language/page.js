// Offers the page in the language that the reader prefers, once they have said or their browser says
// which, and keeps on this device what they say. Links to languages keep the place on the page.

import {best} from "./match.js";
import words from "./words.js"; // hooks/languages.py

const KEY = `${new URL("../../..", import.meta.url).pathname}annai.language`; // a tag; empty: offer nothing

/** @returns {string | null} null where nothing was kept, or the browser keeps nothing */
function recall() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {string} said */
function keep(said) {
  try {
    localStorage.setItem(KEY, said);
  } catch {
    // The browser keeps nothing: the reader says it again.
  }
}

/** @param {Event} event */
function follow(event) {
  const link = event.target instanceof Element && event.target.closest("a[hreflang][lang]"); // the name of a language, in itself
  if (!(link instanceof HTMLAnchorElement)) return;
  link.hash = location.hash; // ids are the same in every language
  keep(link.hreflang);
}

/**
 * @param {import("./words.js").Offer} offer
 * @param {string} url
 */
function show({tag, direction, offer, close}, url) {
  const bar = document.createElement("aside"), link = document.createElement("a"), button = document.createElement("button");
  bar.className = "annai-language-offer";
  bar.lang = tag;
  bar.dir = direction;
  bar.setAttribute("aria-labelledby", (link.id = "annai-language-offer"));
  Object.assign(link, {href: url, hreflang: tag, lang: tag, textContent: offer});
  Object.assign(button, {type: "button", textContent: close});
  button.addEventListener("click", () => {
    keep("");
    bar.remove();
  });
  bar.append(link, button);
  const skip = document.querySelector("body > :is(.annai-skip, [data-md-component=skip])");
  if (skip) skip.after(bar); // the second that the keyboard reaches
  else document.body.prepend(bar);
}

const links = /** @type {HTMLLinkElement[]} */ ([...document.querySelectorAll('link[rel~="alternate"][hreflang]')]);
const wanted = recall() ?? best(navigator.languages, links.map((link) => link.hreflang));
const link = links.find((each) => each.hreflang === wanted && each.hreflang !== document.documentElement.lang);
const offer = words.find((each) => each.tag === wanted);
if (link && offer) show(offer, link.href);
document.addEventListener("click", follow);
document.addEventListener("auxclick", follow);
