// What stands above an article in the pane: title, origin, its versions, and who else carries it.

import { LANGUAGE, say } from "./strings.js";
import { ageInWords, dateInWords, element, hashOf, verbatim } from "./words.js";

export const title = element("h2", { id: "pane-title", className: "pane-title", tabIndex: -1, dir: "auto" });
const origin = element("p", { className: "pane-origin" });
const note = element("p", { className: "pane-note", hidden: true });
const summary = element("summary", {});
const lists = element("div", { className: "pane-lists" });
const folded = element("details", { className: "pane-others", hidden: true }, summary, lists);

/** In reading order; the style sheet puts the origin above the title. */
export const facts = [title, origin, note, folded];

/** Tell of an article; `cited` is the citation that it was opened by, with its `hash`, or null. */
export function tell(article, cited) {
  const { outlet, published } = article;
  title.lang = article.language ?? "";
  title.replaceChildren(...verbatim(article.title));
  origin.replaceChildren(...apart([outlet && said(outlet), published && dateInWords(published), published && ageInWords(published)]));
  const quoted = cited?.version === article.version;
  note.textContent = say(quoted ? "pane_updated" : "pane_earlier");
  note.hidden = !article.updated;
  foldAway(article, cited);
}

/** Say that there is no article, and why. */
export function tellMissing(what) {
  title.lang = "";
  title.textContent = what;
  origin.textContent = "";
  note.hidden = folded.hidden = true;
}

export const noteText = () => (note.hidden ? "" : note.textContent);

function foldAway(article, cited) {
  const { versions = [], copies = [] } = article;
  const many = versions.length > 1;
  folded.hidden = !many && !copies.length;
  folded.open = false;
  const place = versions.length - versions.findIndex(({ version }) => version === article.version);
  const version = many && say("pane_version", { place, total: versions.length });
  summary.replaceChildren(...apart([version, copies.length && say("pane_carried", { count: copies.length })]));
  lists.replaceChildren(...(many ? versionList(article, cited) : []), ...(copies.length ? copyList(copies, article.title) : []));
}

function versionList(article, cited) {
  const { id, versions } = article;
  const items = versions.map(({ version, current, added }, i) => {
    const quoted = cited?.version === version;
    const kinds = [current && say("pane_version_current"), quoted && say("pane_version_quoted")].filter(Boolean);
    const name = say("pane_version_name", { place: versions.length - i });
    const link = element("a", { href: quoted ? cited.hash : hashOf(id, version) }, [name, ...kinds].join(", "));
    if (version === article.version) link.setAttribute("aria-current", "true");
    const when = element("span", { className: "pane-part" }, ` ${say("pane_version_added", { date: dateInWords(added) })}`);
    return element("li", {}, link, when);
  });
  return [element("p", {}, say("pane_versions")), element("ul", {}, ...items)];
}

function copyList(copies, own) {
  const items = copies.map(({ article_id, title: name, outlet, published, shared, explanation }) => {
    const parts = [outlet && said(outlet), (name !== own || !outlet) && said(name), published && dateInWords(published)];
    const link = element("a", { href: hashOf(article_id) }, ...apart(parts));
    if (explanation && LANGUAGE.startsWith("en")) link.title = explanation; // it is told in English only
    const part = shared === null ? "" : ` ${say("pane_shared", { percent: Math.floor(shared * 100) })}`;
    return element("li", {}, link, element("span", { className: "pane-part" }, part));
  });
  return [element("p", {}, say("pane_carriers")), element("ul", {}, ...items)];
}

const said = (text) => element("bdi", {}, ...verbatim(text));

function apart(parts) {
  return parts.filter(Boolean).flatMap((part, i) => (i ? [" · ", part] : [part]));
}
