// The reading room: starts its parts, and has each of them tidy up after Gradio has drawn.

import * as connection from "./connection.js"; // first: before Gradio asks for anything
import * as collection from "./collection.js";
import { suggest } from "./desk.js";
import * as draft from "./draft.js";
import * as feedback from "./feedback.js";
import * as filters from "./filters.js";
import * as history from "./history.js";
import * as library from "./library.js";
import * as nav from "./nav.js";
import * as notice from "./notice.js";
import { close, follow, markOpenChip, pane, show, step } from "./pane.js";
import * as preview from "./preview.js";
import { say, LANGUAGE } from "./strings.js";
import * as suggestions from "./suggestions.js";
import * as talkMenu from "./talk_menu.js";
import { ageInWords, dateInWords, element } from "./words.js";

const PARTS = [notice, connection, collection, nav, preview, filters, draft, suggestions, feedback, history, talkMenu, library];
const mouse = matchMedia("(hover: hover) and (min-width: 861px)");

// ---- citations ----

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#chat :is(a.chip, a.edit)");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  preview.hide();
  if (link.matches(".edit")) suggest(link.closest(".understood").querySelector("q").textContent);
  else follow(link);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape" && pane.open) {
    event.preventDefault();
    close();
  } else if (pane.contains(document.activeElement)) {
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
  }
});

// ---- after Gradio has drawn something ----

let drawn = "";
let talked = false;

function putDatesInWords() {
  for (const time of document.querySelectorAll("#chat time:not(.in-words)")) {
    time.classList.add("in-words");
    const age = time.closest(".narrowed") ? "" : ageInWords(time.dateTime);
    // A line may end between the two, and within neither.
    const words = [`${dateInWords(time.dateTime)}${age && ","}`, age].filter(Boolean);
    time.replaceChildren(...words.flatMap((each, i) => [...(i ? [" "] : []), element("span", {}, each)]));
  }
}

// Gradio names each message by its source text, markup and all.
function fixLabels() {
  for (const message of document.querySelectorAll("#chat [data-testid][aria-label*=\"'s message\"], #chat [aria-label*='<']")) message.removeAttribute("aria-label");
  const language = LANGUAGE.slice(0, 2);
  if (document.documentElement.lang !== language) document.documentElement.lang = language;
}

// A new question comes into view whole, with as much of its answer as fits; never its end first.
function scrollToLatest() {
  const question = [...document.querySelectorAll("#chat .user-row")].at(-1);
  const card = [...document.querySelectorAll("#chat .card")].at(-1);
  const desk = document.getElementById("scope-bar") ?? document.getElementById("desk");
  if (!question || !card || !desk) return;
  const hidden = card.getBoundingClientRect().bottom + 24 - desk.getBoundingClientRect().top;
  const room = question.getBoundingClientRect().top;
  if (hidden > 0) scrollBy({ top: Math.min(hidden, room) });
}

function focusField() {
  const field = document.querySelector("#question textarea");
  if (!field || document.querySelector("dialog[open]") || document.body.classList.contains("in-library")) return;
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

// A search that takes long says that it is still at it.
const SLOW_MS = 4000;
let waiting = 0;
function ownUpToSlowness() {
  const status = document.querySelector("#chat .pending .status:not(.slow)");
  if (!document.querySelector("#chat .pending")) {
    clearTimeout(waiting);
    waiting = 0;
  } else if (status && !waiting) {
    waiting = setTimeout(() => {
      waiting = 0;
      const late = document.querySelector("#chat .pending .status");
      late?.classList.add("slow");
      late?.append(` ${say("talk_still")}`);
    }, SLOW_MS);
  }
}

// The articles that are read may be told in the very moment that Stop is pressed, and be drawn over it.
const STOPPED_MS = 600;
document.addEventListener("click", ({ target }) => {
  if (!target.closest?.("#stop")) return;
  const asked = () => document.querySelectorAll("#chat .asked").length;
  const before = asked();
  setTimeout(() => {
    if (asked() === before && document.querySelector("#chat .card.pending")) document.getElementById("stop")?.click();
  }, STOPPED_MS);
});

function tidy() {
  putDatesInWords();
  fixLabels();
  markOpenChip();
  for (const part of PARTS) part.tidy?.();
  followConversation();
  ownUpToSlowness();
}

let frame = 0;
new MutationObserver(() => {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(tidy);
}).observe(document.body, { childList: true, subtree: true });

document.body.append(pane);
for (const part of PARTS) part.start?.();
show();
