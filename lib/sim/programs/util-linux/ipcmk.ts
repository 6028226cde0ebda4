import { type Blocking, SysError } from "../../kernel/sys.ts";
import { parseScaled } from "../kit/sizes.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "ipcmk", summary: "make shared memory, semaphores or a message queue (IPC)", synopsis: ["[options]"],
  options: { shm: text(["-M", "--shmem"], "size", "shared memory of <size> bytes"), sem: text(["-S", "--semaphore"], "number", "a set of <number> semaphores"), queue: flag(["-Q", "--queue"], "a queue for messages"), mode: text(["-p", "--mode"], "mode", "who may use it, 0644 by default") },
  *run({ options, sys, given }, io: Io) {
    if (given.length === 0) {
      yield* io.stderr("ipcmk: bad usage\nTry 'ipcmk --help' for more information.\n");
      return 1;
    }
    const mode = options.mode === undefined ? 0o644 : Number.parseInt(options.mode, 8);
    if (Number.isNaN(mode)) io.die(`failed to parse mode: ${options.mode ?? ""}`);
    const make = function* (kind: "msg" | "sem" | "shm", size: number, label: string, failure: string): Blocking<void> {
      const bytes = sys.random(4);
      const key = (((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 1)) >>> 0;
      try {
        io.out.put(`${label} id: ${sys.ipcCreate(kind, { key, mode, size })}\n`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.die(`${failure}: ${error.message}`);
      }
      yield* io.out.flush();
    };
    if (options.shm !== undefined) {
      const size = parseScaled(options.shm, "KMGTPEZY0");
      if (size.problem !== "none") io.die(`failed to parse size: '${options.shm}': Invalid argument`);
      yield* make("shm", Number(size.value), "Shared memory", "create share memory failed");
    }
    if (options.queue) yield* make("msg", 0, "Message queue", "create message queue failed");
    if (options.sem !== undefined) {
      if (!/^\d+$/.test(options.sem)) io.die(`failed to parse elements: '${options.sem}'`);
      yield* make("sem", Number(options.sem), "Semaphore", "create semaphore failed");
    }
    return 0;
  },
});
