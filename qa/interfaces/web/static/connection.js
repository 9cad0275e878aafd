// What becomes of what Gradio sends to the server. Its own words for what goes wrong are English, and the
// style sheet hides them: this says it in the page's words, and has the question asked when it can be.

import { ask } from "./desk.js";
import * as draft from "./draft.js";
import { hide, saidWithin, show } from "./notice.js";
import { asSent, posted } from "./sent.js";
import { say } from "./strings.js";

const WATCHED = /\/gradio_api\/(?:queue\/(join|data)|(run)\/|(app_id))/;
const POLL_MS = 1_500;
const USUAL_WAIT_S = 3;
const LONGEST_WAIT_S = 60;
const MOST_TRIES = 5;
const LOST = { ok: false, status: 0, headers: new Headers() };
const HEALTH = new URL("v1/health", document.baseURI);
const TOAST = ".toast-wrap .toast-body";

const send = window.fetch.bind(window);
let due = 0; // a question that waits to be asked again
let tries = 0;
let away = false; // the server is, and is looked for
const toasts = new WeakSet(); // Gradio's, that have been answered for

// Before Gradio's own script runs: it looks `fetch` up each time.
window.fetch = async (input, init) => {
  const [, queue, run, lost] = WATCHED.exec(new URL(input.url ?? input, document.baseURI).pathname) ?? [];
  const kind = queue ?? run ?? lost;
  if (!kind) return send(input, init);
  const given = kind === "join" ? asSent(init) : init;
  const reply = await send(input, given).catch((error) => (error.name === "AbortError" ? Promise.reject(error) : LOST));
  tell(kind, reply, given);
  if (reply !== LOST) return reply;
  // What Gradio does about a lost connection is to load the page again; so do we, when the server is there.
  return new Response(JSON.stringify({ detail: "", error: "" }), { status: 503 });
};

function tell(kind, reply, given) {
  if (kind === "join" && !reply.ok) draft.notTaken();
  const wait = Number(reply.headers.get("retry-after"));
  if (kind === "app_id") seek(); // Gradio asks for it only when its stream has broken
  else if (reply.status === 0) seek();
  else if (reply.status === 401) offerLogin();
  else if (reply.status === 429 || reply.status === 503) postpone(kind, reply.status, wait || USUAL_WAIT_S, given);
  else if (!reply.ok) fail();
  else if (kind === "join") calm();
}

function calm() {
  clearTimeout(due);
  tries = 0;
  if (!away) hide();
}

function fail() {
  draft.takeBack();
  show("trouble_failed");
}

function offerLogin() {
  const { search, hash } = location;
  const login = new URL("login", document.baseURI);
  login.searchParams.set("next", `/${search}${hash}`);
  show(draft.typed() ? "trouble_out_asked" : "trouble_out", { link: { href: login.href, name: say("trouble_log_in") } });
}

// ---- too often, or too many at once: later ----

function postpone(kind, status, wait, given) {
  clearTimeout(due);
  const seconds = Math.min(LONGEST_WAIT_S, Math.ceil(wait));
  const question = kind === "join" ? posted(given) : "";
  if (!question || (tries += 1) > MOST_TRIES) {
    show("trouble_later", { seconds });
    due = setTimeout(hide, seconds * 1000);
    return;
  }
  show(status === 429 ? "trouble_often" : "trouble_busy", { seconds, closed: () => clearTimeout(due) });
  // Not all who were sent away come back at the same moment.
  due = setTimeout(() => askIfStill(question), (seconds + Math.random()) * 1000);
}

// Who has begun to type another question asks it themselves.
function askIfStill(question) {
  hide();
  if (draft.typed() === question && !document.querySelector("#chat .card.pending")) ask(question);
}

// ---- no server ----

async function seek() {
  if (away) return;
  away = true;
  clearTimeout(due);
  draft.askAgain(true);
  const asked = draft.typed() || document.querySelector("#chat .card.pending");
  show(asked ? "trouble_gone_asked" : "trouble_gone", { closed: () => draft.askAgain(false) });
  do await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  while (!(await send(HEALTH, { cache: "no-store" }).catch(() => LOST)).ok);
  location.reload();
}

/** After Gradio has drawn: what it alone has noticed is said, too. */
export function tidy() {
  for (const toast of document.querySelectorAll(TOAST)) {
    if (toasts.has(toast)) continue;
    toasts.add(toast);
    if (!away && !saidWithin(1000)) explain();
  }
}

// A stream that breaks is either the server's end or an error of this one question.
async function explain() {
  const reply = await send(HEALTH, { cache: "no-store" }).catch(() => LOST);
  if (away) return;
  if (!reply.ok) seek();
  else fail();
}
