// The dialog that narrows the search: outlets and days. It hands its choice on when applied.

import { onPressBeside } from "./backdrop.js";
import { say } from "./strings.js";
import { element, verbatim } from "./words.js";

const MANY_OUTLETS = 12;
const MOST_OUTLETS = 20; // as the server's
const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}/;

let from = null; // what gets the focus back
let apply = () => {};

const button = (text, className, onclick) => element("button", { type: "button", className, onclick }, text);

const title = element("h2", { id: "filters-title", tabIndex: -1 }, say("filter_open"));
const closer = element("button", { type: "button", className: "filters-close", label: say("filter_close"), title: say("filter_close"), onclick: () => dialog.close() }, "×");
const finder = element("input", { type: "search", className: "filters-find", autocomplete: "off", placeholder: say("filter_find_outlet"), label: say("filter_find_outlet"), oninput: find });
const boxes = element("div", { className: "filters-boxes" });
const nothing = element("p", { className: "filters-note", role: "status" });
const outlets = element("fieldset", { className: "filters-outlets" }, element("legend", {}, say("filter_outlets")), finder, boxes, nothing);

const since = element("input", { type: "date", id: "filters-since", oninput: markRange });
const until = element("input", { type: "date", id: "filters-until", oninput: markRange });
const ranges = element("div", { className: "filters-ranges" });
const days = element(
  "fieldset",
  {},
  element("legend", {}, say("filter_dates")),
  ranges,
  element("div", { className: "filters-days" }, labelled("filter_from", since), labelled("filter_to", until)),
);
const wrong = element("p", { className: "filters-wrong", role: "alert" });
const form = element(
  "form",
  { method: "dialog", noValidate: true, onsubmit: submit },
  element("div", { className: "filters-body" }, outlets, days),
  wrong,
  element(
    "div",
    { className: "filters-foot" },
    button(say("filter_clear"), "filters-clear", clear),
    element("button", { type: "submit", className: "filters-apply" }, say("filter_apply")),
  ),
);
const dialog = element("dialog", { id: "filters", className: "filters" }, element("header", {}, title, closer), form);
dialog.setAttribute("aria-labelledby", title.id);
dialog.addEventListener("close", () => (from?.isConnected ? from : document.querySelector(".scope-open"))?.focus());
onPressBeside(dialog, () => dialog.close());
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape" && dialog.open) event.stopPropagation(); // closes this, not the pane behind it
  },
  true,
);

/** Open the dialog with a scope in it; what is chosen goes to `onApply` as a part of a scope. */
export async function openFilters(scope, onApply, opener) {
  if (!dialog.isConnected) document.body.append(dialog);
  from = opener;
  apply = onApply;
  wrong.textContent = "";
  finder.value = "";
  since.value = scope.since ?? "";
  until.value = scope.until ?? "";
  paintRanges();
  paintOutlets([], scope.outlets);
  dialog.showModal();
  title.focus();
  limitDays();
  const found = await get("v1/outlets").catch(() => null);
  if (!dialog.open) return;
  paintOutlets(found?.outlets ?? [], scope.outlets);
  nothing.textContent = found ? "" : say("filter_outlets_failed");
}

async function get(path) {
  const reply = await fetch(new URL(path, document.baseURI));
  return reply.ok ? reply.json() : Promise.reject(reply.status);
}

function labelled(key, input) {
  return element("label", { className: "filters-day", htmlFor: input.id }, element("span", {}, say(key)), input);
}

// ---- outlets ----

function paintOutlets(found, chosen) {
  const known = found.filter(({ name }) => name);
  const gone = chosen.filter((name) => !known.some((each) => each.name === name)).map((name) => ({ name, articles: 0 }));
  boxes.replaceChildren(...[...known, ...gone].map((outlet) => box(outlet, chosen.includes(outlet.name))));
  finder.hidden = boxes.childElementCount <= MANY_OUTLETS;
  outlets.hidden = found.length > 0 && boxes.childElementCount === 0;
}

function box({ name, articles }, checked) {
  const count = element("span", { className: "filters-count" }, say("filter_outlet_count", { count: articles }));
  const input = element("input", { type: "checkbox", name: "outlet", value: name, checked });
  return element("label", { className: "filters-outlet" }, input, element("span", { className: "filters-name", dir: "auto" }, ...verbatim(name)), count);
}

function find() {
  const wanted = finder.value.trim().toLocaleLowerCase();
  let seen = 0;
  for (const each of boxes.children) {
    each.hidden = !each.querySelector("input").value.toLocaleLowerCase().includes(wanted);
    if (!each.hidden) seen += 1;
  }
  nothing.textContent = seen ? "" : say("filter_no_outlet");
}

// ---- days ----

const iso = (date) => [date.getFullYear(), `${date.getMonth() + 1}`.padStart(2, "0"), `${date.getDate()}`.padStart(2, "0")].join("-");

// Counted from the reader's own today.
function quickRanges() {
  const today = new Date();
  const ago = (count) => iso(new Date(today.getTime() - count * DAY_MS));
  return [
    ["filter_any_day", "", ""],
    ["filter_last_7", ago(6), iso(today)],
    ["filter_last_30", ago(29), iso(today)],
    ["filter_this_year", `${today.getFullYear()}-01-01`, iso(today)],
  ];
}

function paintRanges() {
  ranges.replaceChildren(
    ...quickRanges().map(([key, first, last]) => {
      const made = button(say(key), "filters-range", () => {
        since.value = first;
        until.value = last;
        markRange();
      });
      return Object.assign(made, { range: `${first} ${last}` });
    }),
  );
  markRange();
}

function markRange() {
  wrong.textContent = "";
  const now = `${since.value} ${until.value}`;
  for (const each of ranges.children) each.setAttribute("aria-pressed", String(each.range === now));
}

// The calendar opens where there are articles; other days may be typed all the same.
async function limitDays() {
  const end = (order) => get(`v1/articles?sort=published&order=${order}&page=1&page_size=1`).then(({ articles }) => DAY.exec(articles[0]?.published ?? "")?.[0]);
  const [first, last] = await Promise.all([end("asc"), end("desc")]).catch(() => []);
  for (const input of [since, until]) Object.assign(input, { min: first ?? "", max: last ?? "" });
}

// ---- applying ----

function submit(event) {
  const chosen = [...boxes.querySelectorAll("input:checked")].map(({ value }) => value);
  if (chosen.length > MOST_OUTLETS) wrong.textContent = say("filter_too_many", { count: MOST_OUTLETS });
  else if (since.value && until.value && until.value < since.value) wrong.textContent = say("filter_wrong_order");
  else {
    apply({ outlets: chosen, since: since.value || null, until: until.value || null });
    return; // the form closes its dialog
  }
  event.preventDefault();
}

function clear() {
  apply({ outlets: [], since: null, until: null, articles: [], story: null });
  dialog.close();
}
