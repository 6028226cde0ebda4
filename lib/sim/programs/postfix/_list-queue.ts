// The queue as mailq and postqueue -p show it (showq(8)).

import { type Blocking, encode, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { PICKUP_SOCKET, queued } from "./_queue.ts";

/** A reason ends at this column. */
const REASON_WIDTH = 76;

export function* listQueue(io: Io): Blocking<number> {
  const { sys } = io;
  try {
    sys.stat(PICKUP_SOCKET);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr("postqueue: warning: Mail system is down -- accessing queue directly\n");
  }
  const zone = yield* readZone(sys, sys.environment.get("TZ"));
  let bytes = 0;
  let count = 0;
  let text = "";
  for (const [folder, mark] of [["maildrop", "*"], ["hold", "!"], ["deferred", " "]] as const) {
    for (const message of yield* queued(sys, folder)) {
      const size = encode(message.text).length;
      bytes += size;
      count++;
      text += `${message.id}${mark} ${String(size).padStart(8)} ${strftime("%a %b %e %H:%M:%S", civilAtUs(zone, message.arrivedUs)).padEnd(20)} ${message.sender === "" ? "MAILER-DAEMON" : message.sender}\n`;
      let last: string | undefined;
      for (const { address, reason } of message.recipients) {
        if (reason !== undefined && reason !== last) text += `${`(${reason})`.padStart(REASON_WIDTH)}\n`;
        last = reason;
        text += `${" ".repeat(41)}${address}\n`;
      }
      text += "\n";
    }
  }
  if (count === 0) io.out.put("Mail queue is empty\n");
  else io.out.put(`-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n${text}-- ${Math.floor(bytes / 1024)} Kbytes in ${count} Request${count === 1 ? "" : "s"}.\n`);
  return 0;
}
