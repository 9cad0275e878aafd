// What the widget asks of the API, and in which plain words it says why there is no answer.

const PATIENCE_MS = 60_000;

/** A question that was not answered; `key` and `values` are those of the string that says why. */
export class Unanswered extends Error {
  constructor(key, values = {}, detail = "") {
    super(detail || key);
    Object.assign(this, { key, values });
  }
}

/** An API: `base` is the address of its `/v1/`, `key` is sent if there is one. */
export function serverAt(base, key) {
  const headers = { "Content-Type": "application/json", ...(key && { Authorization: `Bearer ${key}` }) };

  async function reach(path, given) {
    try {
      return await fetch(new URL(path, base), { credentials: "omit", referrerPolicy: "no-referrer", ...given });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      if (error.name === "TimeoutError") throw new Unanswered("talk_too_slow");
      throw new Unanswered(await whyUnreached());
    }
  }

  // To a page that may not see a reply, a browser does not say whether there was one: so it is asked
  // for what every page may have.
  async function whyUnreached() {
    if (navigator.onLine === false) return "widget_offline";
    const there = fetch(new URL("widget.js", base), { mode: "no-cors", credentials: "omit", cache: "no-store" });
    return there.then(() => "widget_not_allowed", () => "widget_unreachable");
  }

  return {
    /** The answer to a question; rejects with `Unanswered`, or as `signal` was aborted. */
    async ask(question, signal) {
      const either = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
      const body = JSON.stringify({ question });
      const reply = await reach("ask", { method: "POST", headers, body, signal: either });
      if (!reply.ok) throw refusal(reply, await reply.json().catch(() => ({})));
      return reply.json();
    },
    /** How many articles there are. */
    async articles() {
      const reply = await reach("health", {});
      return reply.ok ? (await reply.json()).articles : undefined;
    },
  };
}

function refusal(reply, { detail }) {
  const count = Number.parseInt(reply.headers.get("Retry-After"), 10);
  if (reply.status === 429 || reply.status === 503)
    return count > 0 ? new Unanswered("widget_busy", { count }, detail) : new Unanswered("talk_busy", {}, detail);
  if (reply.status === 401 || reply.status === 403) return new Unanswered("widget_no_access", {}, detail);
  if (reply.status === 400 || reply.status === 422) return new Unanswered("widget_malformed", {}, detail);
  return new Unanswered("widget_failed", {}, detail);
}
