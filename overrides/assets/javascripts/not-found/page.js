// Shows the pages that a mistyped address may have meant, and opens the search.

import {nearest} from "./nearest.js";

const said = document.querySelector("#annai-pages")?.textContent ?? "";
/** @type {{home: string, pages: import("./nearest.js").Listed[]}} */
const {home, pages} = JSON.parse(said);
const section = /** @type {HTMLElement} */ (document.querySelector("#annai-nearest"));
const path = location.pathname.startsWith(home) ? location.pathname.slice(home.length) : location.pathname;
const found = path === "404.html" ? [] : nearest(path, pages);
for (const [url, title] of found) {
  const item = document.createElement("li"), link = document.createElement("a");
  Object.assign(link, {href: home + url, textContent: title});
  item.append(link);
  section.querySelector("ul")?.append(item);
}
section.hidden = !found.length;

/** @type {HTMLElement | null} */
const search = document.querySelector("header [for=__search]"); // what opens the theme's search
document.querySelector(".annai-ways button")?.addEventListener("click", () => search?.click());
