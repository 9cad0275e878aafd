// What the library asks of the server, and how it says that something went wrong.

import { say } from "./strings.js";
import { element, verbatim } from "./words.js";

/** Ask for `v1/<path>`; resolves to the JSON, rejects with `{ status, detail, lang, wait }`. */
export async function request(path, options = {}) {
  const reply = await fetch(new URL(`v1/${path}`, document.baseURI), options).catch(unreachable);
  const told = await reply.json().catch(() => ({}));
  if (reply.ok) return told;
  const wait = Number(reply.headers.get("retry-after")) || 0;
  if (reply.status === 401) throw { status: 401, detail: say("signed_out"), lang: null, wait };
  const detail = told.detail ?? say("library_failed", { status: reply.status });
  throw { status: reply.status, detail, lang: told.detail ? "en" : null, wait };
}

function unreachable() {
  throw { status: 0, detail: say("library_unreachable"), lang: null, wait: 0 };
}

/** What went wrong, as an element in its language: the server's reasons are English. */
export const spokenIn = ({ detail, lang }) => element("span", lang ? { lang } : {}, ...verbatim(detail));

/** Send a JSON object. */
export const sendJson = (path, values) =>
  request(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(values) });

/** Tell everyone that there are other articles now; `by` says who did it. */
export const tellChange = (by) => document.dispatchEvent(new CustomEvent("room:collection", { detail: by }));
