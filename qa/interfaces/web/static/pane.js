// The source pane: the cited article, the sentence marked. `location.hash` is its only state, so
// links, Back and reload just work. Whatever comes from an article is put in by text nodes only.

import { ageInWords, cut, dateInWords, element, load, parse, pointsOf, verbatim } from "./words.js";

const phone = matchMedia("(max-width: 860px)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const button = (text, label, title, onclick) => element("button", { type: "button", label, title, onclick }, text);

const title = element("h2", { id: "pane-title", className: "pane-title", tabIndex: -1, dir: "auto" });
const origin = element("p", { className: "pane-origin" });
const note = element("p", { className: "pane-note", hidden: true }, "Updated since. You see the version that was quoted.");
const place = element("span", { className: "pane-place" });
const walk = element(
  "div",
  { className: "pane-walk" },
  button("←", "Previous citation", "Previous citation (p)", () => step(-1)),
  place,
  button("→", "Next citation", "Next citation (n)", () => step(1)),
);
const copier = button("Copy quotation", "", "", copy);
const closer = button("×", "Close source", "Close (Esc)", close);
const body = element("div", { className: "pane-body", tabIndex: 0, role: "document", dir: "auto" });
const spoken = element("p", { className: "unseen", role: "status" });
// The title comes first for those who listen or tab; the style sheet puts the buttons above it.
const header = element("header", {}, title, origin, note, element("div", { className: "pane-bar" }, walk, copier, closer));

export const pane = element("dialog", { id: "pane", className: "pane" }, header, body, spoken);
pane.setAttribute("aria-labelledby", title.id);
body.setAttribute("aria-labelledby", title.id);
closer.className = "pane-close";

let opener = null; // the chip that gets the focus back
let reference = ""; // what is copied with a quotation
let wanted = ""; // the hash asked for last: an article that arrives too late is dropped

export const chips = () => [...document.querySelectorAll("#chat a.chip")];
const here = () => location.pathname + location.search;

/** Follow a chip. Opening adds one step to the history, moving on replaces it: Back always closes. */
export function follow(chip) {
  opener = chip;
  // With <base href> in the page a bare "#…" would drop the query.
  if (pane.open) history.replaceState(history.state, "", here() + chip.hash);
  else if (location.hash !== chip.hash) history.pushState({ ...history.state, pane: true }, "", here() + chip.hash);
  return show();
}

/** Make the pane fit the address: open at its citation, or closed. */
export async function show() {
  const hash = (wanted = location.hash);
  const citation = parse(hash);
  if (!citation) {
    hide();
    return;
  }
  const article = await load(citation).catch((status) => ({ status }));
  if (hash !== wanted) return;
  const mark = "text" in article ? paint(article, citation) : paintMissing(article.status);
  reveal(hash);
  requestAnimationFrame(() => settle(mark, hash));
}

export function close() {
  if (history.state?.pane) {
    history.back(); // comes back as popstate
    return;
  }
  history.replaceState(history.state, "", here());
  show();
}

/** Go to another citation of the same answer. */
export function step(by) {
  const card = cardOf(location.hash);
  const hashes = siblings(card);
  if (hashes.length < 2) return;
  const hash = hashes.at((hashes.indexOf(location.hash) + by) % hashes.length);
  const chip = [...card.querySelectorAll("a.chip")].find((each) => each.hash === hash);
  chip.closest("details")?.setAttribute("open", ""); // so that it is seen which one is open
  follow(chip);
}

/** Show which citation is open; cards that Gradio draws anew forget it. */
export function markOpenChip() {
  for (const chip of chips()) {
    if (pane.open && chip.hash === location.hash) chip.setAttribute("aria-current", "true");
    else chip.removeAttribute("aria-current");
  }
}

function paint(article, citation) {
  const { outlet, published } = article;
  title.replaceChildren(...verbatim(article.title));
  const date = published && dateInWords(published);
  reference = [article.title, outlet, date].filter(Boolean).join(", ");
  const facts = [outlet, date, published && ageInWords(published)];
  origin.replaceChildren(...verbatim(facts.filter(Boolean).join(" · ")));
  note.hidden = !article.updated;
  const parts = cut(article, citation)?.map(verbatim);
  copier.hidden = !parts;
  if (!parts) {
    body.replaceChildren(...verbatim(pointsOf(article).join("")));
    spoken.textContent = "The article has changed since this link was made: no sentence is marked.";
    return null;
  }
  const [before, lead, answer, rest, after] = parts;
  const strong = element("mark", { className: "answer" }, ...answer);
  const whole = !lead.join("") && !rest.join("");
  const mark = element("mark", { id: "cited", className: whole ? "sentence whole" : "sentence" }, ...lead, strong, ...rest);
  body.replaceChildren(...before, mark, ...after);
  spoken.textContent = `Source opened: ${article.title}${article.updated ? `. ${note.textContent}` : ""}`;
  return mark;
}

function paintMissing(status) {
  const reason = status === 404 ? "It is not in the archive, or not any more." : "It could not be loaded. Please try again.";
  title.textContent = "The article is not here";
  origin.textContent = "";
  note.hidden = true;
  copier.hidden = true;
  body.replaceChildren(reason);
  spoken.textContent = `${title.textContent}. ${reason}`;
  return null;
}

function reveal(hash) {
  if (!pane.open && phone.matches) pane.showModal();
  else if (!pane.open) pane.show();
  document.body.classList.add("pane-open");
  const hashes = siblings(cardOf(hash));
  walk.hidden = hashes.length < 2;
  place.textContent = `${hashes.indexOf(hash) + 1} of ${hashes.length}`;
  markOpenChip();
}

// The sentence goes a quarter down the pane. Not scrollIntoView: it moves the page behind, too.
function settle(mark, hash) {
  const down = mark ? mark.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 4 : -body.scrollTop;
  body.scrollTo({ top: body.scrollTop + down, behavior: calm.matches ? "auto" : "smooth" });
  title.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("room:shown", { detail: hash }));
}

function hide() {
  document.body.classList.remove("pane-open");
  if (!pane.open) return;
  pane.close();
  markOpenChip();
  const seen = (target) => target?.isConnected && target.checkVisibility();
  const targets = [opener, opener?.closest(".card")?.querySelector("a.chip"), document.querySelector("#question textarea")];
  targets.find(seen)?.focus();
}

// The answer a citation belongs to: the one it was opened from, else the latest that has it.
function cardOf(hash) {
  const chip = opener?.isConnected && opener.hash === hash ? opener : chips().findLast((each) => each.hash === hash);
  return chip?.closest(".card");
}

function siblings(card) {
  return card ? [...new Set([...card.querySelectorAll("a.chip")].map((chip) => chip.hash))] : [];
}

async function copy() {
  const mark = document.getElementById("cited");
  try {
    await navigator.clipboard.writeText(`“${mark.textContent}” — ${reference}`);
    spoken.textContent = "Quotation copied.";
    copier.textContent = "Copied";
    setTimeout(() => (copier.textContent = "Copy quotation"), 2000);
  } catch {
    getSelection().selectAllChildren(mark); // there is no clipboard without https
    spoken.textContent = "The quotation is selected: copy it with the keyboard.";
  }
}

pane.addEventListener("cancel", (event) => {
  event.preventDefault(); // Esc in a modal dialog: close through the history instead
  close();
});
pane.addEventListener("click", (event) => {
  if (event.target === pane) close(); // the backdrop of the sheet
});
phone.addEventListener("change", () => {
  if (!pane.open) return;
  pane.close(); // a sheet becomes a pane, or a pane a sheet
  show();
});
addEventListener("popstate", show);
