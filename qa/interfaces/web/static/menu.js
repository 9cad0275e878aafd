// A menu that opens from a button: arrow keys, Home, End, Esc, and a click elsewhere closes it.

import { element } from "./words.js";

const EDGE_PX = 8;

/**
 * Make the menu of a button and return it, to be put behind the button. `items()` is asked each time it
 * opens, for objects of `text`, and `onclick` or `href`, and `checked` where one can be chosen
 * (`choice: true` if only one of them can be).
 */
export function menu(button, label, items) {
  const box = element("div", { className: "menu", popover: "auto", role: "menu", label });
  button.popoverTargetElement = box;
  button.setAttribute("aria-haspopup", "menu");
  box.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "open") box.replaceChildren(...items().map((item) => itemElement(item, box, button)));
  });
  box.addEventListener("toggle", ({ newState }) => {
    button.setAttribute("aria-expanded", String(newState === "open"));
    if (newState !== "open") return;
    place(box, button);
    (box.querySelector("[aria-checked=true]") ?? box.firstElementChild)?.focus();
  });
  box.addEventListener("keydown", (event) => onKey(event, box, button));
  return box;
}

function itemElement({ text, href, onclick, checked, choice }, box, button) {
  const kind = checked === undefined ? "menuitem" : choice ? "menuitemradio" : "menuitemcheckbox";
  const made = href
    ? element("a", { href, target: "_blank", rel: "noopener noreferrer", role: kind, tabIndex: -1 }, text)
    : element("button", { type: "button", role: kind, tabIndex: -1 }, text);
  if (checked !== undefined) made.setAttribute("aria-checked", String(checked));
  made.addEventListener("click", () => {
    box.hidePopover();
    button.focus({ preventScroll: true });
    onclick?.();
  });
  return made;
}

function place(box, button) {
  const at = button.getBoundingClientRect();
  const fits = at.bottom + box.offsetHeight + EDGE_PX < innerHeight;
  box.style.left = `${Math.max(EDGE_PX, Math.min(at.left, innerWidth - box.offsetWidth - EDGE_PX))}px`;
  box.style.top = `${fits ? at.bottom + 4 : Math.max(EDGE_PX, at.top - box.offsetHeight - 4)}px`;
}

function onKey(event, box, button) {
  event.stopPropagation(); // a key in a menu is for the menu alone
  const all = [...box.children];
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) all.at(to % all.length).focus();
  else if (event.key === "Escape") button.focus({ preventScroll: true });
  if (to !== undefined || event.key === "Escape") event.preventDefault();
  if (event.key === "Escape" || event.key === "Tab") box.hidePopover();
}
