// The box: a question, what is done about it, and the answer; in a shadow, so that no style gets in or out.

import { answerNodes } from "./widget_answer.js";
import { Unanswered } from "./widget_server.js";
import { element } from "./widget_words.js";

const MAX_QUESTION_CHARS = 1000;

/** Make the widget's element. `title` stands above the field, `theme` is "light", "dark" or nothing. */
export function makeBox({ server, words, title, theme, where }) {
  const host = element("pullquote-widget");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet(); // no <style>: a policy without 'unsafe-inline' forbids that
  sheet.replaceSync(TOLD.style);
  shadow.adoptedStyleSheets = [sheet];
  const parts = partsOf(words, title || words.say("widget_label"));
  const box = element("section", { class: "box", dir: "ltr", lang: words.language, "aria-labelledby": "label" });
  if (theme) box.classList.add(theme);
  box.append(parts.form, parts.status, parts.answer, parts.foot);
  shadow.append(box);
  // What cannot work at all is said at once, and nothing else is offered.
  const closed = (key) => box.replaceChildren(element("p", { class: "closed", role: "status" }, words.say(key, where)));
  listen({ ...parts, box, server, words, closed, where });
  return host;
}

function partsOf(words, title) {
  const field = element("input", { id: "question", type: "text", maxlength: MAX_QUESTION_CHARS, dir: "auto" });
  for (const [name, value] of [["autocomplete", "off"], ["enterkeyhint", "search"]]) field.setAttribute(name, value);
  const line = element("div", { class: "line" }, field, element("button", {}, words.say("widget_ask")));
  const label = element("label", { id: "label", for: "question", dir: "auto" }, title);
  return {
    field,
    form: element("form", {}, label, line),
    status: element("p", { class: "status", role: "status" }),
    answer: element("div", { class: "answer", "aria-live": "polite" }),
    foot: element("p", { class: "foot" }),
  };
}

function listen({ box, form, field, status, answer, foot, server, words, closed, where }) {
  let asking = new AbortController();

  async function ask(question) {
    asking.abort(); // whoever asks anew does not wait for the old answer
    const mine = (asking = new AbortController());
    begin();
    try {
      const reply = await server.ask(question, mine.signal);
      if (!mine.signal.aborted) end("", answerNodes(reply, words));
    } catch (error) {
      if (!mine.signal.aborted) failed(error);
    }
  }

  function begin() {
    box.setAttribute("aria-busy", "true");
    answer.replaceChildren();
    status.classList.remove("trouble");
    status.textContent = words.say("widget_searching");
  }

  function end(said, nodes = []) {
    box.removeAttribute("aria-busy");
    status.textContent = said;
    answer.replaceChildren(...nodes);
  }

  function failed(error) {
    const { key, values } = error instanceof Unanswered ? error : new Unanswered("widget_failed");
    console.warn("pullquote:", error.message); // for who runs this site; readers get plain words
    if (key === "widget_not_allowed") return closed(key);
    status.classList.add("trouble");
    return end(words.say(key, { ...where, ...values }));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = field.value.trim();
    if (question) ask(question);
    else field.focus();
  });
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    const ours = effectiveDirective === "connect-src" && blockedURI.startsWith(where.server);
    if (ours) closed("widget_policy");
  });
  server.articles().then(
    (count) => (foot.textContent = count === undefined ? "" : words.say("widget_articles", { count })),
    ({ key }) => key === "widget_not_allowed" && closed(key), // else it may work by the time of a question
  );
}
