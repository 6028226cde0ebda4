// What virsh prints in the language of the environment: messages by libvirt's catalogue, labels and states word by word. XML and names stay.
import { type Sys, encode } from "../../kernel/sys.ts";
import { localNumber } from "../kit/locale.ts";
import { inFrench } from "../kit/messages/declared-french.ts";
import { frenchVirshOptions } from "../kit/messages/french-help/virsh-options.ts";
import { helpDomain, programMessages } from "../kit/messages/translate.ts";

const LABELLED = /^([A-Z][\w ()/-]*:)( +)(.*)$/;
const SIZE = /^\d+\.\d+ ?(?:B|KiB|MiB|GiB|TiB|s)$/;

function padBytes(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - encode(text).length));
}

/** Lines of a command's answer. */
export function localAnswer(sys: Sys, text: string): string {
  const messages = programMessages(sys, "virsh");
  if (messages === undefined) return text;
  return text.split("\n").map((line) => {
    if (line === "" || /^[ <]/.test(line) || /^[\w.:/-]+$/.test(line)) return line;
    const labelled = LABELLED.exec(line);
    if (labelled === null) return messages.text(line);
    const [, label = "", blanks = "", value = ""] = labelled;
    // "%-15s %s" counts bytes
    return `${padBytes(messages.word(label), label.length + blanks.length - 1)} ${SIZE.test(value) ? localNumber(sys, value) : messages.word(value)}`;
  }).join("\n");
}

/** What a command does, as its declaration says it. */
export function localHelp(sys: Sys, help: string): string {
  return helpDomain(sys, "virsh") === undefined ? help : inFrench(help);
}

const optionWords = new Map(frenchVirshOptions);

/** What an option of a command means; undefined: in English. */
export function localOption(sys: Sys, name: string): string | undefined {
  return helpDomain(sys, "virsh") === undefined ? undefined : optionWords.get(name);
}

/** A state, a heading: one word of ours. */
export function localWord(sys: Sys, word: string): string {
  return programMessages(sys, "virsh")?.word(word) ?? word;
}

/** "error: …" */
export function localError(sys: Sys, text: string): string {
  const messages = programMessages(sys, "virsh");
  return messages === undefined ? `error: ${text}\n` : `erreur\u00a0:${messages.text(text)}\n`;
}
