// What the reader's questions are narrowed to: the state, and its chips above the question field.
// The server reads it from a hidden field, which Gradio may draw anew: `tidy` sends it again.

import { ask, conversation, narrow, startAnew } from "./desk.js";
import { openFilters } from "./filters_dialog.js";
import { LANGUAGE, say } from "./strings.js";
import { element, load, verbatim } from "./words.js";

const KEPT = "pullquote.scope";
const EMPTY = { outlets: [], since: null, until: null, articles: [], story: null, any_time: false };
const MOST_OUTLETS = 20; // as the server's
const MOST_ARTICLES = 50;
const OUTLETS_APART = 3;
const ASKING_MS = 10_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

let state = sound(kept());
const titles = new Map(); // of articles, by id

const list = element("ul", { className: "scope-chips" });
const opener = element("button", { type: "button", className: "scope-open", onclick: () => openFilters(state, setScope, opener) }, say("filter_open"));
opener.setAttribute("aria-haspopup", "dialog");
const spoken = element("span", { className: "unseen", role: "status" });
const anew = element("button", { type: "button", className: "scope-new", onclick: startAnew }, say("page_new"));
const bar = element("div", { id: "scope-bar", role: "group", label: say("filter_bar") }, opener, list, anew, spoken);

/** What questions are narrowed to now; see `qa/interfaces/web/scope.py`. */
export const scope = () => structuredClone(state);

/** Change a part of it: chips, the hidden field and what a reload keeps follow. */
export function setScope(partial) {
  state = sound({ ...state, ...partial });
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ ...state, any_time: false }));
  } catch {
    // a browser that keeps nothing: the filter lasts until the page is left
  }
  draw();
  narrow(sent());
}

/** Put the bar back above the field, and the state into the hidden one, where Gradio lost them. */
export function tidy() {
  const desk = document.getElementById("desk");
  if (!desk) return;
  if (bar.nextElementSibling !== desk) {
    desk.before(bar);
    heights.disconnect();
    heights.observe(desk);
  }
  const field = document.querySelector("#scope textarea, #scope input");
  const wanted = JSON.stringify(sent());
  if (field && field.value !== wanted && (field.value || wanted !== JSON.stringify(EMPTY))) narrow(sent());
  forgetAnyTime();
}

/** Show the chips, and ask again without its time when that of an answer is removed. */
export function start() {
  draw();
  tidy();
  document.addEventListener("room:collection", () => {
    titles.clear(); // an article may be called otherwise by now, or be back
    draw();
  });
  document.addEventListener("click", (event) => {
    const period = event.target.closest?.("#chat a.period");
    if (!period || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    askOfAnyTime(period);
  });
}

// With the conversation that is open: a server that was restarted does not know it otherwise.
const sent = () => (conversation() ? { ...state, conversation: conversation() } : state);

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

function sound(given) {
  const names = (value, most) => (Array.isArray(value) ? [...new Set(value.filter((each) => typeof each === "string" && each))].slice(0, most) : []);
  const day = (value) => (typeof value === "string" && DAY.test(value) ? value : null);
  return {
    outlets: names(given.outlets, MOST_OUTLETS),
    since: day(given.since),
    until: day(given.until),
    articles: names(given.articles, MOST_ARTICLES),
    story: typeof given.story === "string" && given.story ? given.story : null,
    any_time: given.any_time === true,
  };
}

// ---- chips ----

function draw() {
  list.replaceChildren(...chips().map(([name, without]) => chip(name, without)));
}

// Each with what is left without it.
function chips() {
  const { outlets, since, until, articles, story } = state;
  const made = [];
  if (outlets.length > OUTLETS_APART) {
    const names = outlets.slice(0, OUTLETS_APART - 1).join(", ");
    made.push([say("filter_outlets_chip", { names, count: outlets.length - OUTLETS_APART + 1 }), { outlets: [] }]);
  } else {
    for (const name of outlets) made.push([say("filter_outlet", { name }), { outlets: outlets.filter((each) => each !== name) }]);
  }
  if (since || until) made.push([period(since, until), { since: null, until: null }]);
  if (articles.length > OUTLETS_APART) made.push([say("filter_articles_chip", { count: articles.length }), { articles: [] }]);
  else for (const id of articles) made.push([say("filter_article", { title: titleOf(id) }), { articles: articles.filter((each) => each !== id) }]);
  if (story) made.push([say("filter_story", { title: titleOf(story) }), { story: null }]);
  return made;
}

function chip(name, without) {
  const remove = element("button", { type: "button", className: "scope-remove", label: say("filter_remove", { name }), onclick: () => removeChip(remove, name, without) }, "×");
  return element("li", { className: "scope-chip" }, element("span", { className: "scope-name", dir: "auto", title: name }, ...verbatim(name)), remove);
}

function removeChip(button, name, without) {
  const at = [...list.children].indexOf(button.parentElement);
  setScope(without);
  spoken.textContent = say("filter_removed", { name });
  const next = list.children[Math.min(at, list.childElementCount - 1)]?.querySelector("button");
  (next ?? opener).focus();
}

function period(since, until) {
  const day = (date) => new Date(`${date}T00:00:00Z`);
  const form = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  try {
    if (since && until) return form.formatRange(...[day(since), day(until)].sort((a, b) => a - b));
    return since ? say("filter_chip_since", { date: form.format(day(since)) }) : say("filter_chip_until", { date: form.format(day(until)) });
  } catch {
    return [since, until].filter(Boolean).join(" – "); // no day of the calendar
  }
}

// The title if it is known; else the id, until it is.
function titleOf(id) {
  if (!titles.has(id)) {
    titles.set(id, id);
    load({ article: id }).then(
      ({ title }) => {
        titles.set(id, title || id);
        draw();
      },
      () => {}, // it is not here any more: the chip says which one it was
    );
  }
  return titles.get(id);
}

// ---- a time that was understood from a question ----

let asking = null; // how many questions there were before this one is asked without its time

const asked = () => [...document.querySelectorAll("#chat .asked")];

function askOfAnyTime(period) {
  const before = asked().filter((each) => each.compareDocumentPosition(period) & Node.DOCUMENT_POSITION_FOLLOWING);
  const question = before.at(-1)?.textContent.trim();
  if (!question) return;
  asking = asked().length;
  setScope({ any_time: true });
  ask(question);
  setTimeout(() => forgetAnyTime(true), ASKING_MS);
}

// It holds for one question: once that is on its way, the next one's time counts again.
function forgetAnyTime(anyway = false) {
  if (asking === null) return;
  if (!anyway && asked().length === asking && !document.querySelector("#chat .card.pending")) return;
  asking = null;
  setScope({ any_time: false });
}

// The desk sticks to the bottom of the window; the bar sticks to the desk.
const heights = new ResizeObserver(([desk]) => {
  document.documentElement.style.setProperty("--desk-height", `${Math.floor(desk.target.offsetHeight)}px`);
});
