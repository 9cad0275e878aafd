// Adding articles: files one after another, or a pasted text; what became of each stays to be read.

import { follow } from "./pane.js";
import { askOnly } from "./library_list.js";
import { request, sendJson, spokenIn, tellChange } from "./library_server.js";
import { say } from "./strings.js";
import { element, hashOf, verbatim } from "./words.js";

const TRIES = 4;
const LONGEST_WAIT_S = 10;
const MB = 1024 * 1024;
const PASSING = new Set([409, 429, 503]);

const picker = element("input", { type: "file", multiple: true, hidden: true });
const zone = element("button", { type: "button", className: "library-zone", onclick: () => picker.click() },
  element("span", { className: "library-zone-word" }, say("library_add_files")),
  element("span", { className: "library-zone-hint" }, say("library_add_hint")));

const field = (name, control) => element("label", { className: `library-paste-${name}` }, element("span", {}, say(`library_paste_${name}`)), control);
const text = element("textarea", { name: "text", required: true, rows: 7, dir: "auto" });
const paste = element("form", { className: "library-paste-form" },
  field("title", element("input", { name: "title", maxLength: 500, dir: "auto", autocomplete: "off" })),
  field("outlet", element("input", { name: "outlet", maxLength: 200, dir: "auto", autocomplete: "off" })),
  field("date", element("input", { name: "published", type: "date" })),
  field("text", text),
  element("button", { type: "submit", className: "library-submit" }, say("library_paste_add")));
const pasting = element("details", { className: "library-paste" }, element("summary", {}, say("library_paste")), paste);

const status = element("span", { role: "status" });
const cancel = element("button", { type: "button", className: "library-quiet", onclick: cancelRest }, say("library_cancel"));
const progress = element("p", { className: "library-progress", hidden: true }, status, cancel);
const report = element("ul", { className: "library-report", label: say("library_report") });
const clear = element("button", { type: "button", className: "library-quiet library-clear", hidden: true, onclick: clearReport }, say("library_clear"));

/** What adding is done with. */
export const adding = element("section", { className: "library-add", label: say("library_add") }, zone, picker, pasting, progress, report, clear);

let limits = { file_bytes: Infinity, suffixes: [] };
let waiting = []; // what is to be added: { name, send, pasted }, each with its row in the report
let total = 0;
let working = false;
const underWay = new Set(); // pasted texts that are waiting or being read
const filledIn = () => JSON.stringify([...new FormData(paste).values()]);

/** Show or hide it by what the server says of itself (`GET /v1/library`). */
export function allowAdding(told) {
  limits = told.limits ?? limits;
  picker.accept = limits.suffixes.join(",");
  zone.hidden = pasting.hidden = !told.writable;
  adding.hidden = !told.writable && !report.children.length;
}

const name = (given) => element("bdi", { className: "library-name", dir: "auto" }, ...verbatim(given));

function addFiles(files) {
  for (const file of files) {
    const headers = { "x-file-name": encodeURIComponent(file.name.toWellFormed?.() ?? file.name), "content-type": "application/octet-stream" };
    enqueue({ name: file.name, wrong: wrongWith(file), send: () => request("articles", { method: "POST", headers, body: file }) });
  }
  work();
}

// Known before it is sent: nobody waits for a film to be uploaded and refused.
function wrongWith(file) {
  if (file.size > limits.file_bytes) return say("library_too_large", { size: Math.round(limits.file_bytes / MB) });
  const lower = file.name.toLowerCase();
  if (limits.suffixes.length && !limits.suffixes.some((suffix) => lower.endsWith(suffix))) return say("library_unsupported", { kinds: limits.suffixes.join(", ") });
  return null;
}

function addPasted(event) {
  event.preventDefault();
  const values = Object.fromEntries(new FormData(paste));
  if (underWay.has(filledIn())) return; // pressed twice
  const item = { name: values.title.trim() || say("library_pasted"), pasted: filledIn(), send: () => sendJson("articles", values) };
  underWay.add(item.pasted);
  enqueue(item);
  work();
}

function enqueue(item) {
  item.result = element("span", { className: "library-result" }, say("library_waiting"));
  item.row = element("li", {}, name(item.name), " ", item.result);
  report.append(item.row);
  waiting.push(item);
  total += 1;
}

async function work() {
  if (working) return;
  working = true;
  let changed = false;
  while (waiting.length) {
    const item = waiting.shift();
    progress.hidden = false;
    cancel.hidden = !waiting.length;
    status.replaceChildren(`${say("library_progress", { n: total - waiting.length, total })} `, name(item.name));
    changed = (await addOne(item)) || changed;
    underWay.delete(item.pasted);
  }
  working = false;
  total = 0;
  finish();
  if (changed) tellChange("add");
}

/** Add one; returns whether the collection is another one now. */
async function addOne(item) {
  if (item.wrong) return refuse(item, { detail: item.wrong });
  item.result.replaceChildren(element("progress", { label: say("library_reading") }));
  const told = await patiently(item).catch((error) => ({ error }));
  if (told.error) return refuse(item, told.error);
  paintAdded(item, told);
  if (item.pasted === filledIn()) emptyForm(); // else somebody is at the next text by now
  return told.articles.some(({ status: became }) => became !== "unchanged");
}

function emptyForm() {
  const held = paste.contains(document.activeElement);
  paste.reset();
  pasting.open = false;
  if (held) pasting.firstElementChild.focus();
}

async function patiently(item) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await item.send();
    } catch (error) {
      if (!PASSING.has(error.status) || !error.wait || error.wait > LONGEST_WAIT_S || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, error.wait * 1000));
    }
  }
}

function refuse(item, problem) {
  item.row.className = "library-refused";
  item.result.replaceChildren(`${say("library_refused")} `, spokenIn(problem));
  return false;
}

function paintAdded(item, told) {
  item.row.className = "library-done";
  const groups = ["added", "replaced", "unchanged"].map((became) => told.articles.filter((article) => article.status === became));
  item.result.replaceChildren(...groups.flatMap((articles, i) => (articles.length ? became(["added", "replaced", "unchanged"][i], articles) : [])));
  if (told.articles.length === 1) item.result.append(" ", askIt(told.articles[0]));
  const notes = [...told.warnings, ...told.problems.map(({ where, reason }) => (where ? `${where}: ${reason}` : reason))];
  if (notes.length) item.row.append(element("ul", { lang: "en" }, ...notes.map((note) => element("li", { dir: "auto" }, ...verbatim(note)))));
}

// What somebody wants with an article that they have just added.
const askIt = (article) =>
  element("button", { type: "button", className: "library-quiet", onclick: () => askOnly(article) }, say("library_ask"));

const SHOWN = 5;

function became(how, articles) {
  const links = articles.slice(0, SHOWN).flatMap((article, i) => (i ? [", ", link(article)] : [link(article)]));
  if (articles.length > SHOWN) links.push(` ${say("library_and_more", { count: articles.length - SHOWN })}`);
  return [element("span", { className: "library-became" }, `${say(`library_${how}`)} `, ...links)];
}

function link(article) {
  const made = element("a", { href: hashOf(article.id), dir: "auto" }, ...verbatim(article.title || article.id));
  made.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    follow(made);
  });
  return made;
}

function cancelRest() {
  for (const item of waiting) {
    underWay.delete(item.pasted);
    item.row.className = "library-refused";
    item.result.textContent = say("library_cancelled");
  }
  total -= waiting.length;
  waiting = [];
  cancel.hidden = true;
  zone.focus();
}

function finish() {
  const refused = report.querySelectorAll(":scope > .library-refused").length;
  const done = report.querySelectorAll(":scope > .library-done").length;
  status.textContent = [say("library_finished", { count: done }), refused ? say("library_finished_refused", { count: refused }) : ""].join(" ").trim();
  cancel.hidden = true;
  clear.hidden = false;
}

function clearReport() {
  report.replaceChildren(...waiting.map((item) => item.row));
  progress.hidden = !working;
  clear.hidden = true;
  zone.focus();
}

/** Listen. */
export function start() {
  picker.addEventListener("change", () => {
    addFiles([...picker.files]);
    picker.value = ""; // so that the same file can be chosen again
  });
  paste.addEventListener("submit", addPasted);
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("library-over");
    });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("library-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("library-over");
    addFiles([...event.dataTransfer.files]);
  });
}
