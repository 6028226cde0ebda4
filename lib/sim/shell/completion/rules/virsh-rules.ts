// virsh: asked of virsh itself, as the completion file of libvirt-clients does (`virsh complete -- WORDS`); where it knows nothing, files.
import type { Blocking } from "../../../kernel/sys.ts";
import type { Candidates } from "../candidates.ts";
import { commandLines, type CompletionContext, type CompletionRule, declaration, filedir, shellWord, startingWith } from "./completion-context.ts";

const valued: ReadonlySet<string> = new Set(["-c", "--connect", "-d", "--debug", "-e", "--escape", "-k", "--keepalive-interval", "-K", "--keepalive-count", "-l", "--log"]);

function* virsh(context: CompletionContext): Blocking<Candidates> {
  const { words } = context;
  let at = 1;
  while (at < words.length - 1 && (words[at] ?? "").startsWith("-")) at += valued.has(words[at] ?? "") ? 2 : 1;
  if (at >= words.length || (at === words.length - 1 && context.whole.startsWith("-"))) return startingWith(context, declaration(context)?.options.flatMap((option) => option.names) ?? []);
  const own = words.slice(1, at);
  const asked = [...own, "complete", "--", ...words.slice(at)].map(shellWord).join(" ");
  const list = yield* commandLines(context, `virsh ${asked} 2>/dev/null`);
  if (list.length === 0 && at < words.length - 1) return yield* filedir(context);
  const skipped = context.whole.length - context.cur.length;
  return { list: list.filter((name) => name.startsWith(context.whole)).map((name) => name.slice(skipped)) };
}

export const virshRules: readonly (readonly [string, CompletionRule])[] = [["virsh", virsh]];
