// What can be done with an article in the pane: ask only it, show what was set aside, go to the publisher.

import { wordsOf } from "./pane_text.js";
import { withFragment } from "./quotation.js";
import { say } from "./strings.js";

/** The items of the menu for what is in view; `deeds` is what the pane can do for them. */
export function actions({ article, citation, aside }, deeds) {
  const narrowTo = (scope, done) => () => narrow(scope, say(done), deeds);
  const items = [{ text: say("pane_ask_article"), onclick: narrowTo({ articles: [article.id], story: null }, "pane_asking_article") }];
  if (article.copies.length) {
    items.push({ text: say("pane_ask_report"), onclick: narrowTo({ articles: [], story: article.id }, "pane_asking_report") });
  }
  if (article.marks.length) {
    items.push({ text: say("pane_aside"), checked: aside, onclick: () => toggle(!aside, deeds) });
  }
  const href = withFragment(article.address, citation && wordsOf(article, citation.start, citation.end));
  if (href) items.push({ text: say("pane_publisher"), href });
  return items;
}

async function narrow(scope, done, { tell, leave }) {
  try {
    const { setScope } = await import("./filters.js");
    setScope(scope);
    tell(done);
    leave();
  } catch {
    tell(say("pane_not_narrowed"));
  }
}

function toggle(aside, { tell, setAside }) {
  setAside(aside);
  tell(say(aside ? "pane_aside_shown" : "pane_aside_hidden"));
}

/** Paint anew, and keep what is at the top of the text where it is. */
export function keepingPlace(body, repaint) {
  const top = () => body.getBoundingClientRect().top;
  const seen = [...body.children].find((each) => each.getBoundingClientRect().bottom > top() + 1);
  const [words, was] = [seen?.textContent, seen?.getBoundingClientRect().top];
  repaint();
  const again = [...body.children].find((each) => words && each.textContent === words);
  if (again) body.scrollTop += again.getBoundingClientRect().top - was;
}
