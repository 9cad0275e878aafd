// Which day was that? Days are the reader's, not the server's.

import { say } from "./strings.js";
import { dateInWords } from "./words.js";

/** The day of a moment where the reader is: "2026-03-01". */
export function dayOf(moment) {
  const parts = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

/** "Today", "Yesterday" or the date. */
export function dayInWords(day) {
  const now = new Date();
  if (day === dayOf(now)) return say("history_today");
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  return day === dayOf(before) ? say("history_yesterday") : dateInWords(day);
}
