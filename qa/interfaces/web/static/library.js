// The library, at `#library`: a page of its own in the place of the conversation, which stays as it is.

import { adding, allowAdding, start as startAdding } from "./library_add.js";
import { allowRemoving, list, refresh, resume, start as startList } from "./library_list.js";
import { request, spokenIn } from "./library_server.js";
import { LANGUAGE, say } from "./strings.js";
import { ageInWords, dateInWords, element, verbatim } from "./words.js";

const HASH = "#library";
const OVER_IT = /^#(?:[ac]=|history$)/; // what opens over the library, and closes to it
const mouse = matchMedia("(hover: hover) and (min-width: 861px)");
const MB = 1024 * 1024;
const whole = new Intl.NumberFormat(LANGUAGE);
const size = new Intl.NumberFormat(LANGUAGE, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });
const share = new Intl.NumberFormat(LANGUAGE, { style: "percent", maximumFractionDigits: 1 });

const title = element("h1", { id: "library-title", tabIndex: -1 }, say("library_title"));
const sum = element("p", { className: "library-sum" });
const why = element("p", { className: "library-why", hidden: true });
const figures = element("dl", {});
const findings = element("ul", { className: "library-findings" });
const health = element("section", { className: "library-health", label: say("library_health") }, element("h2", {}, say("library_health")), findings, figures);
const view = element("main", { id: "library", hidden: true }, element("header", {}, title, sum), why, adding, list, health);
view.setAttribute("aria-labelledby", title.id);

let scrolled = 0; // how far the conversation was

const isOpen = () => !view.hidden;

function route() {
  if (location.hash === HASH) enter();
  else if (isOpen() && !OVER_IT.test(location.hash)) leave();
}

function enter() {
  if (isOpen()) {
    requestAnimationFrame(resume); // back from an article
    return;
  }
  scrolled = scrollY;
  view.hidden = false;
  document.body.classList.add("in-library");
  scrollTo({ top: 0, behavior: "instant" });
  lookAfter();
  refresh();
  requestAnimationFrame(() => title.focus({ preventScroll: true })); // after the source pane gave it away
}

function leave() {
  view.hidden = true;
  document.body.classList.remove("in-library");
  scrollTo({ top: scrolled, behavior: "instant" });
  if (mouse.matches) document.querySelector("#question textarea")?.focus({ preventScroll: true });
}

async function lookAfter() {
  const told = await request("library").catch((error) => ({ error }));
  if (told.error) {
    sum.replaceChildren(spokenIn(told.error));
    return;
  }
  allowAdding(told);
  allowRemoving(told.writable);
  why.hidden = told.writable;
  why.textContent = told.why ? say(`library_why_${told.why}`) : "";
  paintSum(told);
  paintHealth(told);
}

function paintSum(told) {
  const parts = [say("library_sum", { count: told.articles }), say("library_sum_outlets", { count: told.outlets }), dates(told)];
  const words = told.articles ? parts.filter(Boolean).map((part) => element("span", {}, part)) : [];
  sum.replaceChildren(...words.flatMap((word, i) => (i ? [" · ", word] : [word])));
}

function dates(told) {
  if (!told.first_published) return "";
  const ends = [told.first_published, told.last_published].map((date) => dateInWords(date));
  return [...new Set(ends)].join(" – ");
}

function paintHealth(told) {
  const changed = told.changed && `${dateInWords(told.changed)}, ${ageInWords(told.changed)}`;
  const facts = {
    passages: whole.format(told.passages),
    sentences: whole.format(told.passage_sentences),
    old_versions: whole.format(told.old_versions),
    bytes: size.format(told.bytes / MB),
    changed,
    model: told.encoder,
    recall: told.recall_at_10 === null ? null : share.format(told.recall_at_10),
    generation: whole.format(told.generation),
  };
  const known = Object.entries(facts).filter(([, fact]) => fact);
  figures.replaceChildren(...known.map(([name, fact]) => element("div", {}, element("dt", {}, say(`library_figure_${name}`)), element("dd", {}, ...verbatim(fact)))));
  const lines = told.findings.map(({ kind, text, ...numbers }) => element("li", {}, say(`library_finding_${kind}`, numbers)));
  findings.replaceChildren(...(lines.length ? lines : [element("li", {}, say("library_finding_none"))]));
}

/** Put the view on the page, and open it where the address says so. */
export function start() {
  document.body.append(view);
  startAdding();
  startList();
  addEventListener("popstate", route);
  addEventListener("hashchange", route);
  document.addEventListener("room:collection", () => isOpen() && lookAfter());
  // A file that misses its place would take the page's.
  for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => isOpen() && event.preventDefault());
  route();
}
