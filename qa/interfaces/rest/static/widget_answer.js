// An answer as the widget shows it: the quotation, its sources, other answers; or the closest sentences.

import { element, linkTo, verbatim } from "./widget_words.js";

/** The nodes of a reply to `POST /v1/ask`. */
export function answerNodes(reply, words) {
  const nodes = [...timeNotes(reply, words)];
  if (reply.text === null) return [...nodes, ...nothingFound(reply, words)];
  const percent = Math.round(reply.confidence * 100);
  nodes.push(...quotations(reply, words), element("p", { class: "sure" }, words.say("card_percent", { percent })));
  if (reply.alternatives.length) nodes.push(others(reply.alternatives, words));
  return nodes;
}

function nothingFound({ alternatives, confidence, timeframe }, words) {
  let [verdict, how] = ["card_nothing", "card_closest_no_answer"];
  if (timeframe && alternatives.length) [verdict, how] = ["card_over_time", "card_closest_over_time"];
  else if (alternatives.length && confidence >= TOLD.unsure_from) [verdict, how] = ["card_unsure", "card_closest"];
  const head = element("p", { class: "nothing" }, words.say(verdict));
  if (!alternatives.length) return [head, element("p", { class: "note" }, words.say("card_nothing_close"))];
  const closest = alternatives.flatMap((each) => quotations(each, words, "near"));
  return [head, element("p", { class: "note" }, words.say(how)), ...closest];
}

function others(alternatives, words) {
  const summary = element("summary", {}, words.say("card_others", { count: alternatives.length }));
  return element("details", {}, summary, ...alternatives.flatMap((each) => quotations(each, words, "near")));
}

// Where the question names days: from which articles the answer comes.
function timeNotes({ timeframe, outside }, words) {
  const named = timeframe ?? outside;
  if (!named) return [];
  const ends = [...new Set([named.since, named.until])].map((end) => (end ? words.day(end) : "…"));
  const said = words.say(timeframe ? "card_within" : "card_outside");
  const phrase = element("bdi", {}, ...verbatim(named.phrase));
  return [element("p", { class: "note" }, `${said} `, phrase, ` (${ends.join(" – ")})`)];
}

// The same words in several articles are one quotation with several sources.
function quotations({ citations }, words, kind = "") {
  return [...Map.groupBy(citations, sameWords).values()].map((group) => quotation(group, words, kind));
}

const sameWords = ({ text, start, highlight }) => JSON.stringify([text, highlight.start - start, highlight.end - start]);

function quotation(group, words, kind) {
  const quote = element("blockquote", { dir: "auto", lang: "" }, ...marked(group[0]));
  const sources = group.map((each) => source(each, words));
  return element("figure", { class: kind }, quote, element("figcaption", {}, ...sources));
}

// Offsets are code points, not UTF-16 units.
function marked({ text, start, highlight }) {
  const points = [...text];
  const [from, to] = [highlight.start - start, highlight.end - start];
  const piece = (first, last) => verbatim(points.slice(first, last).join(""));
  return [...piece(0, from), element("mark", {}, ...piece(from, to)), ...piece(to)];
}

function source({ title, outlet, published, source: address, text }, words) {
  const facts = [titled(title || words.say("library_untitled"), linkTo(address, text), words)];
  if (outlet) facts.unshift(element("bdi", { class: "outlet" }, ...verbatim(outlet)));
  if (published) facts.push(element("time", { datetime: published }, words.day(published)));
  return element("p", { class: "source" }, ...facts.flatMap((fact, place) => (place ? [" ·\u00a0", fact] : [fact])));
}

function titled(title, address, words) {
  const shown = element("bdi", {}, ...verbatim(title));
  if (!address) return element("cite", {}, shown);
  const hint = element("span", { class: "unseen" }, ` (${words.say("widget_new_tab")})`);
  return element("cite", {}, element("a", { href: address, target: "_blank", rel: "noopener" }, shown, hint));
}
