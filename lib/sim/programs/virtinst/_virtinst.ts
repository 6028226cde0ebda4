// What virt-install and its kin share: words of their log, and the connection.
import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { defaultUri, LibvirtClient, LibvirtError } from "../../daemons/libvirt/api.ts";

/** Ends the program: the text goes behind "ERROR    ". */
export class VirtinstError extends Error {}

export function* connect(sys: Sys, uri = defaultUri(sys)): Blocking<LibvirtClient> {
  try {
    return yield* LibvirtClient.connect(sys, false, uri);
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    throw new VirtinstError(error.message);
  }
}

export function* say(sys: Sys, fd: number, text: string): Blocking<void> {
  yield* sys.write(fd, encode(text));
}

/** "path=/x,size=2,format=qcow2"; the first word may stand without its name. Quotes protect commas. */
export function suboptions(text: string, first: string): ReadonlyMap<string, string> {
  const parts: string[] = [""];
  let quote = "";
  for (const character of text) {
    if (quote === "" && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = "";
    else if (character === "," && quote === "") parts.push("");
    else parts[parts.length - 1] += character;
  }
  const found = new Map<string, string>();
  parts.forEach((part, index) => {
    const equals = part.indexOf("=");
    if (equals >= 0) found.set(part.slice(0, equals), part.slice(equals + 1));
    else if (part !== "") found.set(index === 0 && first !== "" ? first : part, index === 0 && first !== "" ? part : "yes");
  });
  return found;
}

/** The progress line of urlgrabber's meter. */
export function meter(text: string): string {
  return `${text.padEnd(77)}|    0 B  00:00:00 ... \n`;
}
