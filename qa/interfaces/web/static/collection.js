// The line that says how many articles there are: said anew when they are others than before, be it by
// this page or by a program beside it, which an answer tells by what it says was searched.

import { recount } from "./desk.js";
import { tellChange } from "./library_server.js";

let seen = "";

/** After Gradio has drawn: compare what was searched last with what the line says. */
export function tidy() {
  const line = document.querySelector("#collection p")?.textContent;
  const searched = [...document.querySelectorAll("#chat .searched")].at(-1)?.textContent ?? "";
  if (!line || searched === seen) return;
  seen = searched;
  if (searched && !searched.includes(` ${line}`)) tellChange("chat"); // "64 articles" is no "4 articles"
}

/** Begin to follow. */
export function start() {
  document.addEventListener("room:collection", recount);
}
