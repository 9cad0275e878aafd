// The page's own words, in its language: put into the page by the server as `<script id="strings">`.

const told = document.getElementById("strings");
const { language, strings, login } = told ? JSON.parse(told.textContent) : { language: "en", strings: {}, login: false };
const numbers = new Intl.NumberFormat(language);

/** The language of the page, as Intl takes it. */
export const LANGUAGE = language === "en" ? "en-GB" : language;

/** Whether whoever sees this page has signed in. */
export const signedIn = login;

/** A string with its `{values}` put in; of one that has a twin `…_one`, that where `count` is 1. */
export function say(key, values = {}) {
  const text = (values.count === 1 && strings[`${key}_one`]) || strings[key];
  if (text === undefined) throw new Error(`no string is called ${key}`);
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? numbers.format(value) : value;
  });
}
