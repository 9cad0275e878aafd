// What can be done with the open conversation: share it by a link, take it along as a file. A line
// above the answers, there once the conversation is stored; one panel at a time folds out below it.

import { isShared } from "./address.js";
import { conversation } from "./desk.js";
import { say } from "./strings.js";
import { element } from "./words.js";

const FORMATS = [["md", "share_markdown"], ["html", "share_html"], ["json", "share_json"]];
const button = (text, onclick) => element("button", { type: "button", onclick }, text);

const field = element("input", { type: "text", readOnly: true, className: "talk-link", label: say("share_link") });
field.onfocus = () => field.select();
const files = element("p", { id: "talk-files", className: "talk-panel", hidden: true });
const shared = element(
  "div",
  { id: "talk-shared", className: "talk-panel", hidden: true },
  element("p", {}, say("share_who")),
  element("p", { className: "talk-row" }, field, button(say("share_copy"), copy), button(say("share_stop"), stopSharing)),
);
const sharer = discloser(say("share_open"), shared, share);
const exporter = discloser(say("share_export"), files, () => unfold(exporter));
const told = element("p", { className: "talk-told", role: "status" });
const bar = element("p", { className: "talk-bar" }, sharer, exporter);
const own = element("div", { role: "group", label: say("share_menu"), hidden: true }, bar, shared, files);
const guest = element(
  "p",
  { className: "talk-guest", hidden: true },
  `${say("share_reading")} `,
  element("a", { href: document.baseURI.split("#")[0] }, say("share_own")),
);
const menu = element("div", { id: "talk", className: "talk" }, own, guest, told);

let of = null; // the conversation that the menu is about
let token = null; // by which it is shared, as far as this page knows

const address = (rest) => new URL(`v1/conversations/${encodeURIComponent(of)}/${rest}`, document.baseURI);

/** After Gradio has drawn: show the menu of the conversation that is open. */
export function tidy() {
  const chat = document.getElementById("chat");
  if (!chat) return;
  if (menu.nextElementSibling !== chat) chat.before(menu);
  const id = conversation(); // none for what somebody shared: its cards have no ids
  guest.hidden = id !== null || !isShared() || !chat.querySelector(".card");
  if (id !== of) begin(id);
}

function begin(id) {
  of = id;
  token = null;
  own.hidden = !id;
  told.textContent = "";
  fold();
  if (!id) return;
  const link = ([format, key]) => element("a", { href: String(address(`export?format=${format}`)), download: "" }, say(key));
  files.replaceChildren(element("span", {}, say("share_as")), ...FORMATS.flatMap((each) => [" ", link(each)]));
}

// ---- panels ----

function discloser(text, panel, onopen) {
  const made = button(text, () => (panel.hidden ? onopen() : fold()));
  made.setAttribute("aria-expanded", "false");
  made.setAttribute("aria-controls", panel.id);
  return made;
}

const panelOf = (opener) => (opener === sharer ? shared : files);

function unfold(opened) {
  for (const opener of [sharer, exporter]) {
    opener.setAttribute("aria-expanded", String(opener === opened));
    panelOf(opener).hidden = opener !== opened;
  }
  told.textContent = "";
}

const fold = () => unfold(null);

menu.addEventListener("keydown", (event) => {
  const opener = [sharer, exporter].find((each) => !panelOf(each).hidden);
  if (event.key !== "Escape" || !opener) return;
  event.stopPropagation(); // or the pane would close, too
  fold();
  opener.focus();
});

// ---- sharing ----

async function share() {
  const asked = of;
  const reply = token ? null : await send("POST");
  if (asked !== of) return; // another conversation has been opened meanwhile
  if (reply?.ok) token = (await reply.json()).shared;
  unfold(token ? sharer : null);
  if (!token) {
    complain(reply);
    return;
  }
  field.value = String(new URL(`?shared=${encodeURIComponent(token)}`, document.baseURI));
  field.focus();
}

async function stopSharing() {
  const asked = of;
  const reply = await send("DELETE");
  if (asked !== of) return;
  if (!reply.ok) {
    complain(reply);
    return;
  }
  token = null;
  fold();
  sharer.focus();
  told.textContent = say("share_stopped");
}

const send = (method) => fetch(address("share"), { method }).catch(() => ({ ok: false }));

function complain(reply) {
  told.textContent = say({ 401: "signed_out", 403: "share_refused" }[reply.status] ?? "share_failed");
}

async function copy() {
  try {
    await navigator.clipboard.writeText(field.value);
    told.textContent = say("share_copied");
  } catch {
    field.focus(); // there is no clipboard without https
    field.select();
    told.textContent = say("share_selected");
  }
}
