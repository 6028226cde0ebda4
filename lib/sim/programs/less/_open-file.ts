// Opening a file of the list: through $LESSOPEN, and not a binary one without asking.

import { type Blocking, decode, O, S, SysError } from "../../kernel/sys.ts";
import { shellOutput } from "../kit/shell-command.ts";
import type { Pager } from "./_pager.ts";
import { LessText } from "./_text.ts";

/** Opens a file of the list; the message when it cannot be. */
export function* openFile(pager: Pager, index: number): Blocking<string | undefined> {
  const file = pager.files[index];
  const again = index === pager.current && file?.text !== undefined;
  if (!file) return "No such file";
  const { sys } = pager.io;
  if (!file.text) {
    if (file.name === "-") file.text = new LessText(sys, 0, undefined);
    else {
      try {
        const facts = sys.stat(file.name);
        const type = facts.mode & S.IFMT;
        if (type === S.IFDIR) return `${file.name} is a directory`;
        if (type !== S.IFREG && !pager.options.has("f")) return `${file.name} is not a regular file (use -f to see it)`;
        const filtered = yield* throughLessOpen(pager, file.name);
        if (filtered) file.text = filtered;
        else {
          const fd = yield* sys.open(file.name, O.RDONLY | O.CLOEXEC);
          if (type === S.IFREG && !pager.options.has("f") && !(yield* acceptBinary(pager, file.name, fd))) {
            sys.close(fd);
            return "";
          }
          file.text = new LessText(sys, fd, type === S.IFREG && facts.sizeBytes > 0 ? facts.sizeBytes : undefined);
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return `${file.name}: ${error.message}`;
      }
    }
  }
  if (pager.file) pager.file.top = pager.top;
  if (pager.current !== index) pager.previousFile = pager.file;
  pager.current = index;
  pager.top = file.top;
  pager.fresh ||= !again;
  pager.endSeen = 0;
  pager.filters = [];
  return undefined;
}

/** $LESSOPEN: a command whose output replaces the file, when it has any. */
function* throughLessOpen(pager: Pager, name: string): Blocking<LessText | undefined> {
  const { sys } = pager.io;
  const command = sys.environment.get("LESSOPEN");
  if (command === undefined || pager.options.has("L") || !/^\|/.test(command)) return undefined;
  // Only what the filter could do something with is worth a process.
  if (!/\.(gz|z|tgz|bz2|tbz2|xz|txz|lzma|zst|tar|zip|deb)$/i.test(name)) return undefined;
  const quoted = `'${name.replaceAll("'", "'\\''")}'`;
  const { bytes } = yield* shellOutput(sys, command.replace(/^\|\|?-?\s*/, "").replace("%s", () => quoted));
  if (bytes.length === 0) return undefined;
  const text = decode(bytes);
  return LessText.ofLines(sys, (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n"));
}

function* acceptBinary(pager: Pager, name: string, fd: number): Blocking<boolean> {
  const { sys } = pager.io;
  const bytes = yield* sys.pread(fd, 256, 0);
  let odd = 0;
  for (const byte of bytes) if ((byte < 32 && ![7, 8, 9, 10, 12, 13, 27].includes(byte)) || byte === 127) odd++;
  if (odd <= 5) return true;
  const terminal = yield* pager.keyboard();
  if (pager.active) pager.io.out.put("\r\u001b[K");
  pager.io.out.put(`"${name}" may be a binary file.  See it anyway? `);
  yield* pager.io.out.flush();
  if (!pager.active) yield* terminal.enter();
  const event = yield* terminal.next();
  if (!pager.active) {
    pager.io.out.put("\n");
    yield* pager.io.out.flush();
  }
  if (event?.kind === "key" && /^[yY]$/.test(event.key)) return true;
  if (!pager.active) yield* terminal.leave();
  return false;
}
