// The source pane: an article, the cited sentence marked. `location.hash` is its only state, so links,
// Back and reload just work. Whatever comes from an article is put in by text nodes only.

import { onPressBeside } from "./backdrop.js";
import { returnToDesk } from "./desk.js";
import { menu } from "./menu.js";
import { copier, copySource } from "./pane_copy.js";
import { facts, noteText, tell, tellMissing, title } from "./pane_facts.js";
import { actions, keepingPlace } from "./pane_actions.js";
import { paintText, spanOf, wordsOf } from "./pane_text.js";
import { say } from "./strings.js";
import { element, load, parse, parseView } from "./words.js";

const phone = matchMedia("(max-width: 860px)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const button = (text, label, hint, onclick) => element("button", { type: "button", label, title: hint, onclick }, text);

const place = element("span", { className: "pane-place" });
const walk = element(
  "div",
  { className: "pane-walk" },
  button("←", say("pane_previous"), say("pane_previous_key"), () => step(-1)),
  place,
  button("→", say("pane_next"), say("pane_next_key"), () => step(1)),
);
const more = button("", say("pane_more"), "");
more.append(element("span", { className: "wide" }, say("pane_more_short")), element("span", { className: "narrow" }, "⋯"));
const closer = button("×", say("pane_close"), say("pane_close_key"), close);
const body = element("div", { className: "pane-body", tabIndex: 0, role: "document" });
const spoken = element("p", { className: "unseen", role: "status" });
const bar = element("div", { className: "pane-bar" }, walk, copier, more, menu(more, say("pane_more"), () => actions(view, deeds)), closer);
// The title comes first for those who listen or tab; the style sheet puts the buttons above it.
const header = element("header", {}, ...facts, bar);

export const pane = element("dialog", { id: "pane", className: "pane" }, header, body, spoken);
pane.setAttribute("aria-labelledby", title.id);
body.setAttribute("aria-labelledby", title.id);
closer.className = "pane-close";

let opener = null; // the link that gets the focus back
let wanted = ""; // the hash asked for last: an article that arrives too late is dropped
let view = null; // what is shown: the article, `cited` (its citation, with hash and version), `aside`
let selected = "null"; // as it was told last

export const chips = () => [...document.querySelectorAll("#chat a.chip")];
const here = () => location.pathname + location.search;

/** Follow a link to an article. Opening adds a step to the history, moving on replaces it: Back always closes. */
export function follow(chip) {
  if (!pane.contains(chip)) opener = chip;
  // With <base href> in the page a bare "#…" would drop the query.
  if (pane.open || history.state?.pane) history.replaceState(history.state, "", here() + chip.hash);
  else if (location.hash !== chip.hash) history.pushState({ ...history.state, pane: true }, "", here() + chip.hash);
  return show();
}

/** Make the pane fit the address: open at its citation or article, or closed. */
export async function show() {
  const hash = (wanted = location.hash);
  const asked = parseView(hash);
  if (!asked) {
    hide();
    return;
  }
  const article = await load(asked).catch((status) => ({ status }));
  if (hash !== wanted) return;
  const mark = "text" in article ? paint(article, hash) : paintMissing(article.status);
  reveal();
  requestAnimationFrame(() => settle(mark, hash));
}

export function close() {
  if (history.state?.pane) {
    history.back(); // comes back as popstate
    return;
  }
  history.replaceState(history.state, "", here());
  show();
}

/** Go to another citation of the same answer. */
export function step(by) {
  const { card, hashes, at } = walkNow();
  if (hashes.length < 2) return;
  const hash = hashes.at((at + by) % hashes.length);
  const chip = [...card.querySelectorAll("a.chip")].find((each) => each.hash === hash);
  chip.closest("details")?.setAttribute("open", ""); // so that it is seen which one is open
  follow(chip);
}

/** Show which citation is open; cards that Gradio draws anew forget it. */
export function markOpenChip() {
  for (const chip of chips()) {
    if (pane.open && chip.hash === location.hash) chip.setAttribute("aria-current", "true");
    else chip.removeAttribute("aria-current");
  }
}

/** The span of the article that the reader has selected, in code points of its text; null if none. */
export function picked() {
  const selection = getSelection();
  if (!pane.open || !view || !selection.rangeCount || selection.isCollapsed) return null;
  const { id, text, version } = view.article;
  const span = spanOf(selection.getRangeAt(0), body, text);
  return span && { article_id: id, version, ...span };
}

function paint(article, hash) {
  const citation = parse(hash);
  const kept = view?.article.id === article.id ? view : {};
  const cited = citation ? { ...citation, hash, version: article.version } : (kept.cited ?? null);
  view = { article, citation, cited, aside: kept.aside ?? false };
  tell(article, cited);
  const mark = paintText(body, article, view);
  if (!mark) view.citation = null; // it means another text
  offerCopy();
  const words = citation && !mark ? say("pane_changed") : say("pane_opened", { title: article.title });
  spoken.textContent = [words, noteText()].filter(Boolean).join(". ");
  return mark;
}

function paintMissing(status) {
  view = null;
  const reason = say({ 401: "signed_out", 404: "pane_gone" }[status] ?? "pane_not_loaded");
  tellMissing(say(status === 404 ? "pane_gone_title" : "pane_failed_title"));
  body.lang = document.documentElement.lang;
  body.replaceChildren(reason);
  offerCopy();
  spoken.textContent = `${title.textContent}. ${reason}`;
  return null;
}

function reveal() {
  if (!pane.open && phone.matches) pane.showModal();
  else if (!pane.open) pane.show();
  document.body.classList.add("pane-open");
  const { hashes, at } = walkNow();
  walk.hidden = hashes.length < 2 || at < 0;
  more.hidden = !view;
  place.textContent = say("pane_place", { place: at + 1, total: hashes.length });
  markOpenChip();
}

// The sentence goes a quarter down the pane. Not scrollIntoView: it moves the page, too.
function settle(mark, hash) {
  const far = () => mark.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 4;
  const long = body.classList.contains("long");
  body.scrollTo({ top: mark ? body.scrollTop + far() : 0, behavior: calm.matches || long ? "auto" : "smooth" });
  // What is above takes its real height only now that it is in sight.
  const again = () => mark?.isConnected && body.scrollBy({ top: far() });
  if (long) requestAnimationFrame(() => requestAnimationFrame(again));
  title.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("room:shown", { detail: hash }));
}

function hide() {
  document.body.classList.remove("pane-open");
  if (!pane.open) return;
  pane.close();
  view = null;
  tellPicked();
  markOpenChip();
  const seen = (target) => target?.isConnected && target.checkVisibility();
  const targets = [opener, opener?.closest(".card")?.querySelector("a.chip"), document.querySelector("#question textarea")];
  targets.find(seen)?.focus();
}

// ---- citations of one answer ----

// In another version or another article of the same report, the citation one came from still counts.
function walkNow() {
  const card = cardOf(location.hash) ?? opener?.closest?.(".card");
  const hashes = card ? [...new Set([...card.querySelectorAll("a.chip")].map((chip) => chip.hash))] : [];
  const found = hashes.indexOf(location.hash);
  return { card, hashes, at: found < 0 ? hashes.indexOf(opener?.hash) : found };
}

// The answer a citation belongs to: the one it was opened from, else the latest that has it.
function cardOf(hash) {
  const chip = opener?.isConnected && opener.hash === hash ? opener : chips().findLast((each) => each.hash === hash);
  return chip?.closest(".card");
}

// ---- what can be done with an article ----

const deeds = {
  tell: (words) => (spoken.textContent = words),
  setAside(aside) {
    view.aside = aside;
    keepingPlace(body, () => paintText(body, view.article, view));
  },
  leave() {
    const field = document.querySelector("#question textarea");
    if (document.body.classList.contains("in-library")) returnToDesk();
    else if (phone.matches) {
      opener = field;
      close(); // the sheet covers the field
    } else field?.focus();
  },
};

function quotable() {
  const { article, citation } = view ?? {};
  const found = picked() ?? (document.getElementById("cited") && citation);
  if (!found) return null;
  const { start, end, from = start, to = end } = found;
  const hash = `#c=${encodeURIComponent(article.id)}.${start}-${end}.${from}-${to}.${article.version}`;
  const link = new URL(hash, document.baseURI).href;
  return { ...article, quote: wordsOf(article, start, end), link };
}

const offerCopy = () => (copier.hidden = !quotable());

copySource.of = quotable;
copySource.tell = deeds.tell;
copySource.select = () => picked() || getSelection().selectAllChildren(document.getElementById("cited"));

function tellPicked() {
  const detail = picked();
  if (JSON.stringify(detail) === selected) return;
  selected = JSON.stringify(detail);
  if (view) offerCopy();
  document.dispatchEvent(new CustomEvent("room:picked", { detail }));
}

let frame = 0;
document.addEventListener("selectionchange", () => {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(tellPicked);
});
bar.addEventListener("mousedown", (event) => event.preventDefault()); // keeps what is selected

pane.addEventListener("cancel", (event) => {
  event.preventDefault(); // Esc in a modal dialog: close through the history instead
  close();
});
onPressBeside(pane, close); // the backdrop of the sheet
pane.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  follow(link);
});
phone.addEventListener("change", () => {
  if (!pane.open) return;
  pane.close(); // a sheet becomes a pane, or a pane a sheet
  show();
});
addEventListener("popstate", show);
