// Every word of the interface. A word is a pair, French then English, in ICU message format, so that none can be missing in one
// language; the files of words/ are by place of use. Words of labs and questions live with their content.
import { createTranslator, type Messages as IntlMessages } from "next-intl";
import { frenchSpaces } from "./french-spaces.ts";
import type { Locale } from "./locale.ts";
import { admin } from "./words/admin.ts";
import { audit } from "./words/audit.ts";
import { common } from "./words/common.ts";
import { home } from "./words/home.ts";
import { lab } from "./words/lab.ts";
import { learn } from "./words/learn.ts";
import { notices } from "./words/notices.ts";
import { people } from "./words/people.ts";
import { quiz } from "./words/quiz.ts";
import { refusals } from "./words/refusals.ts";
import { replay } from "./words/replay.ts";
import { teach } from "./words/teach.ts";
import { terminal } from "./words/terminal.ts";

export const areas = { admin, audit, common, home, lab, learn, notices, people, quiz, refusals, replay, teach, terminal };
export type Area = keyof typeof areas;
type KeyOf<A extends Area> = A extends Area ? `${A}.${string & keyof (typeof areas)[A]}` : never;
export type Key = KeyOf<Area>;
type Values = Readonly<Record<string, string | number | Date>>;
export type Words = (key: Key, values?: Values) => string;

export type Messages = { [area: string]: { [key: string]: string } };

/** The messages of some areas in one language, as the client's provider takes them. */
export function messagesOf(locale: Locale, wanted: readonly Area[]): Messages {
  const messages: Messages = {};
  for (const area of wanted) {
    const pairs: readonly (readonly [string, readonly [string, string]])[] = Object.entries(areas[area]);
    messages[area] = Object.fromEntries(pairs.map(([key, [fr, en]]) => [key, locale === "fr" ? frenchSpaces(fr) : en]));
  }
  return messages;
}

const known = new Map<Locale, Words>();

/** Words for server components and actions; client components use `useWords`. */
export function wordsOf(locale: Locale): Words {
  const made = known.get(locale);
  if (made) return made;
  const all: IntlMessages = messagesOf(locale, Object.keys(areas).filter(isArea));
  const translate = createTranslator({ locale, messages: all, timeZone: "Europe/Paris" });
  const words: Words = (key, values) => translate(key, values);
  known.set(locale, words);
  return words;
}

function isArea(name: string): name is Area {
  return Object.hasOwn(areas, name);
}
