// Questions that the articles answer, offered while no conversation is open. They are made by the
// server behind the scenes: until there are some, nothing is shown.

import { ask } from "./desk.js";
import { element, verbatim } from "./words.js";

const WANTED = 4;
const MOST_TRIES = 8;
const DEFAULT_WAIT_S = 2;

let changed = false; // the collection, while a conversation was open
let round = 0; // a reply to an older round comes too late

const list = element("div", { id: "examples" });
const talking = () => document.querySelector("#chat .message") !== null;

async function fetchOnce() {
  const address = new URL("v1/suggestions", document.baseURI);
  address.searchParams.set("count", WANTED);
  const reply = await fetch(address);
  if (!reply.ok) return { found: [], wait: 0 };
  const found = (await reply.json()).suggestions.map(({ question }) => question);
  const later = reply.headers.get("retry-after");
  return { found, wait: later === null ? 0 : Number(later) || DEFAULT_WAIT_S };
}

async function refresh() {
  changed = false;
  const mine = (round += 1);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { found, wait } = await fetchOnce().catch(() => ({ found: [], wait: 0 }));
    if (mine !== round) return;
    if (!wait) {
      list.replaceChildren(...found.map(button));
      list.classList.toggle("none", found.length === 0);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    if (mine !== round) return;
  }
}

const button = (question) =>
  element("button", { type: "button", className: "example", dir: "auto", onclick: () => ask(question) }, element("span", {}, ...verbatim(question)));

/** Put the questions where they belong, also after Gradio has drawn without them. */
export function tidy() {
  const welcome = document.getElementById("welcome");
  if (welcome && list.parentElement !== welcome) welcome.append(list);
  if (changed && !talking()) refresh();
}

/** Begin to offer questions, and anew whenever the collection has changed. */
export function start() {
  tidy();
  refresh();
  document.addEventListener("room:collection", () => {
    changed = true;
    tidy();
  });
}
