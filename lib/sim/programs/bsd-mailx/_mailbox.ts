// A mailbox in mbox form (mbox(5)): messages behind "From " lines.

import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

export interface Message {
  /** with its "From " line */
  text: string;
  status: "new" | "unread" | "read";
  deleted: boolean;
  saved: boolean;
}

export function splitMailbox(text: string): Message[] {
  const messages: Message[] = [];
  for (const part of text.split(/^(?=From \S)/m)) {
    if (!part.startsWith("From ")) continue;
    const status = /^Status: *(\S*)/im.exec(part.slice(0, part.indexOf("\n\n") + 1))?.[1] ?? "";
    messages.push({ text: part, status: status.includes("R") ? "read" : status.includes("O") ? "unread" : "new", deleted: false, saved: false });
  }
  return messages;
}

/** The value of a header line, with its continuation. */
export function headerOf(message: Message, name: string): string | undefined {
  const head = message.text.slice(0, message.text.indexOf("\n\n") + 1).replace(/\n[ \t]+/g, " ");
  for (const line of head.split("\n").slice(1)) if (line.toLowerCase().startsWith(`${name.toLowerCase()}:`)) return line.slice(name.length + 1).trim();
  return undefined;
}

/** As it goes back: with what is known of it. */
export function storedText(message: Message): string {
  const end = message.text.indexOf("\n\n");
  if (message.status === "new" || end < 0) return message.text;
  const head = message.text.slice(0, end).split("\n").filter((line) => !/^Status:/i.test(line)).join("\n");
  return `${head}\nStatus: ${message.status === "read" ? "RO" : "O"}${message.text.slice(end)}`;
}

export function* readMailbox(sys: Sys, path: string): Blocking<Message[] | undefined> {
  const text = yield* readTextFile(sys, path);
  return text === undefined ? undefined : splitMailbox(text);
}

/** Errors: SysError. */
export function* writeFile(sys: Sys, path: string, text: string, flags: number, mode = 0o600): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | flags, mode);
  yield* sys.write(fd, encode(text));
  sys.close(fd);
}

/** Standard input to its end. */
export function* readInput(sys: Sys): Blocking<string> {
  const parts: string[] = [];
  for (;;) {
    let bytes: Uint8Array;
    try {
      bytes = yield* sys.read(0, 65_536);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      break;
    }
    if (bytes.length === 0) break;
    parts.push(decode(bytes));
  }
  return parts.join("");
}
