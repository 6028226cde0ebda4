// Reaching the server over its socket, and starting it when there is none.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import type { CommandMessage } from "./_messages.ts";
import { type Manner, Server } from "./_server.ts";

export function* reach(sys: Sys, path: string): Blocking<number> {
  const fd = sys.socket("unix", "stream");
  try {
    yield* sys.connect(fd, { family: "unix", path });
    return fd;
  } catch (error) {
    sys.close(fd);
    throw error;
  }
}

/** Forks the server; it listens before this returns. Errors: SysError. */
export function* startServer(sys: Sys, path: string, manner: Manner, comm: string, commandLine: readonly string[]): Blocking<void> {
  const folder = path.slice(0, path.lastIndexOf("/"));
  try {
    sys.mkdir(folder, 0o700);
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
  }
  try {
    sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "ENOENT") throw error;
  }
  const listener = sys.socket("unix", "stream");
  sys.bind(listener, { family: "unix", path });
  sys.chmod(path, 0o660);
  sys.listen(listener);
  const between = sys.fork(function* (own) {
    // twice, so that it belongs to init and to no terminal
    own.setsid();
    own.fork(function* (server) {
      for (const fd of server.descriptors()) if (fd !== listener) server.close(fd);
      server.setTitle(comm, commandLine);
      return yield* new Server(server, manner, listener, path).serve();
    });
    yield* [];
    return 0;
  });
  sys.close(listener);
  yield* sys.waitpid(between);
}

export function commandOf(sys: Sys, words: readonly string[]): CommandMessage {
  let rows = 24, columns = 80, terminal = false, tty = "";
  try {
    terminal = sys.isatty(0) && sys.isatty(1);
    if (sys.isatty(0)) tty = sys.ttyname(0);
    if (terminal) {
      const size = sys.getWindowSize(0);
      [rows, columns] = [size.rows || 24, size.cols || 80];
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return { words, tty, cwd: sys.getcwd(), environment: [...sys.environment], rows, columns, terminal };
}
