// The report of a reader whom an article did not help. It asks and keeps nothing by itself.

import {dayOf, sectionAt, write} from "./report.js";

const TIMEOUT = 20_000; // milliseconds, until sending is given up

const box = /** @type {HTMLElement} */ (document.querySelector(".annai-helpful"));
const one = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (box.querySelector(selector));

const no = one("[data-do=no]"), panel = one("#annai-report"), shown = one("pre"), status = one("[role=status]");
const select = /** @type {HTMLSelectElement} */ (one("select")), area = /** @type {HTMLTextAreaElement} */ (one("textarea"));
const {check, endpoint, language, pattern, tag, title} = /** @type {Record<string, string>} */ (box.dataset);

const headings = [...document.querySelectorAll("article :is(h2, h3)[id]")].filter((each) => !each.closest(".annai-after"));

/** The title of a section, without the link to it that the theme puts there. */
function nameOf(/** @type {Element} */ heading) {
  const copy = /** @type {Element} */ (heading.cloneNode(true));
  copy.querySelector(".headerlink")?.remove();
  return (copy.textContent ?? "").trim();
}

select.append(...headings.map((each) => new Option(nameOf(each), each.id)));

const facts = () => ({
  title, address: location.pathname, language: `${language} (${tag})`, section: select.selectedOptions[0].text.trim(), date: dayOf(new Date()),
});

const say = (/** @type {string} */ name) => void (status.textContent = status.dataset[name] ?? "");
const show = () => void (shown.textContent = write(pattern, facts(), area.value, getComputedStyle(box).direction === "rtl"));

/** Shows the report, or hides it; its section is the one that is read now, until the reader says otherwise. */
export function toggle(/** @type {boolean} */ isOpen) {
  if (isOpen && panel.hidden && !area.value) {
    const place = sectionAt(headings.map((each) => each.getBoundingClientRect().top), innerHeight / 2);
    select.selectedIndex = place + 1;
  }
  panel.hidden = !isOpen;
  no.setAttribute("aria-expanded", String(isOpen));
  show();
}

/** The modules that find secrets, asked for when the reader begins to write. */
const load = () => Promise.all(["scan", "words", "terms"].map((name) => import(new URL(`../secrets/${name}.js`, import.meta.url).href)));

/** Whether there is a secret in *text*, which the reader wrote; it is marked there. */
async function hasSecret(/** @type {string} */ text) {
  if (check === undefined || !text.trim()) return false;
  const [{scan}, {default: words}, {default: labels}] = await load();
  const found = (await scan(text, {words, labels})).find((/** @type {{isCertain: boolean}} */ {isCertain}) => isCertain);
  if (!found) return false;
  area.focus();
  area.setSelectionRange(found.start, found.end);
  return true;
}

async function copy() {
  const report = shown.textContent ?? "";
  try {
    if (await hasSecret(area.value)) return say("secret");
    await navigator.clipboard.writeText(report);
    say("copied");
  } catch {
    say("notCopied");
    getSelection()?.selectAllChildren(shown);
  }
}

let isSending = false;

async function send() {
  if (isSending) return;
  isSending = true;
  say("sending");
  const report = {...facts(), language: tag, text: area.value};
  try {
    if (await hasSecret(report.text)) return say("secret");
    const reply = await fetch(endpoint, {
      method: "POST", mode: "same-origin", redirect: "error", credentials: "omit", signal: AbortSignal.timeout(TIMEOUT),
      headers: {"Content-Type": "application/json"}, body: JSON.stringify(report),
    });
    if (!reply.ok) throw new Error(String(reply.status));
    area.value = "";
    toggle(false);
    no.focus();
    say("sent");
  } catch {
    say("notSent");
  } finally {
    isSending = false;
  }
}

for (const [name, act] of Object.entries({copy, send})) box.querySelector(`[data-do=${name}]`)?.addEventListener("click", act);
if (check !== undefined) area.addEventListener("input", () => load().catch(() => {}), {once: true});
panel.addEventListener("input", () => {
  show();
  say("");
});
