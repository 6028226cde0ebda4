import { type Blocking, type IpcKind, SysError } from "../../kernel/sys.ts";
import { type Io, flag, optionalText, texts, utilLinux } from "../kit/util-linux.ts";
import { readIpc } from "./_ipc.ts";

const KINDS: readonly (readonly [kind: IpcKind, word: string])[] = [["shm", "shm"], ["msg", "msg"], ["sem", "sem"]];

export default utilLinux({
  name: "ipcrm", summary: "remove shared memory, semaphores or message queues (IPC)", synopsis: ["[options]", "shm|msg|sem <id>..."],
  options: {
    shmId: texts(["-m", "--shmem-id"], "id", "shared memory, by its identifier"), shmKey: texts(["-M", "--shmem-key"], "key", "shared memory, by its key"), msgId: texts(["-q", "--queue-id"], "id", "a message queue, by its identifier"), msgKey: texts(["-Q", "--queue-key"], "key", "a message queue, by its key"), semId: texts(["-s", "--semaphore-id"], "id", "a set of semaphores, by its identifier"), semKey: texts(["-S", "--semaphore-key"], "key", "a set of semaphores, by its key"),
    all: optionalText(["-a", "--all"], "shm|msg|sem", "everything, or everything of one kind"), verbose: flag(["-v", "--verbose"], "tell each step"),
  },
  *run({ options, operands, sys }, io: Io) {
    const label = (kind: IpcKind): string => (kind === "shm" ? "shared memory segment" : kind === "msg" ? "message queue" : "semaphore");
    const remove = function* (kind: IpcKind, id: number, what: string): Blocking<void> {
      if (options.verbose) io.out.put(`removing ${label(kind)} id \`${id}'\n`);
      try {
        sys.ipcRemove(kind, id);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(error.errno === "EPERM" ? `permission denied for ${what}` : `invalid ${what}`);
      }
    };
    const byIds = function* (kind: IpcKind, words: readonly string[]): Blocking<void> {
      for (const word of words) {
        if (/^\d+$/.test(word)) yield* remove(kind, Number(word), `id (${word})`);
        else yield* io.fail(`failed to parse argument: '${word}'`);
      }
    };
    const byKeys = function* (kind: IpcKind, words: readonly string[]): Blocking<void> {
      for (const word of words) {
        const key = Number(word);
        if (key === 0) {
          yield* io.fail(`illegal key (${word})`);
          continue;
        }
        const one = (yield* readIpc(sys, kind)).find((row) => row.key === key);
        if (one === undefined) yield* io.fail(`invalid key (${word})`);
        else yield* remove(kind, one.id, `key (${word})`);
      }
    };
    if (operands.length > 0) {
      const found = KINDS.find(([, word]) => word === operands[0]);
      if (found === undefined) {
        io.usage(`unknown argument: ${operands[0] ?? ""}`);
      }
      yield* byIds(found[0], operands.slice(1));
      return undefined;
    }
    if (options.all !== undefined) {
      const kinds = options.all === true ? KINDS : KINDS.filter(([, word]) => options.all === word);
      if (kinds.length === 0) io.die(`unknown argument: ${String(options.all)}`);
      for (const [kind] of kinds) for (const row of yield* readIpc(sys, kind)) yield* remove(kind, row.id, `id (${row.id})`);
    }
    yield* byIds("shm", options.shmId);
    yield* byKeys("shm", options.shmKey);
    yield* byIds("msg", options.msgId);
    yield* byKeys("msg", options.msgKey);
    yield* byIds("sem", options.semId);
    yield* byKeys("sem", options.semKey);
    return undefined;
  },
});
