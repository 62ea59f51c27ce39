// The checklist on its page: asks step by step, checks, and shows what the reader can take along.

import {scan} from "../secrets/scan.js";
import {adviseOn, fieldsOf} from "./model.js";
import {makeStore} from "./store.js";
import {isEnough, suggest} from "./suggest.js";
import {asMarkdown, asText, fill, write} from "./ticket.js";
import {isTime, stamp} from "./time.js";
import {chainOf, decimal, validate} from "./validate.js";

const STEPS = ["what", "happened", "details", "you", "ticket"];
const PAUSE = 300; // milliseconds after the last key, until articles are suggested

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const known = JSON.parse(one("#known").textContent);
const says = JSON.parse(one("#says").textContent);
const form = one("#questions");
const title = document.title;

// Until both are here, the page stays as it is without scripts, and says that nothing is checked.
const at = (address) => new URL(address, location.href).href;
const [{default: words}, {default: index}] = await Promise.all([import(at(form.dataset.words)), import(at(form.dataset.articles))]);
const knowledge = {words, labels: known.secrets};

/* Making elements */

/** A text of the page, with what is in braces filled in. */
const text = (name, values = {}) => fill(says[name], values);

/** An element with properties and children. */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

const link = ({url, title: name}) => make("a", {href: url, target: "_blank", rel: "noopener"}, name);

/* Questions and answers */

let category = "";
const answersOf = new Map(); // by field; two kinds of problem that ask the same share the answer, and what the page asks has a colon
const harmless = new Set(); // what the reader has said to be no secret

const questions = () => all("[data-field]", form).filter((each) => !each.closest("[data-category]") || each.closest(`[data-category="${category}"]`));
const questionOf = (id) => questions().find((each) => each.dataset.field === id);

function read(question) {
  const id = question.dataset.field, chosen = one("input[type=radio]:checked", question);
  if (one("input[type=radio]", question)) return [[id, chosen?.value ?? ""]];
  return all("input, textarea, select", question).map((input) => [id + (input.dataset.part ?? ""), input.value]);
}

/** Shows the answers that are known in the questions that are shown now. */
function restore() {
  for (const question of questions()) {
    const id = question.dataset.field;
    for (const radio of all("input[type=radio]", question)) radio.checked = radio.value === (answersOf.get(id) ?? "");
    for (const input of all("input:not([type=radio]), textarea, select", question)) {
      input.value = answersOf.get(id + (input.dataset.part ?? "")) ?? input.value;
    }
  }
}

function answers() {
  for (const question of questions()) for (const [name, value] of read(question)) answersOf.set(name, value);
  return {...Object.fromEntries(answersOf), ":category": category};
}

const fields = () => fieldsOf(known, category);

/* Steps */

let step = 0;

/** Writes into a part that is read aloud, only if that says something new. */
const tell = (element, message) => void (element.textContent === message || (element.textContent = message));

function show(number, hasFocus = true) {
  step = Math.max(0, Math.min(STEPS.length - 1, number));
  for (const section of all("section[data-step]", form)) {
    const {step: name, category: own} = section.dataset;
    section.hidden = name !== STEPS[step] || (own !== undefined && own !== category);
  }
  tell(one(".annai-step"), text("step", {number: step + 1, count: STEPS.length}));
  one("[data-do=back]").hidden = step === 0;
  one("[data-do=next]").hidden = step === STEPS.length - 1;
  one(".annai-suggestions").hidden = step > STEPS.indexOf("happened");
  if (STEPS[step] === "ticket") advise();
  if (hasFocus) focus(one("section:not([hidden]) h2", form));
}

function focus(element) {
  element?.focus();
  element?.scrollIntoView({block: "start"});
}

function choose(id) {
  answers();
  category = known.categories.some((each) => each.id === id) ? id : known.categories[known.categories.length - 1].id;
  answersOf.set(":category", category);
  answersOf.delete(":sentence");
  restore();
  outdate();
  show(step, false);
  describe();
}

/** Takes the kind of problem that the reader means. */
function take(id) {
  isChosen = true;
  choose(id);
}

/** Opens the questions for the kind of problem that the address names. */
function follow() {
  const [, id] = location.hash.match(/^#category=([a-z0-9-]+)$/) ?? [];
  if (!id) return;
  take(id);
  show(0);
}

/* Suggestions and advice */

let isTyped = false; // whether there is something that would be lost
let pause = 0, isChosen = false; // whether the reader has chosen a kind of problem

function describe() {
  clearTimeout(pause);
  pause = setTimeout(() => {
    const described = known.fields.filter((field) => field.is_description).map(({id}) => answersOf.get(id) ?? "");
    const read = described.join(" ").trim(), [status, list] = one(".annai-suggestions").children;
    if (!isEnough(read)) {
      tell(status, "");
      list.replaceChildren();
      return;
    }
    const found = suggest(read, index, known.categories);
    tell(status, text("articles", {count: found.articles.length}));
    const guess = known.categories.find((each) => each.id === found.category && each.id !== category && !isChosen);
    list.replaceChildren(
      ...(found.isLoss ? [make("p", {className: "annai-loss"}, text("loss"))] : []),
      make("ul", {}, ...found.articles.map((each) => make("li", {}, link({...each, url: new URL(each.url, at(form.dataset.articles)).href})))),
      ...(guess ? [make("p", {}, `${text("category")} `, make("button", {type: "button", className: "annai-guess", onclick: () => take(guess.id)}, nameOf(guess)))] : []),
    );
  }, PAUSE);
}

const nameOf = ({label}) => known.texts[known.tag]?.[label] ?? label;

function advise() {
  const found = adviseOn(known, {urgency: answersOf.get(":urgency"), matter: answersOf.get(":matter"), category});
  const box = one(".annai-advice");
  if (box.dataset.text === found.text) return;
  box.dataset.text = found.text;
  box.replaceChildren(
    make("p", {}, make("strong", {}, `${text("advice")}: `), found.text),
    make("p", {}, make("strong", {}, `${text("why")}: `), found.reason),
    make("p", {}, link(known.pages[found.page])),
  );
}

/* Checking */

/** What kind of place for secrets a field is (secrets/scan.js): where a bare hash is no key, and a number no card. */
function placeOf(field) {
  const chain = field.type === "txid" ? chainOf(field, fields(), Object.fromEntries(answersOf)) : undefined;
  if (chain) return chain.chain === "ethereum" ? "hash-ethereum" : "hash";
  return ["id", "address", "number"].includes(field.type) ? "id" : "text";
}

/** The secrets in an answer, without what the reader knows to be none. */
async function secretsIn(field) {
  const value = answersOf.get(field.id) ?? "";
  const found = value ? await scan(value, knowledge, placeOf(field)) : [];
  const isOpen = (each) => each.isCertain || !harmless.has(`${field.id} ${value.slice(each.start, each.end)}`);
  return found.filter(isOpen).map((each) => ({field: field.id, ...each}));
}

/** Looks at everything, says what is wrong, and tells whether the reader may go on. */
async function check() {
  const given = answers();
  const problems = validate(fields(), given, Date.now());
  const found = (await Promise.all(fields().map(secretsIn))).flat();
  for (const question of questions()) comment(question);
  for (const each of form.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
  const items = [...found.map(secretItem), ...problems.map(problemItem)];
  const isStopped = found.length > 0 || problems.some(({isWarning}) => !isWarning);
  const box = one("#problems");
  (isStopped ? one(".annai-step") : one(".annai-said")).after(box);
  box.hidden = !items.length;
  box.replaceChildren(...(items.length ? [make("h2", {}, text("summary")), make("ul", {}, ...items)] : []));
  document.title = isStopped ? `${text("error")}: ${title}` : title;
  if (isStopped) focus(box);
  return !isStopped;
}

function item(field, message, ...more) {
  const question = questionOf(field), note = question && one(".annai-note", question);
  for (const input of question ? all("input, textarea", question) : []) input.setAttribute("aria-invalid", "true");
  note?.append(make("p", {}, message));
  const target = question && one("input, textarea, select", question);
  const open = (event) => {
    event.preventDefault();
    show(STEPS.indexOf(question.closest("[data-step]").dataset.step), false);
    target.focus();
  };
  const name = nameOf(known.fields.find((each) => each.id === field));
  return make("li", {}, make("a", {href: `#${target?.id ?? ""}`, onclick: open}, name), `: ${message}`, ...more);
}

function problemItem({field, problem}) {
  const {most} = known.fields.find((each) => each.id === field);
  return item(field, text(`problem.${problem}`, {most}));
}

function secretItem({field, kind, start, end, isCertain}) {
  const message = `${text("secret", {kind: text(`kind.${kind}`)})} (${text("place", {start: start + 1, end})})`;
  if (isCertain) return item(field, message, make("p", {}, text("certain")));
  const value = answersOf.get(field), secret = value.slice(start, end);
  const decide = (change) => () => {
    if (answersOf.get(field) === value) change(); // else it is looked at again as it is now
    restore();
    finish();
  };
  return item(
    field, message,
    make("p", {}, text("uncertain")),
    make("button", {type: "button", className: "md-button", onclick: decide(() => harmless.add(`${field} ${secret}`))}, text("harmless")),
    " ",
    make("button", {type: "button", className: "md-button", onclick: decide(() => answersOf.set(field, `${value.slice(0, start)}…${secret.slice(-6)}${value.slice(end)}`))}, text("unsure")),
  );
}

/* What the reader takes along */

let parts = [];

/** Takes back what was written, for it does not say what the answers say now. */
function outdate() {
  const output = one(".annai-output");
  if (output.hidden) return;
  output.hidden = true;
  parts = [];
  one(".annai-ticket").replaceChildren();
  tell(one(".annai-said"), text("changed"));
}

async function finish() {
  const output = one(".annai-output");
  output.hidden = true;
  if (!(await check())) return;
  show(STEPS.indexOf("ticket"), false);
  parts = write(formOf(), known, answers(), answersOf.get(":support"));
  const rest = await scan(taken(asText), knowledge, "text");
  if (rest.some(({isCertain}) => isCertain)) {
    const [{kind: found, start, end}] = rest.filter(({isCertain}) => isCertain);
    say(`${text("secret", {kind: text(`kind.${found}`)})} (${text("place", {start: start + 1, end})}). ${text("certain")}`);
    return;
  }
  one(".annai-ticket").replaceChildren(...parts.map(shown));
  output.hidden = false;
  say(text("ready"));
  focus(output);
}

const formOf = () => answersOf.get(":form") || "ticket";

/** What is copied: a message in a chat is for support alone. */
const taken = (render) => render(formOf() === "chat" ? parts.slice(0, 1) : parts);

function shown({tag, direction, pattern, title: heading, before, lines, after}) {
  const code = (value) => value.split("\n").map((each) => make("bdi", {translate: false, dir: "ltr"}, each)).flatMap((each, place) => (place ? [make("br"), each] : [each]));
  const line = ({label, value, isCode, tag: language, note}) => {
    const shownValue = isCode ? make("span", {}, ...code(value)) : make("span", {dir: "auto", ...(language && {lang: language})}, value);
    const [before, between] = fill(pattern, {label: "\0", value: "\0"}).split("\0");
    return make("li", {}, before, make("strong", {}, label), between, shownValue, ...(note ? [` [${note}]`] : []));
  };
  const paragraph = (said) => (said ? [make("p", {}, said)] : []);
  return make("article", {lang: tag, dir: direction}, ...(heading ? [make("h3", {}, heading)] : []), ...paragraph(before), make(heading ? "ol" : "ul", {}, ...lines.map(line)), ...paragraph(after));
}

const say = (message) => tell(one(".annai-said"), message);

async function copy() {
  try {
    await navigator.clipboard.writeText(taken(asText));
    say(text("copied"));
  } catch {
    say(text("not-copied"));
    getSelection()?.selectAllChildren(one(".annai-ticket"));
  }
}

function download(suffix, render) {
  const url = URL.createObjectURL(new Blob([taken(render)], {type: "text/plain;charset=utf-8"}));
  make("a", {href: url, download: `${formOf()}.${suffix}`}).click();
  URL.revokeObjectURL(url);
}

/* What is kept on the device */

const store = makeStore(() => localStorage, new URL(at(form.dataset.base)).pathname);
const day = (time) => new Intl.DateTimeFormat(known.tag, {dateStyle: "long"}).format(time);
const kept = (message) => tell(one(".annai-kept"), message);

/** Whether something could be kept; if not, the reader is told. */
function keeps(kind, value) {
  const until = store.keep(kind, value);
  kept(until ? text("saved", {date: day(until)}) : text("not-saved"));
  return Boolean(until);
}

/** Keeps what has been checked: not what another kind of problem asked. */
async function keep() {
  if (!(await check())) return;
  const asked = fields().flatMap(({id}) => [id, `${id}-zone`]);
  const checked = Object.entries(answers()).filter(([name]) => name.startsWith(":") || asked.includes(name));
  if (keeps("draft", {...Object.fromEntries(checked), ":tag": known.tag})) isTyped = false;
}

function forget() {
  store.forget("draft");
  one("#kept").hidden = true;
  kept(text("deleted"));
}

function load() {
  const draft = store.recall("draft");
  one("#kept").hidden = true;
  if (!draft) return;
  for (const [name, value] of Object.entries(draft.value)) answersOf.set(name, String(value));
  category = String(draft.value[":category"] ?? "");
  const sentence = answersOf.get(":sentence") ?? "";
  restore();
  take(category);
  answersOf.set(":sentence", sentence);
  restore();
  show(0);
}

function offer() {
  const draft = store.recall("draft");
  one("#kept").hidden = !draft;
  if (draft) one("#kept p").textContent = text("found", {date: day(draft.until)});
}

const CASE = ["case", "channel", "date", "next", "notes"];
const casesKept = () => [store.recall("cases")?.value ?? []].flat().filter((each) => each && typeof each === "object");

/** Shows the log, each case with a button that takes it out. */
function cases() {
  const entry = (each, place) => make(
    "div", {className: "annai-box"},
    make("dl", {}, ...CASE.filter((name) => each[name]).flatMap((name) => [
      make("dt", {}, one(`[data-case=${name}]`).labels[0].firstChild.textContent.trim()), make("dd", {}, make("bdi", {}, each[name])),
    ])),
    make("button", {type: "button", className: "md-button", onclick: () => remove(place)}, text("delete")),
  );
  one(".annai-cases__list").replaceChildren(...casesKept().map(entry));
}

function remove(place) {
  const left = casesKept().filter((_, number) => number !== place);
  if (left.length) keeps("cases", left);
  else forgetCases();
  cases();
}

async function addCase() {
  const inputs = all("[data-case]"), given = Object.fromEntries(inputs.map((input) => [input.dataset.case, input.value.trim()]));
  if (!Object.values(given).some(Boolean)) return;
  for (const [name, value] of Object.entries(given)) {
    const found = (await scan(value, knowledge, name === "case" ? "id" : "text")).find(({isCertain}) => isCertain);
    if (found) {
      kept(`${text("secret", {kind: text(`kind.${found.kind}`)})}. ${text("certain")}`);
      return;
    }
  }
  if (!keeps("cases", [...casesKept(), given])) return;
  for (const input of inputs) input.value = "";
  cases();
}

function forgetCases() {
  store.forget("cases");
  cases();
  kept(text("deleted"));
}

/* Starting */

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const input of all("[data-part='-zone']")) {
  const options = [...new Set([zone, "UTC", ...Intl.supportedValuesOf("timeZone")])].map((each) => make("option", {value: each}, each));
  const select = make("select", {}, ...options);
  select.dataset.part = "-zone";
  input.replaceWith(select);
}

const DO = {
  back: () => show(step - 1),
  next: () => show(step + 1),
  check: finish,
  copy,
  txt: () => download("txt", asText),
  md: () => download("md", asMarkdown),
  print: () => print(),
  keep, load, forget,
  "add-case": addCase,
  "forget-cases": forgetCases,
};
document.body.addEventListener("click", (/** @type {any} */ {target}) => DO[target.closest("[data-do]")?.dataset.do]?.());

/** What is said beside an answer while it is typed: a time in UTC, a number as it is read. */
function comment(question) {
  const field = known.fields.find((each) => each.id === question.dataset.field), note = one(".annai-note", question);
  if (!field || !note) return;
  const value = answersOf.get(field.id) ?? "";
  const zone = answersOf.get(`${field.id}-zone`) || "UTC", number = field.type === "number" && decimal(value);
  if (field.type === "time" && isTime(value, zone)) note.textContent = text("in-zone", {time: stamp(value, zone).utc});
  else note.textContent = number && !number.problem && number.value !== value ? text("read-as", {value: number.value}) : "";
}

form.addEventListener("input", ({target}) => {
  const question = target.closest("[data-field]");
  for (const [name, value] of read(question)) answersOf.set(name, value);
  isTyped = true;
  if (target.name === ":category") take(target.value);
  outdate();
  comment(question);
  describe();
  if (STEPS[step] === "ticket") advise();
});

form.addEventListener("change", async ({target}) => {
  const question = target.closest("[data-field]"), field = known.fields.find((each) => each.id === question.dataset.field);
  const [found] = field ? await secretsIn(field) : [];
  if (found) tell(one(".annai-note", question), text("secret", {kind: text(`kind.${found.kind}`)}));
});

form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", follow);
addEventListener("beforeunload", (event) => isTyped && event.preventDefault());

/** On paper, a ticket takes the place of the blank ones; these are read only where they are open. */
const isOpen = (/** @type {boolean} */ open) => all(".annai-blank details").forEach((details) => (details.open = open));
addEventListener("beforeprint", () => isOpen(!parts.length || STEPS[step] !== "ticket"));
addEventListener("afterprint", () => isOpen(false));

document.documentElement.classList.replace("no-js", "js");
isOpen(false);
for (const question of questions()) for (const [name, value] of read(question)) answersOf.set(name, value);
choose("");
show(0, false);
follow();
offer();
cases();
