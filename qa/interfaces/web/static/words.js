// Articles and the words around them: citations in links, dates, loading, cutting. No page in here.

const LANGUAGE = "en-GB"; // of the page's own words; an article's text has its own
// Greedy: an id may hold dots and hyphens. The version is that of the text the offsets count in.
const CITATION = /^#c=(.+)\.(\d+)-(\d+)\.(\d+)-(\d+)(?:\.([0-9a-f]{12}))?$/;
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

/** Cut an article at a citation: before, sentence up to the answer, answer, rest of it, after. */
export function cut(article, { start, end, from, to }) {
  const points = pointsOf(article);
  if (!(start <= from && from < to && to <= end && end <= points.length)) return null;
  const edges = [0, start, from, to, end, points.length];
  return edges.slice(1).map((edge, i) => points.slice(edges[i], edge).join(""));
}

const KEPT_MS = 30_000; // an old version's text stays as it is, but that it is old may be news
const loaded = new Map();

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
