// Copy as quotation: what is selected in the article, else the cited sentence, in the form used last.

import { menu } from "./menu.js";
import { FORMATS, quotation } from "./quotation.js";
import { say } from "./strings.js";
import { element } from "./words.js";

const KEPT = "pullquote.copy";
const DONE_MS = 2000;

const wide = element("span", { className: "wide" });
const narrow = element("span", { className: "narrow" });
const once = element("button", { type: "button", className: "pane-copy", onclick: () => copy(format()) }, wide, narrow);
const choose = element("button", { type: "button", className: "pane-format", label: say("copy_formats") }, "▾");

/** The button and its menu. */
export const copier = element("div", { className: "pane-copier" }, once, choose, menu(choose, say("copy_formats"), items));
/**
 * What the pane gives: `of()` is what can be quoted now (see `quotation`) or null, `tell(words)` says
 * what happened, `select()` selects the quotation where it can only be copied by hand.
 */
export const copySource = { of: () => null, tell: () => {}, select: () => {} };

name("copy_button", "copy_button_short");

function items() {
  const last = format();
  return FORMATS.map((each) => ({
    text: say(`copy_${each}`),
    checked: each === last,
    choice: true,
    onclick: () => {
      keep(each);
      copy(each);
    },
  }));
}

async function copy(as) {
  const source = copySource.of();
  if (!source) return;
  if (!(await put(quotation(as, source)))) {
    copySource.select();
    copySource.tell(say("copy_by_hand"));
    return;
  }
  copySource.tell(say(as === "link" ? "copy_link_spoken" : "copy_done_spoken"));
  name("copy_done", "copy_done");
  setTimeout(() => name("copy_button", "copy_button_short"), DONE_MS);
}

async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return putOldWay(text); // there is no clipboard without https
  }
}

function putOldWay(text) {
  const onCopy = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", text);
  };
  document.addEventListener("copy", onCopy, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", onCopy);
  return done;
}

function name(long, short) {
  wide.textContent = say(long);
  narrow.textContent = say(short);
}

function format() {
  try {
    const kept = localStorage.getItem(KEPT);
    return FORMATS.includes(kept) ? kept : FORMATS[0];
  } catch {
    return FORMATS[0]; // storage may be forbidden
  }
}

function keep(chosen) {
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // then it is not remembered
  }
}
