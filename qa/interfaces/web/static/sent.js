// The question as it was when it was sent. Gradio reads the field a moment later, on a busy machine many
// frames later; whoever types on without waiting would have asked what they were typing.

let sent = []; // not posted yet, oldest first

/** A question is sent off, perhaps while another one is on its way or being answered. */
export function note(text, meanwhile) {
  if (!meanwhile) sent = [];
  sent.push({ text, meanwhile });
}

/** What Gradio posts, with the question as it was sent. */
export function asSent(init) {
  if (!sent.length) return init;
  const { text } = sent[0].meanwhile ? sent.at(-1) : sent[0];
  // Of several that are sent while one is answered, Gradio posts the last.
  sent = sent[0].meanwhile ? [] : sent.slice(1);
  const body = JSON.parse(init.body);
  if (body.data) body.data[0] = text;
  return { ...init, body: JSON.stringify(body) };
}

/** The question in what is posted; nothing where there is none. */
export const posted = (init) => String(JSON.parse(init.body).data?.[0] ?? "").trim();
