// Leads from the page for what is not there, at the root of the site, to that in the language of the
// address, which then has that address again.
"use strict";
{
  const {root = "/", tags = ""} = document.currentScript?.dataset ?? {};
  const [first, ...rest] = location.pathname.slice(root.length).split("/");
  const tag = tags.split(" ").find((each) => each.toLowerCase() === first.toLowerCase());
  if (tag && rest[0] !== "404.html") {
    location.replace(`${root}${tag}/404.html#${location.pathname}${location.search}${location.hash}`);
  } else if (/^#\/(?![/\\])/.test(location.hash) && location.pathname.endsWith("/404.html")) {
    history.replaceState(null, "", location.hash.slice(1));
  }
}
