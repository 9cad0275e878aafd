// The desk: the question field, and what is sent along with a question. The way from any other
// module to the server's conversation: Gradio hears a field only through events of the browser.

const field = (id) => document.querySelector(`#${id} textarea, #${id} input`);

function write(id, text) {
  const target = field(id);
  if (!target) return false;
  target.value = text;
  target.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

/** Ask a question as if it had been typed; `scope` (see filters.js) goes along. */
export function ask(question) {
  if (!write("question", question)) return;
  // Gradio takes a field's text up in its own time.
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById("ask")?.click()));
}

/** Have the field hold this. */
export const typeIn = (question) => write("question", question);

/** Put a question into the field to be edited. */
export function suggest(question) {
  typeIn(question);
  const target = field("question");
  target?.focus();
  target?.setSelectionRange(question.length, question.length);
}

/** Send this along with all further questions: a JSON object, see `qa/interfaces/web/scope.py`. */
export const narrow = (scope) => write("scope", JSON.stringify(scope));

/** The conversation that is open: its id, or null before the first answer. */
export function conversation() {
  const card = document.querySelector("#chat .card[id^='t-']");
  return card ? card.id.slice(2, card.id.lastIndexOf("-")) : null;
}

/** Go from wherever the page is to the conversation, where the next question is put. */
export function returnToDesk() {
  if (location.hash) {
    history.pushState({}, "", location.pathname + location.search);
    dispatchEvent(new PopStateEvent("popstate"));
  }
  field("question")?.focus();
}

/** Say anew how many articles there are. */
export const recount = () => document.getElementById("recount")?.click();

/** Start a new conversation. */
export const startAnew = () => document.getElementById("new")?.click();
