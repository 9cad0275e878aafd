// A preview of the source, for a mouse over its number or the keyboard on it. It stays while the mouse
// is on either, and goes with Esc (WCAG 1.4.13).

import { pane } from "./pane.js";
import { dateInWords, element, load, parse, pointsOf, verbatim } from "./words.js";

const DELAY_MS = 180;
const GRACE_MS = 250; // to get from the number to the preview
const CONTEXT_CHARS = 120;

const preview = element("div", { id: "preview", className: "preview", popover: "manual", role: "tooltip" });
let due = 0;
let owner = null; // the chip whose source is shown

const chipOf = (event) => event.target.closest?.("#chat a.chip");

/** Put the preview into the page and listen for chips. */
export function start() {
  document.body.append(preview);
  document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && onOver(event));
  document.addEventListener("focusin", (event) => {
    const chip = chipOf(event);
    if (chip?.matches(":focus-visible")) soon(chip);
    else hide();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("scroll", hide, { passive: true });
}

function onOver(event) {
  const chip = chipOf(event);
  if (preview.contains(event.target) || (chip && chip === owner)) clearTimeout(due);
  else if (chip) soon(chip);
  else if (owner) later(hide, GRACE_MS);
  else clearTimeout(due);
}

function soon(chip) {
  hide();
  if (!pane.open) later(() => show(chip), DELAY_MS);
}

function later(act, wait) {
  clearTimeout(due);
  due = setTimeout(act, wait);
}

/** Put the preview away. */
export function hide() {
  clearTimeout(due);
  owner?.removeAttribute("aria-describedby");
  owner = null;
  if (preview.matches(":popover-open")) preview.hidePopover();
}

async function show(chip) {
  const citation = parse(chip.hash);
  const article = citation && (await load(citation).catch(() => null));
  const wanted = chip.isConnected && (chip.matches(":hover") || chip === document.activeElement);
  if (!article || !wanted || pane.open) return;
  preview.replaceChildren(...contentOf(article, citation));
  owner = chip;
  chip.setAttribute("aria-describedby", preview.id);
  preview.showPopover();
  const at = chip.getBoundingClientRect();
  const fits = at.bottom + preview.offsetHeight + 16 < innerHeight;
  preview.style.left = `${Math.max(8, Math.min(at.left, innerWidth - preview.offsetWidth - 8))}px`;
  preview.style.top = `${fits ? at.bottom + 8 : Math.max(8, at.top - preview.offsetHeight - 8)}px`;
}

function contentOf(article, { start, end }) {
  const points = pointsOf(article);
  const piece = (from, to) => verbatim(points.slice(Math.max(0, from), to).join(""));
  const before = piece(start - CONTEXT_CHARS, start);
  const after = piece(end, end + CONTEXT_CHARS);
  if (start > CONTEXT_CHARS) before.unshift("… ");
  if (end + CONTEXT_CHARS < points.length) after.push(" …");
  const head = [article.outlet, article.published && dateInWords(article.published)].filter(Boolean).join(" · ");
  const sentence = element("mark", { className: "sentence" }, ...piece(start, end));
  return [
    element("p", { className: "pane-origin" }, ...verbatim(head)),
    element("p", { className: "preview-title", dir: "auto" }, ...verbatim(article.title)),
    element("p", { className: "preview-text", dir: "auto", lang: article.language ?? "" }, ...before, sentence, ...after),
  ];
}
