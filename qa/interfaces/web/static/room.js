// The reading room: clicks and keys for citations, their preview, dates, and where the focus goes.

import { close, follow, markOpenChip, pane, show, step } from "./pane.js";
import { ageInWords, dateInWords, element, load, parse, pointsOf, verbatim } from "./words.js";

const PREVIEW_DELAY_MS = 180;
const CONTEXT_CHARS = 120;
const mouse = matchMedia("(hover: hover) and (min-width: 861px)");
const chipOf = (event) => event.target.closest?.("#chat a.chip");

// ---- citations ----

document.addEventListener("click", (event) => {
  const chip = chipOf(event);
  if (!chip || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  hidePreview();
  follow(chip);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    hidePreview();
    if (pane.open) {
      event.preventDefault();
      close();
    }
  } else if (pane.contains(document.activeElement) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
  }
});

// ---- a preview of the source, for a mouse over its number or the keyboard on it ----

const preview = element("div", { id: "preview", className: "preview", popover: "manual", role: "tooltip" });
let due = 0;

function hidePreview() {
  clearTimeout(due);
  if (preview.matches(":popover-open")) preview.hidePopover();
}

function previewSoon(event) {
  const chip = chipOf(event);
  hidePreview();
  if (chip && !pane.open) due = setTimeout(() => showPreview(chip), PREVIEW_DELAY_MS);
}

async function showPreview(chip) {
  const citation = parse(chip.hash);
  const article = citation && (await load(citation).catch(() => null));
  if (!article || !chip.isConnected || pane.open || !(chip.matches(":hover") || chip === document.activeElement)) return;
  const points = pointsOf(article);
  const piece = (from, to) => verbatim(points.slice(Math.max(0, from), to).join(""));
  const sentence = element("mark", { className: "sentence" }, ...piece(citation.start, citation.end));
  const before = piece(citation.start - CONTEXT_CHARS, citation.start);
  const after = piece(citation.end, citation.end + CONTEXT_CHARS);
  if (citation.start > CONTEXT_CHARS) before.unshift("… ");
  if (citation.end + CONTEXT_CHARS < points.length) after.push(" …");
  const head = [article.outlet, article.published && dateInWords(article.published)].filter(Boolean).join(" · ");
  preview.replaceChildren(
    element("p", { className: "pane-origin" }, ...verbatim(head)),
    element("p", { className: "preview-title" }, ...verbatim(article.title)),
    element("p", { className: "preview-text" }, ...before, sentence, ...after),
  );
  preview.showPopover();
  const at = chip.getBoundingClientRect();
  const fits = at.bottom + preview.offsetHeight + 16 < innerHeight;
  preview.style.left = `${Math.max(8, Math.min(at.left, innerWidth - preview.offsetWidth - 8))}px`;
  preview.style.top = `${fits ? at.bottom + 8 : at.top - preview.offsetHeight - 8}px`;
}

document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && previewSoon(event));
document.addEventListener("focusin", (event) => (chipOf(event)?.matches(":focus-visible") ? previewSoon(event) : hidePreview()));
addEventListener("scroll", hidePreview, { passive: true });

// ---- after Gradio has drawn something ----

let drawn = "";
let talked = false;

function putDatesInWords() {
  for (const time of document.querySelectorAll("#chat time:not(.in-words)")) {
    time.classList.add("in-words");
    time.textContent = [dateInWords(time.dateTime), ageInWords(time.dateTime)].filter(Boolean).join(", ");
  }
}

// Gradio names each message by its source text, markup and all.
function fixLabels() {
  for (const message of document.querySelectorAll("#chat [data-testid][aria-label*=\"'s message\"]")) message.removeAttribute("aria-label");
  document.documentElement.lang = "en";
}

// A new question comes into view whole, with as much of its answer as fits; never its end first.
function scrollToLatest() {
  const question = [...document.querySelectorAll("#chat .user-row")].at(-1);
  const card = [...document.querySelectorAll("#chat .card")].at(-1);
  const desk = document.getElementById("desk");
  if (!question || !card || !desk) return;
  const hidden = card.getBoundingClientRect().bottom + 24 - desk.getBoundingClientRect().top;
  const room = question.getBoundingClientRect().top;
  if (hidden > 0) scrollBy({ top: Math.min(hidden, room) });
}

function focusField() {
  const field = document.querySelector("#question textarea");
  if (!field || pane.open) return;
  if (mouse.matches) field.focus({ preventScroll: true });
  else field.blur(); // puts the keyboard of a phone away, which would cover the answer
}

function followConversation() {
  const count = (selector) => document.querySelectorAll(selector).length;
  const pending = count("#chat .card.pending");
  const state = [count("#question textarea"), count("#chat .card"), pending].join();
  if (state === drawn) return;
  drawn = state;
  if (pane.open && talked && !count("#chat .card")) close(); // a new conversation
  talked = count("#chat .card") > 0;
  scrollToLatest();
  if (!pending) focusField();
}

function tidy() {
  putDatesInWords();
  fixLabels();
  markOpenChip();
  followConversation();
}

let frame = 0;
new MutationObserver(() => {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(tidy);
}).observe(document.body, { childList: true, subtree: true });

document.body.append(pane, preview);
show();
