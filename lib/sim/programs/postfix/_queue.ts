// The queue: a file for each message below /var/spool/postfix, as JSON (the real one's records are binary).

import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

export const QUEUE = "/var/spool/postfix";
export const PICKUP_SOCKET = `${QUEUE}/public/pickup`;

export interface QueuedMessage {
  readonly id: string;
  readonly arrivedUs: number;
  readonly sender: string;
  readonly senderUid: number;
  readonly recipients: readonly { readonly address: string; readonly original: string; readonly reason?: string }[];
  readonly text: string;
}

export function* storeMessage(sys: Sys, folder: "maildrop" | "deferred" | "hold", message: QueuedMessage): Blocking<void> {
  const fd = yield* sys.open(`${QUEUE}/${folder}/${message.id}`, O.WRONLY | O.CREAT | O.TRUNC, 0o700);
  yield* sys.write(fd, encode(JSON.stringify(message)));
  sys.close(fd);
}

export function dropMessage(sys: Sys, folder: string, id: string): boolean {
  try {
    sys.unlink(`${QUEUE}/${folder}/${id}`);
    return true;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return false;
  }
}

export function* queued(sys: Sys, folder: "maildrop" | "deferred" | "hold"): Blocking<readonly QueuedMessage[]> {
  const messages: QueuedMessage[] = [];
  let names: readonly string[] = [];
  try {
    names = sys.readdir(`${QUEUE}/${folder}`).map((entry) => entry.name).sort();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  for (const name of names) {
    try {
      messages.push(JSON.parse((yield* readTextFile(sys, `${QUEUE}/${folder}/${name}`)) ?? "") as QueuedMessage);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return messages.sort((a, b) => a.arrivedUs - b.arrivedUs);
}

export const newQueueId = (sys: Sys): string => [...sys.random(5)].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("");
