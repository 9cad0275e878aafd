// The sections of the room and how it looks: a line of links on top, and light or dark.

import { returnToDesk } from "./desk.js";
import { forget } from "./draft.js";
import { element } from "./words.js";
import { say, signedIn } from "./strings.js";

const THEMES = ["system", "light", "dark"];
const KEPT = "pullquote.theme";
const SECTIONS = { "#library": "library", "#history": "history" };
const system = matchMedia("(prefers-color-scheme: dark)");

const here = () => location.pathname + location.search;
const link = (section, href) => element("a", { href, id: `nav-${section}` }, say(`nav_${section}`));

const sections = [link("ask", "#"), link("library", "#library"), link("history", "#history")];
const theme = element("select", { id: "theme", label: say("nav_theme") });
theme.append(...THEMES.map((name) => element("option", { value: name }, say(`nav_${name}`))));
const nav = element("nav", { id: "nav", label: say("nav_label") }, ...sections, theme);
if (signedIn) nav.append(signOut());

function signOut() {
  const button = element("button", { type: "submit" }, say("nav_sign_out"));
  return element("form", { method: "post", action: new URL("logout", document.baseURI).href, onsubmit: forget }, button);
}

// With <base href> in the page a bare "#…" would drop the query.
nav.addEventListener("click", (event) => {
  const chosen = event.target.closest("a");
  if (!chosen || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const hash = new URL(chosen.href).hash;
  if (!hash) returnToDesk();
  else if (hash !== location.hash) {
    history.pushState({}, "", here() + hash);
    dispatchEvent(new PopStateEvent("popstate"));
  }
});

function showWhere() {
  for (const each of sections) {
    const section = each.id.slice(4);
    if ((SECTIONS[location.hash] ?? "ask") === section) each.setAttribute("aria-current", "page");
    else each.removeAttribute("aria-current");
  }
}

function kept() {
  try {
    return localStorage.getItem(KEPT) ?? "system";
  } catch {
    return "system"; // no storage allowed
  }
}

// Gradio sets the class by the system and again whenever that changes.
function paint() {
  const wanted = kept();
  const dark = wanted === "dark" || (wanted === "system" && system.matches);
  if (document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
}

/** Put the line of links on top, and the theme that was chosen on the page. */
export function start() {
  document.body.prepend(nav);
  theme.value = kept();
  theme.addEventListener("change", () => {
    try {
      localStorage.setItem(KEPT, theme.value);
    } catch {
      // it lasts as long as the page
    }
    paint();
  });
  if (!new URLSearchParams(location.search).has("__theme")) {
    new MutationObserver(paint).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    paint();
  }
  addEventListener("popstate", showWhere);
  addEventListener("hashchange", showWhere);
  showWhere();
}
