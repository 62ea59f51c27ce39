// Answers for the theme's search, in its protocol: SETUP (0) is answered with READY (1), QUERY (2) with RESULT (3).
// Every page starts it, so it loads the search itself with the first query that says something. The address of the
// worker ends in ? and the folder of the locale.
"use strict";

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
let settings = {};
let latest = 0;

const escape = (text) => text.replace(/[&<>"]/g, (sign) => ({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})[sign]);

/** A result that is none: what *name* says to readers, leading to *location*. */
function message(name, location = "") {
  const {title, text} = settings.messages[name];
  const isUseful = name !== "nothing" || location;
  return {location, title: `<span class="annai-message">${escape(title)}</span>`, text: isUseful ? escape(text) : "", score: 1, terms: {}};
}

async function answer(query) {
  if (!query.trim()) return {items: []};
  try {
    if (!self.answerOrSay) importScripts("search.js");
  } catch {
    return {items: [[message("offline")]]};
  }
  return self.answerOrSay(query);
}

self.onmessage = async ({data: {type, data}}) => {
  if (type === SETUP) {
    settings = data.config.annai;
    postMessage({type: READY});
  } else if (type === QUERY) {
    const number = ++latest;
    const result = await answer(data);
    if (number === latest) postMessage({type: RESULT, data: result});
  }
};
