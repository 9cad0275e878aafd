// A quotation to take away: as plain text, Markdown, BibTeX or a link. Pure: no page in here.

import { say } from "./strings.js";
import { dateInWords } from "./words.js";

/** The forms of a quotation, in the order of the menu. */
export const FORMATS = ["plain", "markdown", "bibtex", "link"];

const QUOTED = /^["'“‘„«]/;
const FRAGMENT_CHARS = 120; // a longer sentence is named by its first and last words
const FRAGMENT_WORDS = 5;
const TURN_ENDS = { "\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069" };
const TEX = {
  "\\": "\\textbackslash{}",
  "{": "\\textbraceleft{}", // BibTeX counts braces, escaped ones too
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/**
 * Return a quotation as text. `what` holds `quote`, `title`, `id`, `link` and, where they are known,
 * `outlet`, `published`, `authors` (a list) and `address` (of the publisher's page).
 */
export const quotation = (format, what) => ({ plain, markdown, bibtex, link: ({ link }) => link })[format](what);

function plain({ quote, title, outlet, published, address }) {
  const facts = [closed(oneLine(title)), outlet && closed(oneLine(outlet)), inWords(published), webAddress(address)];
  return `${inMarks(closed(quote))} — ${facts.filter(Boolean).join(", ")}`;
}

// What begins with a quotation mark gets no second one around it.
const inMarks = (quote) => (QUOTED.test(quote) ? quote : say("copy_quoted", { quote }));

function markdown({ quote, title, outlet, published, address }) {
  const shown = markdownText(oneLine(title));
  const to = webAddress(address);
  const facts = [to ? `[${shown}](${inBrackets(to)})` : shown, outlet && markdownText(oneLine(outlet)), inWords(published)];
  const lines = quote.split("\n").map((line) => `> ${markdownText(line)}`.trimEnd());
  return `${lines.join("\n")}\n>\n> — ${facts.filter(Boolean).join(", ")}\n`;
}

function bibtex({ quote, title, outlet, published, authors, address, id }) {
  const year = /^\d{4}/.exec(published ?? "")?.[0];
  const fields = {
    author: authors?.map(author).join(" and "),
    title: `{${tex(title)}}`, // twice in braces: its capitals stay
    journal: outlet && tex(outlet),
    year,
    date: /^\d{4}(-\d\d){0,2}/.exec(published ?? "")?.[0],
    url: webAddress(address) && inBraces(webAddress(address)),
    note: QUOTED.test(quote) ? tex(quote) : `“${tex(quote)}”`,
  };
  const lines = Object.entries(fields).filter(([, value]) => value);
  const body = lines.map(([name, value]) => `  ${name} = {${value}},\n`).join("");
  return `@${outlet ? "article" : "misc"}{${key(outlet || title, year, id)},\n${body}}\n`;
}

/** The publisher's address that opens at a quotation, where the browser can; null if it is no web address. */
export function withFragment(address, quote) {
  const to = webAddress(address);
  if (!to || !quote?.trim()) return to;
  return `${to}${to.includes("#") ? "" : "#"}:~:text=${textParts(quote).map(fragmentText).join(",")}`;
}

// A range may go across paragraphs, a single text may not.
function textParts(quote) {
  const text = oneLine(quote);
  if (text.length <= FRAGMENT_CHARS && !quote.includes("\n")) return [text];
  const words = wordsOf(text);
  if (words.length < 2 * FRAGMENT_WORDS) return [text];
  const ends = [words.slice(0, FRAGMENT_WORDS), words.slice(-FRAGMENT_WORDS)];
  return ends.map((part) => text.slice(part[0].start, part.at(-1).end));
}

// Not by spaces: some languages have none, and a match begins and ends at the edges of words.
function wordsOf(text) {
  const found = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)];
  return found
    .filter(({ isWordLike }) => isWordLike)
    .map(({ index, segment }) => ({ start: index, end: index + segment.length }));
}

// What encodeURIComponent leaves alone and the directive takes for its own: the hyphen.
const fragmentText = (text) => encodeURIComponent(text.toWellFormed()).replaceAll("-", "%2D");

/** Text as Markdown that shows it and does nothing else: no markup, no link, no mention, no entity. */
export function markdownText(text) {
  return closed(text)
    .trim()
    .replace(/[\\`*_{}[\]<>()#|~&$^@]|:(?=\S)|(?<=\bwww)\./gi, "\\$&")
    .replace(/^[-+=]|(?<=^\d+)[.)]/gm, "\\$&");
}

const tex = (text) =>
  closed(oneLine(text)).replace(/[\\{}~^%#_&$]/g, (character) => TEX[character] ?? `\\${character}`);

// A name that holds the word BibTeX tells names apart by is one name all the same.
const author = (name) => (/\band\b/i.test(name) ? `{${tex(name)}}` : tex(name));

// The same for an article whenever it is quoted, and another one for another article.
function key(name, year = "", id) {
  const words = name.normalize("NFD").toLowerCase().match(/[a-z0-9]+/g) ?? ["article"];
  return `${words.slice(0, 3).join("")}${year}-${checksum(id)}`;
}

// FNV-1a, 32 bits
function checksum(text) {
  const bytes = new TextEncoder().encode(text);
  const sum = bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5);
  return (sum >>> 0).toString(16).padStart(8, "0");
}

const inWords = (published) => published && dateInWords(published);
const oneLine = (text) => text.trim().replace(/\s+/g, " ");
const percent = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
const inBraces = (address) => address.replace(/[{}\\]/g, percent);
const inBrackets = (address) => address.replace(/[()<>[\]\\|*_`~]/g, percent);

function webAddress(address) {
  const url = address && URL.canParse(address) ? new URL(address) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

// Writing direction that was turned is turned back at the end: what stands behind stays readable.
function closed(text) {
  const open = [];
  for (const character of text) {
    if (character in TURN_ENDS) open.push(TURN_ENDS[character]);
    else if (open.at(-1) === character) open.pop();
  }
  return text + open.reverse().join("");
}
