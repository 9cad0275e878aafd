// What readers think of an answer: right, wrong, or the wrong source; and, if they like, the sentence
// that would have been right. A row under each answer that the server keeps.

import { follow, pane } from "./pane.js";
import { say } from "./strings.js";
import { element, parse, verbatim } from "./words.js";

const VERDICTS = ["right", "wrong", "wrong_source"];
const REFUSED = [403, 404];
const SHOWN_CHARS = 240;
const NAMED_CHARS = 80;
const TOLD_MS = 4_000;
const LETTING_GO_MS = 400; // a tap takes the selection away before it becomes a click

const rows = new Map(); // by the id of the turn; they outlive the cards, which Gradio draws anew
const recalled = new Set(); // conversations whose feedback was asked for
const refused = new Set(); // conversations that this visitor may not judge
let sending = Promise.resolve(); // one after the other: the last press counts
let latest = null; // the row pressed last

const conversationOf = (turn) => turn.slice(2, turn.lastIndexOf("-"));
const cardOf = (row) => row.element.closest(".card");
const isOff = ({ verdict }) => verdict === "wrong" || verdict === "wrong_source";
const shorten = (text, chars) => ([...text].length > chars ? `${[...text].slice(0, chars).join("").trimEnd()}…` : text);

function address(parameters = {}) {
  const url = new URL("v1/feedback", document.baseURI);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

/** After Gradio has drawn: a row under each kept answer, as it was before. */
export function tidy() {
  for (const card of document.querySelectorAll("#chat .card[id^='t-']:not(.pending, .notice)")) {
    const id = conversationOf(card.id);
    if (refused.has(id)) continue;
    const row = rows.get(card.id) ?? make(card.id);
    if (row.element.parentElement !== card) {
      card.append(row.element);
      draw(row);
    }
    recall(id);
  }
}

async function recall(id) {
  if (recalled.has(id)) return;
  recalled.add(id);
  const reply = await fetch(address({ conversation: id })).catch(() => ({ ok: false }));
  if (REFUSED.includes(reply.status)) refuse(id);
  if (!reply.ok) return;
  const { feedback } = await reply.json();
  for (const [turn, { verdict, sentence }] of Object.entries(feedback)) {
    const row = rows.get(turn) ?? make(turn);
    if (row.verdict) continue; // pressed meanwhile
    Object.assign(row, { verdict, sentence, saved: { verdict, sentence } });
    draw(row);
  }
}

function refuse(id) {
  refused.add(id);
  for (const [turn, row] of rows) {
    if (conversationOf(turn) !== id) continue;
    const [held, card] = [row.element.contains(document.activeElement), cardOf(row)];
    row.element.remove();
    if (held) card?.querySelector("a.chip")?.focus();
  }
  offer();
}

// ---- the row ----

function make(turn) {
  const row = { turn, verdict: null, sentence: null, saved: { verdict: null, sentence: null } };
  row.buttons = VERDICTS.map((verdict) =>
    element("button", { type: "button", onclick: () => press(row, verdict) }, say(`feedback_${verdict}`)),
  );
  row.invitation = element("p", { className: "feedback-invitation", hidden: true });
  row.shown = element("p", { className: "feedback-shown", hidden: true, dir: "auto" });
  row.told = element("p", { className: "feedback-told", role: "status" });
  const bar = element("p", { className: "feedback-bar" }, element("span", {}, say("feedback_group")), ...row.buttons);
  const group = { className: "feedback", role: "group", label: say("feedback_group") };
  row.element = element("div", group, bar, row.invitation, row.shown, row.told);
  row.element.setAttribute("aria-live", "off"); // else the log of answers would read it out each time
  rows.set(turn, row);
  return row;
}

function draw(row) {
  row.buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(row.verdict === VERDICTS[i])));
  const card = cardOf(row);
  const others = [...(card?.querySelectorAll(".other") ?? [])];
  row.invitation.hidden = !isOff(row) || Boolean(row.sentence);
  row.invitation.textContent = say(others.length ? "feedback_show_others" : "feedback_show");
  for (const other of others) offerOther(row, other);
  drawShown(row);
}

function offerOther(row, other) {
  const sentence = sentenceOf(parse(other.querySelector("a.chip")?.hash ?? ""));
  let button = other.querySelector(".this-one");
  if (!isOff(row) || !sentence) {
    button?.remove();
    return;
  }
  if (!button) {
    const words = shorten(other.querySelector(".said")?.textContent ?? "", NAMED_CHARS);
    const label = say("feedback_this_one_named", { sentence: words });
    button = element("button", { type: "button", className: "this-one", label }, say("feedback_this_one"));
    button.onclick = () => show(row, sentence);
    other.append(button);
  }
  button.setAttribute("aria-pressed", String(placeOf(sentence) === placeOf(row.sentence)));
}

const placeOf = (sentence) => sentence && [sentence.article_id, sentence.start, sentence.end].join();

function sentenceOf(citation) {
  if (!citation) return null;
  return { article_id: citation.article, version: citation.version ?? null, start: citation.start, end: citation.end };
}

function drawShown(row) {
  const { sentence } = row;
  row.shown.hidden = !isOff(row) || !sentence?.text; // the text is the server's: the article's own words
  if (row.shown.hidden) return;
  const { article_id: id, version, start, end, text } = sentence;
  const place = `${start}-${end}`;
  const href = `#c=${encodeURIComponent(id)}.${place}.${place}.${version}`;
  const link = element("a", { href }, say("feedback_see"));
  link.onclick = (event) => (event.preventDefault(), follow(link));
  const quote = element("q", { dir: "auto" }, ...verbatim(shorten(text, SHOWN_CHARS)));
  row.shown.replaceChildren(`${say("feedback_shown")} `, quote, " ", link);
}

// ---- saying so ----

async function press(row, verdict) {
  latest = row;
  const top = row.element.getBoundingClientRect().top;
  const back = row.verdict === verdict;
  const off = !back && verdict !== "right";
  if (off) cardOf(row)?.querySelector("details.more")?.setAttribute("open", "");
  const saved = save(row, back ? null : verdict, off ? row.sentence : null, back ? "feedback_taken_back" : "feedback_thanks");
  // What was pressed stays where it is on the screen, though other sentences unfold above it.
  scrollBy({ top: row.element.getBoundingClientRect().top - top, behavior: "instant" });
  await saved;
  row.element.scrollIntoView({ block: "nearest" }); // what is said below it is not hidden by the desk
}

const show = (row, sentence) => save(row, row.verdict, sentence, "feedback_used");

function save(row, verdict, sentence, words) {
  Object.assign(row, { verdict, sentence });
  draw(row);
  offer();
  sending = sending.then(() => send(row, { verdict, sentence }, words)).catch(() => fail(row)); // a reply cut short
  return sending;
}

function fail(row) {
  row.told.textContent = say("feedback_failed");
  return false;
}

async function send(row, wanted, words) {
  const { turn } = row;
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ turn, ...wanted });
  const telling = wanted.verdict
    ? fetch(address(), { method: "POST", headers, body })
    : fetch(address({ turn }), { method: "DELETE" });
  const reply = await telling.catch(() => ({ ok: false }));
  if (REFUSED.includes(reply.status)) {
    refuse(conversationOf(turn));
    return false;
  }
  const given = reply.ok && wanted.verdict ? await reply.json() : wanted;
  if (reply.ok) row.saved = { verdict: given.verdict, sentence: given.sentence };
  const last = row.verdict === wanted.verdict && row.sentence === wanted.sentence;
  if (last) Object.assign(row, row.saved); // else another press is on its way
  row.told.textContent = say(reply.ok ? words : reasonOf(reply));
  draw(row);
  offer();
  return reply.ok;
}

const reasonOf = ({ status }) => ({ 401: "signed_out", 422: "feedback_unfit" })[status] ?? "feedback_failed";

// ---- words selected in an open article, as the right answer ----

let picked = null;
let lettingGo = 0;
const use = element("button", { type: "button" });
const used = element("p", { role: "status" });
const bar = element("div", { className: "picked-bar", hidden: true }, use, used);

const waits = (row) => isOff(row) && !row.sentence && row.element.isConnected;
const waiting = () => (latest && waits(latest) ? latest : [...rows.values()].findLast(waits));

function offer() {
  const row = picked && waiting();
  use.hidden = !row;
  bar.hidden = !row && !used.textContent;
  if (!row) return;
  used.textContent = "";
  const asked = [...document.querySelectorAll("#chat :is(.asked, .card)")];
  const question = asked[asked.indexOf(cardOf(row)) - 1]?.textContent ?? "";
  use.replaceChildren(...verbatim(say("feedback_use", { question: shorten(question, NAMED_CHARS) })));
}

async function usePicked() {
  const row = waiting();
  if (!picked || !row) return;
  const sentence = { article_id: picked.article_id, version: picked.version, start: picked.start, end: picked.end };
  picked = null;
  const done = await show(row, sentence);
  used.textContent = say(done ? "feedback_used" : "feedback_failed");
  offer();
  setTimeout(() => ((used.textContent = ""), offer()), TOLD_MS);
}

/** Listen for words that are selected in an article. */
export function start() {
  document.addEventListener("room:picked", ({ detail }) => {
    clearTimeout(lettingGo);
    const keep = () => ((picked = detail), offer());
    if (detail) keep();
    else lettingGo = setTimeout(keep, LETTING_GO_MS);
  });
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
  use.onclick = usePicked;
  pane.append(bar);
}
