// An article's text in the pane: its paragraphs, headings and marks, and from a place in them back to
// the code point of the article's text. What is shown is that text, character for character; line
// breaks between paragraphs are in it too, only not drawn.

import { say } from "./strings.js";
import { element, pointsOf, verbatim } from "./words.js";

const LONG_LINE_CHARS = 120; // of a text without blank lines: its lines are paragraphs then
const LONG_TEXT_CHARS = 30_000; // what is out of sight of a longer text is laid out when it comes into sight
const LINE_CHARS = 64; // about; how high paragraphs are is guessed from it until then
const offsets = new WeakMap(); // text node → where in the article's text it begins

/**
 * Paint an article into `body`; `citation` is marked if it is given and fits, furniture is shown if
 * `aside`. Returns the mark, or null.
 */
export function paintText(body, article, { citation = null, aside = false }) {
  const raw = [...article.text];
  const cited = citation && fits(citation, raw.length) ? citation : null;
  const run = runner(aside ? raw : pointsOf(article), aside ? article.marks : []);
  const headings = new Set(article.headings.map(([start, end]) => `${start}-${end}`));
  const blocks = blocksOf(raw, [...article.headings, ...article.marks], cited);
  let mark = null;
  const painted = blocks.map(({ start, end, next }) => {
    const inside = cited && start <= cited.start && cited.end <= end;
    if (inside) mark = paintMark(cited, run);
    const shown = inside ? [...run(start, cited.start), mark, ...run(cited.end, end)] : run(start, end);
    const gap = element("span", { hidden: true }, ...run(end, next));
    if (!shown.length) return gap.firstChild ? gap : "";
    const block = element(headings.has(`${start}-${end}`) ? "h3" : "p", { dir: "auto" }, ...shown, gap);
    block.style.containIntrinsicSize = inside ? "" : `auto ${Math.ceil((end - start) / LINE_CHARS)}lh`;
    return block;
  });
  body.classList.toggle("long", raw.length > LONG_TEXT_CHARS);
  body.lang = article.language ?? ""; // empty: not known, and not the page's
  body.replaceChildren(...painted.filter(Boolean));
  return mark;
}

/** Say which span of the article's text a range of the page covers, in code points; null if none. */
export function spanOf(range, body, text) {
  if (!range.intersectsNode(body)) return null;
  const first = textAt(range.startContainer, range.startOffset, body);
  const last = textBefore(range.endContainer, range.endOffset, body);
  if (!first || !last) return null;
  return trimmed([...text], placeIn(...first), placeIn(...last));
}

/** The words of a span of an article, without furniture. */
export const wordsOf = (article, start, end) => pointsOf(article).slice(start, end).join("");

const fits = ({ start, end, from, to }, count) => start <= from && from < to && to <= end && end <= count;

function paintMark({ start, end, from, to }, run) {
  const lead = run(start, from);
  const rest = run(to, end);
  const answer = element("mark", { className: "answer" }, ...run(from, to));
  const whole = !lead.length && !rest.length;
  return element("mark", { id: "cited", className: whole ? "sentence whole" : "sentence" }, ...lead, answer, ...rest);
}

// ---- paragraphs ----

/** The blocks of a text: each is shown from `start` to `end`, line breaks go on to `next`. */
function blocksOf(points, spans, cited) {
  const edges = new Set(spans.flatMap(([start, end]) => [start, end]));
  const runs = lineBreaks(points);
  const blank = runs.some(([from, to]) => to > from + 1);
  const byLine = !blank && points.length > LONG_LINE_CHARS * (runs.length + 1);
  const gaps = runs.filter(([from, to]) => byLine || to > from + 1 || edges.has(from) || edges.has(to));
  // A citation that goes across paragraphs is kept in one piece.
  const free = gaps.filter(([from, to]) => !cited || to <= cited.start || cited.end <= from);
  const starts = [0, ...free.map(([, to]) => to)];
  const ends = [...free, [points.length, points.length]];
  return starts.map((start, i) => ({ start, end: ends[i][0], next: ends[i][1] }));
}

/** Runs of line breaks, with what white space there is between them. */
function lineBreaks(points) {
  const runs = [];
  for (let from = points.indexOf("\n"); from !== -1; from = points.indexOf("\n", runs.at(-1)[1])) {
    let to = from + 1;
    for (let at = to; at < points.length && /\s/.test(points[at]); at += 1) if (points[at] === "\n") to = at + 1;
    runs.push([from, to]);
  }
  return runs;
}

// ---- nodes that know where they stand ----

/** Makes the nodes of any stretch; those of `marks` lie in a labelled element of their own. */
function runner(points, marks) {
  return (start, end) => {
    const inside = marks.filter(([from, to]) => from < end && to > start);
    const nodes = [];
    let at = start;
    for (const [from, to, reason] of inside) {
      const [first, last] = [Math.max(from, start), Math.min(to, end)];
      nodes.push(...nodesOf(points, at, first), furniture(nodesOf(points, first, last), reason));
      at = last;
    }
    return [...nodes, ...nodesOf(points, at, end)];
  };
}

function furniture(nodes, reason = "") {
  const label = say("pane_aside_label", { reason: reasonInWords(reason) });
  const made = element("span", { className: "furniture", title: label }, ...nodes);
  made.dataset.label = label; // drawn by the style sheet, so that the text stays the article's
  return made;
}

function reasonInWords(reason) {
  try {
    return say(`pane_reason_${reason.replace(/\W+/g, "_")}`);
  } catch {
    return reason; // one that has no string yet
  }
}

function nodesOf(points, start, end) {
  const nodes = [];
  for (let from = start; from < end; ) {
    let to = from;
    while (to < end && points[to] !== "") to += 1; // of furniture that is not shown nothing is there
    let at = from;
    for (const part of verbatim(points.slice(from, to).join("")).filter(Boolean)) {
      const node = typeof part === "string" ? document.createTextNode(part) : part;
      const text = node.firstChild ?? node;
      offsets.set(text, at);
      at += [...text.data].length;
      nodes.push(node);
    }
    from = to;
    while (from < end && points[from] === "") from += 1;
  }
  return nodes;
}

// ---- from the page to the text ----

const placeIn = (node, offset) => offsets.get(node) + [...node.data.slice(0, offset)].length;

/** The first text of the article at or behind a place of the page, and how far into it. */
function textAt(container, offset, body) {
  if (offsets.has(container)) return [container, offset];
  const walker = texts(body);
  const range = new Range();
  range.setStart(container, offset);
  if (range.comparePoint(body, 0) >= 0) return pair(walker.nextNode(), 0);
  walker.currentNode = container.childNodes[offset] ?? lastIn(container);
  const here = offset < container.childNodes.length && walker.currentNode;
  return pair(offsets.has(here) ? here : walker.nextNode(), 0);
}

/** The last text of the article before a place of the page, all of it. */
function textBefore(container, offset, body) {
  if (offsets.has(container)) return [container, offset];
  const walker = texts(body);
  const range = new Range();
  range.setStart(container, offset);
  const outside = range.comparePoint(body, body.childNodes.length) <= 0;
  if (outside) walker.currentNode = lastIn(body);
  else if (offset) walker.currentNode = lastIn(container.childNodes[offset - 1]);
  else walker.currentNode = container;
  const here = outside || offset ? walker.currentNode : null;
  const found = offsets.has(here) ? here : walker.previousNode();
  return pair(found, found?.data.length);
}

const texts = (body) => document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
const pair = (node, offset) => (node ? [node, offset] : null);

function lastIn(node) {
  while (node.lastChild) node = node.lastChild;
  return node;
}

function trimmed(points, start, end) {
  while (start < end && /\s/.test(points[start])) start += 1;
  while (start < end && /\s/.test(points[end - 1])) end -= 1;
  return start < end ? { start, end } : null;
}
