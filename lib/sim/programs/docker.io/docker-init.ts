// tini as docker-init: process 1 of containers with --init. It starts the command, hands signals on and reaps what is left to it.
import { encode, SIGNALS, SysError } from "../../kernel/sys.ts";
import { program } from "../kit/program.ts";
import { execSearching } from "../kit/exec-path.ts";

const FORWARDED = [SIGNALS.HUP, SIGNALS.INT, SIGNALS.QUIT, SIGNALS.TERM, SIGNALS.USR1, SIGNALS.USR2, SIGNALS.WINCH, SIGNALS.CONT];

export default program(
  { name: "docker-init", path: "/usr/bin/docker-init", summary: "a tiny init for containers", synopsis: ["[OPTIONS] PROGRAM -- [ARGS]"], options: [], operands: "commands" },
  function* (sys, argv, io) {
    const command = argv.slice(argv[1] === "--" ? 2 : 1);
    if (command.length === 0) {
      yield* io.stderr("tini (tini version 0.19.0)\nUsage: docker-init [OPTIONS] PROGRAM -- [ARGS] | --version\n");
      return 1;
    }
    for (const signal of FORWARDED) sys.sigaction(signal, "catch");
    const child = sys.fork(function* (own) {
      for (const signal of FORWARDED) own.sigaction(signal, "default");
      const error = yield* execSearching(own, command[0] ?? "", command);
      yield* own.write(2, encode(`[FATAL tini (${own.getpid()})] exec ${command[0]} failed: ${error.message}\n`));
      return error.errno === "ENOENT" ? 127 : 126;
    });
    for (;;) {
      try {
        const waited = yield* sys.waitpid(-1);
        if (waited?.pid === child) return waited.status.kind === "exited" ? waited.status.status : waited.status.kind === "signaled" ? 128 + waited.status.signal : 0;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "ECHILD") return 1;
        for (const signal of sys.takeSignals()) sys.kill(child, signal);
      }
    }
  },
);
