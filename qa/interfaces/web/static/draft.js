// The question in the field, and the one that is being answered: they outlive a reload of this tab, and a
// restart of the server.

import { ask, suggest, typeIn } from "./desk.js";
import { note } from "./sent.js";

const KEPT = "pullquote.draft";
const TAKEN_MS = 3_000; // by then a question was taken, or never will be
const MOST_TRIES = 2; // a question that itself brings the connection down is not asked for ever

const NOTHING = { text: "", asking: "", again: false, tries: 0 };
let kept = NOTHING; // `asking`: put, but not answered yet; `again`: to be put anew after a reload
let restored = false;
let waiting = ""; // to be asked once the page is complete
let next = ""; // what had been typed meanwhile
let put = null; // when a question has been sent off: what was on the page at that moment

const field = () => document.querySelector("#question textarea");
const allAsked = () => [...document.querySelectorAll("#chat .asked")];
const lastAsked = () => allAsked().at(-1)?.textContent.trim() ?? "";
const inOneLine = (text) => text.replace(/\s+/g, " ");
const shown = () => `${allAsked().length} ${lastAsked()}`;
const isPending = () => document.querySelector("#chat .card.pending") !== null;

/** The text in the field. */
export const typed = () => field()?.value.trim() ?? "";

/** Have the question asked again after the next load of the page, or not. */
export function askAgain(wanted) {
  if (wanted) keep({ again: true, tries: kept.tries + 1, asking: kept.asking || typed() });
  else keep({ again: false, asking: "" });
}

/** Put the question that is being answered back into the field: nothing will come of it any more. */
export function takeBack() {
  if (kept.asking && !typed()) suggest(kept.asking);
}

/** Forget it all, as whoever signs out expects. */
export function forget() {
  kept = NOTHING;
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // nothing was kept
  }
}

/** After Gradio has drawn: bring back what was there before the page was loaded, then keep what is. */
export function tidy() {
  if (!field()) return;
  if (!restored) restore();
  if (waiting) resume();
  else follow();
}

/** Keep what is typed, and notice what is sent off. */
export function start() {
  // What Gradio listens to: Enter that ends the writing of a Japanese word is a keydown, too.
  document.addEventListener("keypress", (event) => event.target === field() && event.key === "Enter" && !event.shiftKey && sent(event), true);
  document.addEventListener("click", (event) => event.target.closest?.("#ask") && sent(event), true);
  document.addEventListener("input", ({ target }) => target === field() && restored && keep({ text: target.value }));
  tidy();
}

function sent(event) {
  const pending = isPending();
  const text = field().value;
  const isRecent = performance.now() - (put?.at ?? -TAKEN_MS) < TAKEN_MS;
  // Gradio would ask a second time, or ask later what is in an empty field by then.
  if (!typed() || (isRecent && put.text === text)) {
    event.stopImmediatePropagation();
    event.preventDefault();
    return;
  }
  note(text, pending || isRecent);
  put = { before: shown(), meanwhile: pending, at: performance.now(), text };
}

/** What was sent off did not arrive: the same may be sent again at once. */
export function notTaken() {
  put = null;
}

function restore() {
  restored = true;
  kept = { ...NOTHING, ...read() };
  if (new URL(location).searchParams.has("q")) return; // whoever follows a link with a question wants that one
  if (kept.again && kept.asking && kept.tries <= MOST_TRIES) {
    waiting = kept.asking;
    next = kept.text.trim() === kept.asking ? "" : kept.text;
  } else if ((kept.text || kept.asking) && !typed()) suggest(kept.text || kept.asking); // unless one was quicker
}

// Asked before the conversation is drawn, it would begin another one.
function resume() {
  const complete = document.querySelector("#collection p")?.textContent;
  const expected = new URL(location).searchParams.has("c");
  if (!complete || (expected && !document.querySelector("#chat .card") && !document.querySelector("#collection em"))) return;
  const question = waiting;
  waiting = "";
  keep({ again: false });
  if (lastAsked() !== question) ask(question); // else it was answered after all
  else if (next) suggest(next);
}

// The server leaves the field alone: what is refused stays there to be changed, and what is typed by
// the time that a question is taken is the next one.
function empty(pending) {
  const now = shown();
  if (!put || ((!pending || put.meanwhile) && now === put.before)) return;
  const refused = [...document.querySelectorAll("#chat .card")].at(-1)?.matches(".notice");
  const taken = inOneLine(typed()) === inOneLine(lastAsked());
  if (taken && !refused) typeIn("");
  put = taken ? null : { ...put, before: now, meanwhile: pending };
}

function follow() {
  const pending = isPending();
  empty(pending);
  const text = field().value;
  if (pending && next && !text) {
    const later = next;
    next = "";
    suggest(later);
    return;
  }
  if (pending) keep({ text, asking: lastAsked() });
  else if (kept.again) keep({ text });
  else keep({ text, asking: "", tries: kept.asking && lastAsked() === kept.asking ? 0 : kept.tries });
}

function keep(part) {
  const changed = { ...kept, ...part };
  if (Object.keys(changed).every((name) => changed[name] === kept[name])) return;
  kept = changed;
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // a browser that keeps nothing: it lasts until the page is left
  }
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}
