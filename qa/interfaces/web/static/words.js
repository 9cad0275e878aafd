// Articles and the words around them: addresses in links, dates, loading. No page in here.

import { LANGUAGE } from "./strings.js";

// Greedy: an id may hold dots and hyphens. The version is that of the text the offsets count in.
const CITATION = /^#c=(.+)\.(\d+)-(\d+)\.(\d+)-(\d+)(?:\.([0-9a-f]{12}))?$/;
const ARTICLE = /^#a=(.+?)(?:\.([0-9a-f]{12}))?$/;
const TURNS = /([\u202a-\u202e\u2066-\u2069])/;
const DAY_MS = 86_400_000;

/** Read `#c=<article id>.<sentence start>-<end>.<answer start>-<end>.<version>`; null if it is not that. */
export function parse(hash) {
  const found = CITATION.exec(hash);
  if (!found) return null;
  const [start, end, from, to] = found.slice(2, 6).map(Number);
  try {
    return { article: decodeURIComponent(found[1]), start, end, from, to, version: found[6] };
  } catch {
    return null; // not percent-encoding
  }
}

/** Read a citation or `#a=<article id>`, `#a=<article id>.<version>`; null if it is none of these. */
export function parseView(hash) {
  const citation = parse(hash);
  const found = citation ? null : ARTICLE.exec(hash);
  try {
    return found ? { article: decodeURIComponent(found[1]), version: found[2] } : citation;
  } catch {
    return null;
  }
}

/** The address of an article, `#a=…`; an id that itself ends as with a version has its dot encoded. */
export function hashOf(id, version = "") {
  const encoded = encodeURIComponent(id).replace(/\.([0-9a-f]{12})$/, "%2E$1");
  return `#a=${encoded}${version && `.${version}`}`;
}

/** Make an element; children are nodes or text, never markup. */
export function element(tag, properties = {}, ...children) {
  const { role, label, ...rest } = properties;
  const made = Object.assign(document.createElement(tag), rest);
  if (role) made.setAttribute("role", role);
  if (label) made.setAttribute("aria-label", label);
  made.append(...children);
  return made;
}

/** Text as nodes. Controls of writing direction get an element each, where they turn nothing around. */
export function verbatim(text) {
  return text.split(TURNS).map((part) => (TURNS.test(part) ? element("bdi", { className: "turn" }, part) : part));
}

/** An article's code points, which offsets count in; those of page furniture are empty. */
export function pointsOf({ text, marks }) {
  const points = [...text]; // not UTF-16 units: Python counts code points
  for (const [start, end] of marks) {
    let to = end;
    while (points[to] === "\n") to += 1; // else a paragraph's worth of nothing would be left
    points.fill("", start, to);
  }
  return points;
}

const KEPT_MS = 30_000; // an old version's text stays as it is, but that it is old may be news
const loaded = new Map();
document.addEventListener("room:collection", () => loaded.clear()); // an article may be another by now

/** Load the version of an article that a citation names; rejects with the HTTP status. */
export function load({ article: id, version }) {
  const key = `${id} ${version}`;
  if (!loaded.has(key)) {
    const address = new URL(`v1/articles/${encodeURIComponent(id)}`, document.baseURI);
    if (version) address.searchParams.set("version", version);
    const article = fetch(address).then((reply) => (reply.ok ? reply.json() : Promise.reject(reply.status)));
    article.catch(() => loaded.delete(key)); // so that the next try asks again
    setTimeout(() => loaded.delete(key), KEPT_MS);
    loaded.set(key, article);
  }
  return loaded.get(key);
}

const day = (date) => new Date(`${date.slice(0, 10)}T00:00:00Z`);

/** "13 July 2025"; what is no date is returned as it is. */
export function dateInWords(published) {
  const date = day(published);
  if (isNaN(date)) return published;
  return date.toLocaleDateString(LANGUAGE, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

/** "8 months ago", counted from today. */
export function ageInWords(published) {
  const days = Math.round((day(published) - day(new Date().toISOString())) / DAY_MS);
  if (isNaN(days)) return "";
  const words = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" });
  if (days > -14) return words.format(days, "day");
  if (days > -60) return words.format(Math.round(days / 7), "week");
  if (days > -700) return words.format(Math.round(days / 30.44), "month");
  return words.format(Math.round(days / 365.25), "year");
}
