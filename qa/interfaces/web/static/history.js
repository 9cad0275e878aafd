// The conversations of this browser: a drawer at `#history` to find, open and delete them.

import { onPressBeside } from "./backdrop.js";
import { dayInWords, dayOf } from "./days.js";
import { conversation, startAnew } from "./desk.js";
import { LANGUAGE, say } from "./strings.js";
import { element, verbatim } from "./words.js";

export { tidy } from "./address.js";

const HASH = "#history";
const UNDO_MS = 8_000;
const SEARCH_DELAY_MS = 200;
const clock = new Intl.DateTimeFormat(LANGUAGE, { hour: "numeric", minute: "2-digit" });
const here = () => location.pathname + location.search;
const address = (id = "") => new URL(`v1/conversations${id && `/${encodeURIComponent(id)}`}`, document.baseURI);
const button = (className, text, onclick) => element("button", { type: "button", className, onclick }, text);

const title = element("h2", { id: "history-title", tabIndex: -1 }, say("history_title"));
const closer = element(
  "button",
  { type: "button", className: "drawer-close", label: say("history_close"), title: say("history_close_hint"), onclick: close },
  "×",
);
const search = element("input", {
  type: "search",
  dir: "auto",
  autocomplete: "off",
  maxLength: 200,
  label: say("history_search"),
  placeholder: say("history_search"),
});
const list = element("div", { className: "drawer-list" });
const spoken = element("p", { className: "unseen", role: "status" });
const foot = element("footer", {});
// Without an id: the browser would go to an element that is called like the hash.
const drawer = element(
  "dialog",
  { className: "drawer" },
  element("header", {}, title, closer, search, element("p", { className: "drawer-note" }, say("history_where"))),
  list,
  foot,
  spoken,
);
drawer.setAttribute("aria-labelledby", title.id);

let items = []; // what the server lists, newest first
let leaving = null; // { item, due }: will be deleted unless it is called back
let asked = 0; // a list that arrives after a later one was asked for is dropped
let opener = null;

// ---- opening and closing: the hash decides ----

function close() {
  if (history.state?.history) {
    history.back(); // comes back as popstate
    return;
  }
  history.replaceState(history.state, "", here());
  follow();
}

function follow(event) {
  if (location.hash === HASH) reveal(event);
  else if (drawer.open) hide();
}

function reveal(event) {
  if (drawer.open) return;
  // Whoever set the hash made a step of the history, which Back and the × take back; but not a link
  // from elsewhere.
  if (event) history.replaceState({ ...history.state, history: true }, "");
  opener = document.activeElement;
  search.value = "";
  drawer.showModal();
  title.focus();
  offerAll();
  load();
}

function hide() {
  depart();
  drawer.close();
  const seen = (target) => target?.isConnected && target !== document.body && target.checkVisibility();
  [opener, document.querySelector("#question textarea")].find(seen)?.focus();
  opener = null;
}

// ---- the list ----

async function load() {
  const turn = (asked += 1);
  const url = address();
  const query = search.value.trim();
  if (query) url.searchParams.set("query", query);
  const reply = await fetch(url).catch(() => ({ ok: false }));
  const found = reply.ok ? await reply.json().catch(() => null) : null;
  if (turn !== asked) return;
  items = found?.conversations ?? [];
  foot.hidden = !found || (!items.length && !query);
  if (found) draw(query);
  else list.replaceChildren(...failure(reply.status));
}

function failure(status) {
  const refused = { 401: "signed_out", 403: "history_not_kept", 404: "history_not_kept" }[status];
  const reason = element("p", { className: "drawer-empty" }, say(refused ?? "history_failed"));
  spoken.textContent = reason.textContent;
  return refused ? [reason] : [reason, button("drawer-button", say("history_again"), load)];
}

function draw(query = search.value.trim()) {
  const held = document.activeElement;
  const holder = list.contains(held) ? held.closest(".kept") : null;
  const days = Map.groupBy(items, (item) => dayOf(new Date(item.updated)));
  const empty = query ? say("history_none_match", { query }) : say("history_none");
  if (items.length) list.replaceChildren(...[...days].map(([day, kept]) => group(day, kept)));
  else list.replaceChildren(element("p", { className: "drawer-empty", dir: "auto" }, ...verbatim(empty)));
  const again = [...list.querySelectorAll(".kept")].find((each) => each.dataset.id === holder?.dataset.id);
  if (again) again.getElementsByClassName(held.className)[0]?.focus();
  if (query || !items.length) spoken.textContent = items.length ? say("history_found", { count: items.length }) : empty;
}

function group(day, kept) {
  const entries = kept.map((item) => (leaving?.item.id === item.id ? goodbye(item) : row(item)));
  return element("section", {}, element("h3", {}, dayInWords(day)), element("ul", {}, ...entries));
}

function row(item) {
  const name = element("span", { className: "kept-title", dir: "auto" }, ...verbatim(item.title));
  const facts = [say("history_questions", { count: item.turns }), clock.format(new Date(item.updated))];
  if (item.shared) facts.push(say("history_shared"));
  const { href } = new URL(`?c=${encodeURIComponent(item.id)}`, document.baseURI);
  const link = element("a", { href, className: "kept-link" }, name);
  if (item.id === conversation()) {
    link.setAttribute("aria-current", "true");
    facts.push(say("history_here"));
    link.onclick = (event) => (event.preventDefault(), close());
  }
  link.append(element("span", { className: "kept-facts" }, facts.join(" · ")));
  const drop = button("drawer-button quiet", say("history_delete"), () => part(item));
  drop.setAttribute("aria-label", say("history_delete_named", { title: item.title }));
  return entry(item, link, drop);
}

function goodbye(item) {
  const words = verbatim(say("history_leaving", { title: item.title }));
  const told = element("p", { className: "kept-leaving", dir: "auto" }, ...words);
  return entry(item, told, button("drawer-button undo", say("history_undo"), callBack));
}

function entry(item, ...parts) {
  const made = element("li", { className: "kept" }, ...parts);
  made.dataset.id = item.id;
  return made;
}

// ---- deleting ----

// The server is told when the time to undo is over, or nothing could be undone: it keeps no copy.
// Until then the page says "will be deleted"; leaving the page, too, ends the time.
function part(item) {
  depart();
  leaving = { item, due: setTimeout(depart, UNDO_MS) };
  spoken.textContent = say("history_leaving", { title: item.title });
  draw();
  list.querySelector(".undo")?.focus();
}

function callBack() {
  clearTimeout(leaving?.due);
  const id = leaving?.item.id;
  leaving = null;
  spoken.textContent = say("history_stays");
  draw();
  list.querySelectorAll(".kept-link")[items.findIndex((item) => item.id === id)]?.focus();
}

async function depart() {
  if (!leaving) return;
  const { item, due } = leaving;
  clearTimeout(due);
  leaving = null;
  const place = items.indexOf(item);
  const focused = list.contains(document.activeElement);
  const done = await remove(item.id);
  spoken.textContent = say(done ? "history_deleted" : "history_not_deleted");
  if (done && item.id === conversation()) startAnew();
  items = done ? items.filter((each) => each.id !== item.id) : items;
  draw();
  if (!drawer.open || !focused || list.contains(document.activeElement)) return;
  const next = list.querySelectorAll(".kept-link");
  (next[Math.min(place, next.length - 1)] ?? search).focus();
}

// `keepalive`: it goes out although the page is on its way out.
const remove = (id) =>
  fetch(address(id), { method: "DELETE", keepalive: true }).then(
    (reply) => reply.ok || reply.status === 404, // gone already is as good
    () => false,
  );

function offerAll() {
  foot.replaceChildren(button("drawer-button", say("history_delete_all"), askAll));
}

function askAll() {
  const no = button("drawer-button", say("history_delete_all_no"), keepAll);
  const yes = button("drawer-button grave", say("history_delete_all_yes"), removeAll);
  foot.replaceChildren(element("p", { role: "alert" }, say("history_delete_all_sure")), yes, no);
  no.focus();
}

function keepAll() {
  offerAll();
  foot.querySelector("button").focus();
}

async function removeAll() {
  clearTimeout(leaving?.due);
  leaving = null;
  const done = await remove("");
  if (done && conversation()) startAnew();
  search.value = "";
  offerAll();
  title.focus();
  await load();
  spoken.textContent = say(done ? "history_deleted_all" : "history_not_deleted");
}

/** Put the drawer into the page, and open it where the address says so. */
export function start() {
  let due = 0;
  search.addEventListener("input", () => {
    clearTimeout(due);
    due = setTimeout(load, SEARCH_DELAY_MS);
  });
  drawer.addEventListener("cancel", (event) => {
    event.preventDefault(); // Esc: through the history instead
    if (foot.querySelector(".grave")) keepAll();
    else close();
  });
  onPressBeside(drawer, close);
  addEventListener("popstate", follow);
  addEventListener("pagehide", depart);
  document.body.append(drawer);
  follow();
}
