// Words, dates and links of the widget. Whatever comes from articles becomes text nodes, never markup.
// TOLD (strings by language, the style, what is unsure) is written before this by widget.py.

const TURNS = /([\u202a-\u202e\u2066-\u2069])/;
const FRAGMENT_CHARS = 120; // a longer sentence is named by its first and last words
const FRAGMENT_WORDS = 5;

/** The strings of a language (the first one for languages that are not spoken), and how it writes. */
export function speaking(wanted) {
  const language = TOLD.strings[wanted] ? wanted : Object.keys(TOLD.strings)[0];
  const strings = TOLD.strings[language];
  const numbers = new Intl.NumberFormat(language);
  const days = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeZone: "UTC" });
  const shown = (value) => (typeof value === "number" ? numbers.format(value) : value);
  return {
    language,
    /** A string with its `{values}` put in; of one that has a twin `…_one`, that where `count` is 1. */
    say(key, values = {}) {
      const text = (values.count === 1 && strings[`${key}_one`]) || strings[key];
      return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(values[name]) : whole));
    },
    /** "13 July 2025"; what is no day is returned as it is. */
    day(published) {
      const moment = new Date(`${published.slice(0, 10)}T00:00:00Z`);
      return isNaN(moment) ? published : days.format(moment);
    },
  };
}

/** Make an element; children are nodes or text, never markup. No `style`: a strict policy forbids it. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Text as nodes. Controls of writing direction get an element each, where they turn nothing around. */
export function verbatim(text) {
  return text.split(TURNS).map((part) => (TURNS.test(part) ? element("bdi", {}, part) : part));
}

/** The publisher's address, opening at the quotation where the browser can; null if it is no web address. */
export function linkTo(address, quote) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const parts = fragmentParts(quote).map((part) => encodeURIComponent(part).replaceAll("-", "%2D"));
  return `${url.href}${url.hash ? "" : "#"}:~:text=${parts.join(",")}`;
}

// One text may not go across paragraphs, a range from its first words to its last ones may.
function fragmentParts(quote) {
  const text = quote.trim().replace(/\s+/g, " ");
  const words = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ index, segment }) => ({ start: index, end: index + segment.length }));
  const short = text.length <= FRAGMENT_CHARS && !quote.trim().includes("\n");
  if (short || words.length < 2 * FRAGMENT_WORDS) return [text];
  const first = text.slice(words[0].start, words[FRAGMENT_WORDS - 1].end);
  return [first, text.slice(words.at(-FRAGMENT_WORDS).start, words.at(-1).end)];
}
