// The list of articles: searched, sorted and paged by the server; each can be opened, asked, removed.

import { returnToDesk } from "./desk.js";
import { follow } from "./pane.js";
import { request, sendJson, spokenIn, tellChange } from "./library_server.js";
import { say } from "./strings.js";
import { ageInWords, dateInWords, element, hashOf, verbatim } from "./words.js";

const PAGE_SIZE = 50;
const TYPING_MS = 250;
const UNDO_MS = 10_000;
const SETTLING_MS = 600; // the next article has moved under a finger that taps twice
const SORTS = { newest: "published desc", oldest: "published asc", added: "added desc", title: "title asc", outlet: "outlet asc" };

const options = { className: "library-quiet", type: "button" };
const button = (text, onclick, label) => element("button", { ...options, onclick, label }, text);

const search = element("input", { type: "search", dir: "auto", maxLength: 200, autocomplete: "off", enterKeyHint: "search" });
const sort = element("select", {}, ...Object.keys(SORTS).map((name) => element("option", { value: name }, say(`library_sort_${name}`))));
const outlet = element("select", {});
const field = (name, control) => element("label", { className: `library-${name}` }, element("span", {}, say(`library_${name}`)), control);
const find = element("form", { className: "library-find", role: "search", label: say("library_find") },
  field("search", search), field("outlet", outlet), field("sort", sort));

const count = element("p", { className: "library-count", role: "status", tabIndex: -1 });
const items = element("ol", { className: "library-list" });
const previous = button(say("library_previous"), () => turn(-1));
const next = button(say("library_next"), () => turn(1));
const place = element("span", { className: "library-place" });
const pages = element("nav", { className: "library-pages", label: say("library_pages") }, previous, place, next);
const undos = element("div", { className: "library-undos" });
const spoken = element("p", { className: "unseen", role: "status" });

/** The list with all that belongs to it. */
export const list = element("section", { className: "library-articles library-fixed", label: say("library_list") }, find, count, items, pages, undos, spoken);

let shown = { page: 1, pages: 1 };
let page = 1;
let asked = 0; // an answer that is overtaken by a later one is dropped
let typing = 0;
let settled = 0;
let opened = ""; // the link that was followed last: a list that was drawn anew has another

/** Say whether articles can be removed. */
export function allowRemoving(allowed) {
  list.classList.toggle("library-fixed", !allowed);
}

/** Fetch the page that is shown, and the outlets. */
export async function refresh() {
  await Promise.all([show(), fillOutlets()]);
}

async function show() {
  const mine = ++asked;
  const [by, order] = SORTS[sort.value].split(" ");
  const wanted = new URLSearchParams({ query: search.value, outlet: outlet.value, sort: by, order, page, page_size: PAGE_SIZE });
  const told = await request(`articles?${wanted}`).catch((error) => ({ error }));
  if (mine !== asked) return;
  if (told.error) paintFailure(told.error);
  else paint(told);
}

function paint(told) {
  shown = told;
  page = told.page;
  const first = (told.page - 1) * PAGE_SIZE + 1;
  items.start = first;
  items.replaceChildren(...told.articles.map(row));
  pages.hidden = told.pages < 2;
  previous.disabled = told.page <= 1;
  next.disabled = told.page >= told.pages;
  place.textContent = say("library_page", { page: told.page, pages: told.pages });
  if (!told.total) count.textContent = say(search.value || outlet.value ? "library_none_found" : "library_empty");
  else if (told.pages < 2) count.textContent = say("library_count", { count: told.total });
  else count.textContent = say("library_range", { first, last: first + told.articles.length - 1, total: told.total });
}

function paintFailure(error) {
  const again = button(say("library_again"), refresh);
  count.replaceChildren(spokenIn(error), " ", again);
  items.replaceChildren();
  pages.hidden = true;
}

function row(article) {
  const title = article.title || say("library_untitled");
  const link = element("a", { href: hashOf(article.id), className: "library-open", dir: "auto", title: article.source }, ...verbatim(title));
  link.addEventListener("click", (event) => open(event, link));
  const remove = button(say("library_remove"), () => removeArticle(article, remove), `${say("library_remove")}: ${title}`);
  remove.classList.add("library-remove");
  const ask = button(say("library_ask"), () => askOnly(article), `${say("library_ask")}: ${title}`);
  return element("li", {}, origin(article), element("h2", {}, link), element("p", { className: "library-acts" }, ask, remove));
}

function origin(article) {
  const parts = [];
  if (article.outlet) parts.push(element("bdi", {}, ...verbatim(article.outlet)));
  if (article.published) {
    const words = [dateInWords(article.published), ageInWords(article.published)].filter(Boolean).join(", ");
    parts.push(element("time", { dateTime: article.published }, ...verbatim(words)));
  } else parts.push(say("library_undated"));
  if (article.copies) parts.push(say("library_copies", { count: article.copies }));
  return element("p", { className: "library-origin" }, ...parts.flatMap((part, i) => (i ? [" · ", part] : [part])));
}

function open(event, link) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  opened = link.hash;
  follow(link);
}

/** Give the focus back that an article had taken, where nothing else has it. */
export function resume() {
  if (document.activeElement !== document.body) return;
  const link = [...items.querySelectorAll("a.library-open")].find((each) => each.hash === opened);
  (link ?? count).focus({ preventScroll: true });
}

/** Narrow the next question to one article, and go where it is asked. */
export async function askOnly(article) {
  const filters = await import("./filters.js").catch(() => null);
  filters?.setScope({ outlets: [], since: null, until: null, story: null, any_time: false, articles: [article.id] });
  returnToDesk();
}

async function fillOutlets() {
  const told = await request("outlets").catch(() => null);
  if (!told) return;
  const chosen = outlet.value;
  const option = ({ name, articles }) => element("option", { value: name, dir: "auto" }, `${name} (${articles})`);
  outlet.replaceChildren(element("option", { value: "" }, say("library_every_outlet")), ...told.outlets.map(option));
  outlet.value = told.outlets.some(({ name }) => name === chosen) ? chosen : "";
  if (outlet.value !== chosen) anew(); // its last article is gone: the list was asked for it all the same
}

// ---- removing, and taking it back ----

async function removeArticle(article, pressed) {
  if (performance.now() < settled) return;
  pressed.disabled = true;
  const told = await request(`articles/${encodeURIComponent(article.id)}`, { method: "DELETE" }).catch((error) => ({ error }));
  if (told.error) {
    enable(pressed);
    announce(`${say("library_not_removed")} ${told.error.detail}`, pressed);
    return;
  }
  offerUndo(article, told.undo);
  await refresh();
  settled = performance.now() + SETTLING_MS;
  tellChange("list");
}

function offerUndo(article, token) {
  const title = article.title || article.id;
  const undo = button(say("library_undo"), () => takeBack(bar, undo, token), `${say("library_undo")}: ${title}`);
  const bar = element("p", { className: "library-undo" }, element("span", {}, `${say("library_removed")} `, element("bdi", {}, ...verbatim(title))), undo);
  undos.append(bar);
  spoken.textContent = `${say("library_removed")} ${title}`;
  undo.focus({ preventScroll: true });
  setTimeout(() => letGo(bar), UNDO_MS);
}

// It stays while it is pointed at, or while the keyboard is on it.
function letGo(bar) {
  if (!bar.isConnected) return;
  if (bar.matches(":hover, :has(:focus-visible)")) setTimeout(() => letGo(bar), 1000);
  else drop(bar);
}

function drop(bar) {
  const focused = bar.contains(document.activeElement);
  bar.remove();
  if (focused) count.focus({ preventScroll: true });
}

async function takeBack(bar, undo, token) {
  undo.disabled = true;
  const told = await sendJson("articles/undo", { undo: token }).catch((error) => ({ error }));
  if (told.error) {
    enable(undo);
    announce(told.error.detail, undo);
    if (told.error.status !== 404) return;
    undo.remove(); // too late: the bar stays for the reason, and goes in its own time
    count.focus({ preventScroll: true });
    return;
  }
  drop(bar);
  spoken.textContent = say("library_undone");
  await refresh();
  count.focus({ preventScroll: true });
  tellChange("list");
}

// A button that is disabled loses the focus.
function enable(pressed) {
  pressed.disabled = false;
  if (document.activeElement === document.body) pressed.focus({ preventScroll: true });
}

function announce(text, beside) {
  const note = element("span", { className: "library-note", role: "alert" }, ` ${text}`);
  beside.after(note);
  setTimeout(() => note.remove(), UNDO_MS);
}

// ---- searching and paging ----

async function turn(by) {
  page += by;
  const pressed = by < 0 ? previous : next;
  await show();
  list.scrollIntoView({ block: "start" });
  const target = pressed.disabled ? (by < 0 ? next : previous) : pressed;
  target.focus({ preventScroll: true });
}

function anew() {
  clearTimeout(typing);
  page = 1;
  return show();
}

/** Listen. */
export function start() {
  search.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(anew, TYPING_MS);
  });
  sort.addEventListener("change", anew);
  outlet.addEventListener("change", anew);
  find.addEventListener("submit", (event) => {
    event.preventDefault();
    anew();
  });
  document.addEventListener("room:collection", (event) => event.detail !== "list" && document.body.classList.contains("in-library") && refresh());
}
