// A line above the question field that says what is in the way of a question, and what becomes of it.

import { say } from "./strings.js";
import { element } from "./words.js";

const seen = element("p", { className: "notice-words" });
const spoken = element("p", { className: "unseen", role: "alert" });
const act = element("a", { className: "notice-act", hidden: true });
const closer = element("button", { type: "button", className: "notice-close", label: say("trouble_close"), title: say("trouble_close"), onclick: close }, "×");
const notice = element("div", { id: "notice", hidden: true }, seen, act, closer, spoken);

let ticking = 0;
let onclose = () => {};
let since = -Infinity;

/** Whether something was said within so many milliseconds, or is still said. */
export const saidWithin = (ms) => !notice.hidden || performance.now() - since < ms;

/**
 * Say something. Of words with a `{count}` of seconds the number is counted down from `seconds`; it is
 * read out once. `link` is an address and its name; `closed` is called if the reader closes the line.
 */
export function show(key, { seconds = 0, link = null, closed = () => {} } = {}) {
  clearInterval(ticking);
  since = performance.now();
  onclose = closed;
  let left = seconds;
  const words = () => say(key, { count: left });
  spoken.textContent = words();
  seen.textContent = words();
  seen.ariaHidden = "true"; // said by the other one
  act.hidden = !link;
  if (link) Object.assign(act, { href: link.href, textContent: link.name });
  notice.hidden = false;
  if (!seconds) return;
  ticking = setInterval(() => {
    left = Math.max(1, left - 1);
    seen.textContent = words();
  }, 1000);
}

/** Take it away. */
export function hide() {
  clearInterval(ticking);
  notice.hidden = true;
  spoken.textContent = "";
}

function close() {
  hide();
  onclose();
  document.querySelector("#question textarea")?.focus();
}

/** After Gradio has drawn: stand on the desk. */
export function tidy() {
  const desk = document.getElementById("desk");
  if (desk && notice.parentElement !== desk) desk.prepend(notice);
}
