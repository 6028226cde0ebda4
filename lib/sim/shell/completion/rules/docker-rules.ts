// docker: subcommands and options from its declaration; containers, images, networks and volumes asked of docker itself, as its own
// completion file does.

import type { Blocking } from "../../../kernel/sys.ts";
import { type Candidates, NOTHING } from "../candidates.ts";
import type { CompletableCommand } from "../providers.ts";
import { commandLines, type CompletionContext, type CompletionRule, declaration, directories, filedir } from "./completion-context.ts";

type Objects = "running" | "stopped" | "containers" | "images" | "networks" | "volumes";

const QUESTIONS: ReadonlyMap<Objects, string> = new Map([
  ["running", "docker container ls --format '{{.Names}}'"],
  ["stopped", "docker container ls --all --filter status=exited --filter status=created --format '{{.Names}}'"],
  ["containers", "docker container ls --all --format '{{.Names}}'"],
  ["images", "docker image ls --format '{{.Repository}}:{{.Tag}}'"],
  ["networks", "docker network ls --format '{{.Name}}'"],
  ["volumes", "docker volume ls --quiet"],
]);

/** What the first operand of a subcommand is, and whether more of the same follow. Management commands without their first word. */
const OPERANDS: ReadonlyMap<string, { readonly of: readonly Objects[]; readonly many: boolean }> = new Map([
  ["run", { of: ["images"], many: false }], ["create", { of: ["images"], many: false }], ["exec", { of: ["running"], many: false }], ["attach", { of: ["running"], many: false }],
  ["stop", { of: ["running"], many: true }], ["kill", { of: ["running"], many: true }], ["pause", { of: ["running"], many: true }], ["unpause", { of: ["running"], many: true }],
  ["restart", { of: ["containers"], many: true }], ["top", { of: ["running"], many: false }], ["port", { of: ["containers"], many: false }], ["stats", { of: ["running"], many: true }],
  ["wait", { of: ["containers"], many: true }], ["logs", { of: ["containers"], many: false }], ["start", { of: ["stopped"], many: true }], ["rm", { of: ["stopped"], many: true }],
  ["rename", { of: ["containers"], many: false }], ["commit", { of: ["containers"], many: false }], ["diff", { of: ["containers"], many: false }], ["export", { of: ["containers"], many: false }],
  ["inspect", { of: ["containers", "images", "networks", "volumes"], many: true }], ["rmi", { of: ["images"], many: true }], ["push", { of: ["images"], many: false }], ["pull", { of: ["images"], many: false }],
  ["tag", { of: ["images"], many: true }], ["history", { of: ["images"], many: false }], ["save", { of: ["images"], many: true }], ["image rm", { of: ["images"], many: true }],
  ["image inspect", { of: ["images"], many: true }], ["container inspect", { of: ["containers"], many: true }], ["volume rm", { of: ["volumes"], many: true }], ["volume inspect", { of: ["volumes"], many: true }],
  ["network rm", { of: ["networks"], many: true }], ["network inspect", { of: ["networks"], many: true }], ["network connect", { of: ["networks"], many: false }], ["network disconnect", { of: ["networks"], many: false }],
]);

const OBJECTS_OF_OPTION: ReadonlyMap<string, Objects> = new Map([["--network", "networks"], ["--net", "networks"], ["--volumes-from", "containers"], ["--link", "running"]]);

interface Place {
  readonly command: CompletableCommand;
  readonly path: string;
  readonly operands: number;
}

/** The subcommand that the words have reached, and how many operands it has before the cursor. */
function placeOf(root: CompletableCommand, words: readonly string[]): Place {
  let command = root;
  const path: string[] = [];
  let operands = 0;
  for (let index = 1; index < words.length - 1; index += 1) {
    const word = words[index] ?? "";
    if (word.startsWith("-")) {
      const option = command.options.find((candidate) => candidate.names.includes(word));
      if (option?.argument !== undefined && !option.argumentOptional) index += 1;
      continue;
    }
    const next: CompletableCommand | undefined = operands === 0 ? command.subcommands?.find((candidate) => candidate.name === word) : undefined;
    if (next) {
      command = next;
      path.push(word);
    } else operands += 1;
  }
  return { command, path: path.join(" "), operands };
}

function* objects(context: CompletionContext, kinds: readonly Objects[]): Blocking<Candidates> {
  const names = new Set<string>();
  for (const kind of kinds) for (const name of yield* commandLines(context, `${QUESTIONS.get(kind) ?? ":"} 2>/dev/null`)) if (!name.includes("<none>")) names.add(name);
  if (kinds.includes("images") && !context.whole.includes(":")) for (const name of [...names]) names.add(name.replace(/:latest$/, ""));
  const skipped = context.whole.length - context.cur.length;
  return { list: [...names].filter((name) => name.startsWith(context.whole)).map((name) => name.slice(skipped)) };
}

function* docker(context: CompletionContext): Blocking<Candidates> {
  const root = declaration(context);
  if (!root) return yield* filedir(context);
  const { command, path, operands } = placeOf(root, context.words);
  const option = command.options.find((candidate) => candidate.names.includes(context.prev));
  if (option?.argument !== undefined && !option.argumentOptional) {
    const kind = OBJECTS_OF_OPTION.get(context.prev);
    if (kind) return yield* objects(context, [kind]);
    if (option.values) return { list: option.values.filter((value) => value.startsWith(context.cur)) };
    return /^(-f|--file|-v|--volume|--env-file|--mount|-o|--output|-i|--input|-w|--workdir)$/.test(context.prev) ? { ...(yield* filedir(context)), nospace: /^(-v|--volume)$/.test(context.prev) } : NOTHING;
  }
  if (context.cur.startsWith("-")) {
    return { list: command.options.flatMap((one) => one.names).filter((name) => name.startsWith(context.cur)) };
  }
  if (command.subcommands && command.subcommands.length > 0) return { list: command.subcommands.map((candidate) => candidate.name).filter((name) => name.startsWith(context.cur)) };
  const rule = OPERANDS.get(path) ?? OPERANDS.get(path.slice(path.indexOf(" ") + 1));
  if (path.endsWith("build")) return yield* directories(context);
  if (path.endsWith("cp")) {
    const containers = (yield* objects(context, ["containers"])).list.map((name) => `${name}:`);
    const files = yield* filedir(context);
    return { ...files, list: [...containers, ...files.list], nospace: true };
  }
  if (!rule) return command.operands === "files" ? yield* filedir(context) : NOTHING;
  if (operands === 0 || rule.many) return yield* objects(context, path.endsWith("rm") && context.words.some((word) => word === "-f" || word === "--force") && rule.of[0] === "stopped" ? ["containers"] : rule.of);
  return path.endsWith("run") || path.endsWith("exec") ? yield* filedir(context) : NOTHING;
}

export const dockerRules: readonly (readonly [string, CompletionRule])[] = [["docker", docker]];
