// Every word of the interface. A word is a pair, French then English, in ICU message format, so that none can be missing in one
// language; the files of words/ are by place of use. Words of labs and questions live with their content.
import compile from "icu-minify/compile";
import { frenchSpaces } from "./french-spaces.ts";
import type { Locale } from "./locale.ts";
import { type CompiledMessage, say, type Values } from "./say.ts";
import { admin } from "./words/admin.ts";
import { audit } from "./words/audit.ts";
import { common } from "./words/common.ts";
import { files } from "./words/files.ts";
import { home } from "./words/home.ts";
import { lab } from "./words/lab.ts";
import { learn } from "./words/learn.ts";
import { notices } from "./words/notices.ts";
import { people } from "./words/people.ts";
import { picture } from "./words/picture.ts";
import { quiz } from "./words/quiz.ts";
import { refusals } from "./words/refusals.ts";
import { replay } from "./words/replay.ts";
import { teach } from "./words/teach.ts";
import { terminal } from "./words/terminal.ts";
import { transcript } from "./words/transcript.ts";

export const areas = { admin, audit, common, files, home, lab, learn, notices, people, picture, quiz, refusals, replay, teach, terminal, transcript };
export type Area = keyof typeof areas;
type KeyOf<A extends Area> = A extends Area ? `${A}.${string & keyof (typeof areas)[A]}` : never;
export type Key = KeyOf<Area>;
export type Words = (key: Key, values?: Values) => string;

export type Messages = { readonly [key: string]: CompiledMessage };

/** The compiler's objects have no prototype, which React does not hand to client components. */
function plain(message: CompiledMessage): CompiledMessage {
  return structuredClone(message);
}

const compiled = new Map<Locale, Map<string, CompiledMessage>>();

function compiledOf(locale: Locale): ReadonlyMap<string, CompiledMessage> {
  const known = compiled.get(locale);
  if (known) return known;
  const made = new Map<string, CompiledMessage>();
  for (const [area, words] of Object.entries(areas)) {
    const pairs: readonly (readonly [string, readonly [string, string]])[] = Object.entries(words);
    for (const [key, [fr, en]] of pairs) made.set(`${area}.${key}`, plain(compile(locale === "fr" ? frenchSpaces(fr) : en)));
  }
  compiled.set(locale, made);
  return made;
}

/** The messages of some areas in one language, by key, as the client's provider takes them. */
export function messagesOf(locale: Locale, wanted: readonly Area[]): Messages {
  const prefixes = wanted.map((area) => `${area}.`);
  return Object.fromEntries([...compiledOf(locale)].filter(([key]) => prefixes.some((prefix) => key.startsWith(prefix))));
}

/** Words for server components and actions; client components use `useWords`. */
export function wordsOf(locale: Locale): Words {
  const messages = compiledOf(locale);
  return (key, values) => say(messages.get(key) ?? key, locale, values);
}
