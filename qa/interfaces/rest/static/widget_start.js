// Puts the widget where its <script> stands, or into the element that data-target names.

import { makeBox } from "./widget_box.js";
import { serverAt } from "./widget_server.js";
import { speaking } from "./widget_words.js";

const script = document.currentScript;

function start() {
  const { target, language, key, title, theme } = script.dataset;
  const wanted = language || script.closest("[lang]")?.lang || "";
  const words = speaking(wanted.split("-")[0].toLowerCase());
  const server = serverAt(script.src, key);
  const where = { server: new URL(script.src).origin, site: location.origin };
  place(makeBox({ server, words, title, theme: ["light", "dark"].find((each) => each === theme), where }), target);
}

function place(made, target) {
  const into = target && document.getElementById(target.replace(/^#/, ""));
  if (target && !into) console.error(`pullquote: there is no element with the id “${target}”`);
  if (into) into.append(made);
  else if (script.closest("body")) script.after(made);
  else document.body.append(made);
}

if (!script) console.error("pullquote: load widget.js by a plain <script>, without type=module");
else if (document.readyState === "loading" && (script.dataset.target || !script.closest("body")))
  document.addEventListener("DOMContentLoaded", start, { once: true });
else start();
