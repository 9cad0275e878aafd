// Which conversation the page's address names: `?c=<id>` one's own, `?shared=<token>` somebody's.

import { conversation } from "./desk.js";

let drawn; // what the cards were last; undefined before there are any

/** Whether the page shows somebody's conversation by a shared link. */
export const isShared = () => new URL(location).searchParams.has("shared");

/** After Gradio has drawn: keep the id of the open conversation in the address, for a reload. */
export function tidy() {
  const cards = document.querySelector("#chat .card") !== null;
  if (!cards && drawn === undefined) return; // the address may name what is still to come
  const id = cards ? conversation() : null;
  const now = id ?? String(cards);
  if (now === drawn) return;
  const first = drawn === undefined;
  drawn = now;
  if (!(first && isShared())) name(id);
}

// An older step of the history names what was open then, but the page shows what is open now.
addEventListener("popstate", () => {
  const id = conversation();
  if (id || drawn === "false") name(id);
});

function name(id) {
  const url = new URL(location);
  url.searchParams.delete("shared"); // what is asked from here on is a conversation of one's own
  if (id) url.searchParams.set("c", id);
  else url.searchParams.delete("c");
  const address = url.pathname + url.search + url.hash;
  if (url.href !== location.href) history.replaceState(history.state, "", address);
}
