// (More than 400 lines: scenes of the kernel as a whole.)
import { describe, expect, test } from "vitest";
import { decode, encode } from "./bytes.ts";
import { type Blocking, O, POLL, SIGNALS, type Sys, SysError } from "./sys.ts";
import { installProgram, onTerminal, readAll, runMain, settle, testKernel, type, writeFile } from "./test-kernel.ts";

function errnoOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof SysError) return error.errno;
    throw error;
  }
  return "";
}

function* caught(call: Blocking<unknown>): Blocking<string> {
  try {
    yield* call;
  } catch (error) {
    if (error instanceof SysError) return error.errno;
    throw error;
  }
  return "";
}

describe("processes", () => {
  test("fork, exit, waitpid", () => {
    const t = testKernel();
    const seen: unknown[] = [];
    runMain(t, function* (sys) {
      const pid = sys.fork(function* (child) {
        seen.push(child.getppid() === sys.getpid(), child.getpid());
        yield* child.sleep(1000);
        return 300;
      });
      seen.push((yield* sys.waitpid(-1, { nohang: true })) === undefined);
      const waited = yield* sys.waitpid(pid);
      seen.push(waited?.pid === pid, waited?.status, yield* caught(sys.waitpid(-1)));
      return 0;
    });
    expect(seen).toEqual([true, true, 3, true, { kind: "exited", status: 44 }, "ECHILD"]);
  });

  test("a pipeline ends its writer with SIGPIPE", () => {
    const t = testKernel();
    const result: unknown[] = [];
    runMain(t, function* (sys) {
      const [read, write] = sys.pipe();
      const yes = sys.fork(function* (child) {
        child.close(read);
        for (;;) yield* child.write(write, encode("y\n"));
      });
      sys.close(write);
      const head = yield* sys.read(read, 4);
      sys.close(read);
      const waited = yield* sys.waitpid(yes);
      result.push(decode(head), waited?.status);
      return 0;
    });
    expect(result).toEqual(["y\ny\n", { kind: "signaled", signal: SIGNALS.PIPE, coreDumped: false }]);
  });

  test("orphans go to init or to a subreaper", () => {
    const t = testKernel();
    const parents: number[] = [];
    runMain(t, function* (sys) {
      sys.prctl("child-subreaper", 1);
      sys.fork(function* (middle) {
        middle.fork(function* (leaf) {
          yield* leaf.sleep(5000);
          parents.push(leaf.getppid());
          return 7;
        });
        yield* middle.sleep(100);
        return 0;
      });
      yield* sys.waitpid(-1);
      const grandchild = yield* sys.waitpid(-1);
      parents.push(sys.getpid(), grandchild?.status.kind === "exited" ? grandchild.status.status : -1);
      return 0;
    });
    expect(parents[0]).toBe(parents[1]);
    expect(parents[2]).toBe(7);
  });

  test("exec: scripts, arguments, missing interpreter and library, close-on-exec, ENOEXEC", () => {
    const t = testKernel();
    let seen: readonly string[] = [];
    t.programs.set("show", function* (sys, argv) {
      seen = [...argv, ...sys.environment.values(), sys.descriptors().join(",")];
      return 5;
    });
    const statuses: unknown[] = [];
    let message = "";
    runMain(t, function* (sys) {
      for (const directory of ["/bin", "/lib", "/lib64"]) sys.mkdir(directory);
      yield* installProgram(sys, "/bin/show", "show");
      yield* installProgram(sys, "/bin/dynamic", "show", { interpreter: "/lib64/ld.so", needed: ["libx.so.1"] });
      yield* writeFile(sys, "/script", "#!/bin/show  -x y \necho\n", 0o755);
      yield* writeFile(sys, "/plain", "echo\n", 0o755);
      yield* writeFile(sys, "/closed", "x", 0o644);
      const keep = yield* sys.open("/closed", O.RDONLY);
      const gone = yield* sys.open("/closed", O.RDONLY | O.CLOEXEC);
      statuses.push(keep, gone);
      const pid = sys.fork((child) => child.exec("/script", ["script", "a b"], new Map([["V", "1"]])));
      statuses.push((yield* sys.waitpid(pid))?.status);
      statuses.push(yield* caught(sys.exec("/plain", ["plain"], new Map())), yield* caught(sys.exec("/bin/none", ["none"], new Map())), yield* caught(sys.exec("/bin/dynamic", [], new Map())), yield* caught(sys.exec("/lib", [], new Map())));
      yield* installProgram(sys, "/lib64/ld.so", "ld.so");
      const [read, write] = sys.pipe();
      const broken = sys.fork(function* (child) {
        child.dup2(write, 2);
        return yield* child.exec("/bin/dynamic", ["dyn"], new Map());
      });
      sys.close(write);
      message = yield* readAll(sys, read);
      statuses.push((yield* sys.waitpid(broken))?.status);
      return 0;
    });
    expect(seen).toEqual(["/bin/show", "-x y", "/script", "a b", "1", "0"]);
    expect(statuses).toEqual([0, 1, { kind: "exited", status: 5 }, "ENOEXEC", "ENOENT", "ENOENT", "EACCES", { kind: "exited", status: 127 }]);
    expect(message).toBe("dyn: error while loading shared libraries: libx.so.1: cannot open shared object file: No such file or directory\n");
  });

  test("limits: nproc for a user, pids.max, open files", () => {
    const t = testKernel();
    const seen: string[] = [];
    runMain(t, function* (sys) {
      sys.setrlimit("nofile", { soft: 4, hard: 8 });
      for (let i = 0; i < 4; i++) sys.pipe.length;
      sys.pipe();
      sys.pipe();
      seen.push(errnoOf(() => sys.pipe()));
      const pid = sys.fork(function* (child) {
        child.setrlimit("nproc", { soft: 2, hard: 2 });
        child.setresuid(1000, 1000, 1000);
        child.fork(function* (other) {
          yield* other.sleep(10);
          return 0;
        });
        seen.push(errnoOf(() => child.fork(function* () { return 0; })));
        return 0;
      });
      yield* sys.waitpid(pid);
      return 0;
    });
    expect(seen).toEqual(["EMFILE", "EAGAIN"]);
  });
});

describe("files that wait", () => {
  test("a FIFO waits for its other end; flock for its holder", () => {
    const t = testKernel();
    const seen: unknown[] = [];
    runMain(t, function* (sys) {
      sys.mknod("/fifo", 0o010644);
      seen.push(yield* caught(sys.open("/fifo", O.WRONLY | O.NONBLOCK)));
      sys.fork(function* (child) {
        yield* child.sleep(1000);
        const fd = yield* child.open("/fifo", O.WRONLY);
        yield* child.write(fd, encode("through"));
        return 0;
      });
      const fd = yield* sys.open("/fifo", O.RDONLY);
      seen.push(yield* readAll(sys, fd));
      yield* sys.waitpid(-1);
      yield* writeFile(sys, "/lock", "");
      sys.fork(function* (child) {
        const own = yield* child.open("/lock", O.RDONLY);
        yield* child.flock(own, "exclusive");
        yield* child.sleep(50_000);
        return 0;
      });
      yield* sys.sleep(1000);
      const lock = yield* sys.open("/lock", O.RDONLY);
      seen.push(yield* caught(sys.flock(lock, "shared", true)));
      const before = sys.clockUs("monotonic");
      yield* sys.flock(lock, "shared");
      seen.push(sys.clockUs("monotonic") - before > 45_000);
      return 0;
    });
    expect(seen).toEqual(["ENXIO", "through", "EAGAIN", true]);
  });

  test("threads share descriptors and end with their process", () => {
    const t = testKernel();
    const seen: unknown[] = [];
    runMain(t, function* (sys) {
      const server = sys.fork(function* (main) {
        const [read, write] = main.pipe();
        main.fork(function* (thread) {
          yield* thread.write(write, encode("from the thread"));
          thread.close(write);
          yield* thread.sleep(1e12);
          return 0;
        }, { thread: true });
        seen.push(yield* readAll(main, read));
        return 4;
      });
      seen.push((yield* sys.waitpid(server))?.status, yield* caught(sys.waitpid(-1)));
      return 0;
    });
    expect(seen).toEqual(["from the thread", { kind: "exited", status: 4 }, "ECHILD"]);
    expect(t.kernel.processes.size).toBe(1);
  });

  test("the world's limits end as Linux's errors", () => {
    const t = testKernel({ limits: { processes: 5, openFiles: 8, storageBytes: 200_000 } });
    const seen: unknown[] = [];
    runMain(t, function* (sys) {
      const wait = function* (child: Sys): Blocking<number> {
        yield* child.sleep(1e9);
        return 0;
      };
      for (let i = 0; i < 3; i++) sys.fork(wait);
      seen.push(errnoOf(() => sys.fork(wait)));
      for (let i = 0; i < 4; i++) sys.pipe();
      seen.push(errnoOf(() => sys.pipe()));
      for (const fd of sys.descriptors()) sys.close(fd);
      seen.push(yield* caught(writeFile(sys, "/big", new Uint8Array(1_000_000).fill(7))));
      return 0;
    });
    expect(seen).toEqual(["EAGAIN", "ENFILE", "ENOSPC"]);
  });
});

describe("signals", () => {
  test("catch interrupts a blocking call once; ignore and default", () => {
    const t = testKernel();
    const seen: unknown[] = [];
    runMain(t, function* (sys) {
      const [read, write] = sys.pipe();
      const child = sys.fork(function* (own) {
        own.close(write);
        own.sigaction(SIGNALS.USR1, "catch");
        own.sigaction(SIGNALS.TERM, "ignore");
        seen.push(yield* caught(own.read(read, 1)), [...own.takeSignals()]);
        seen.push((yield* own.read(read, 1)).length);
        return 9;
      });
      yield* sys.sleep(100);
      sys.kill(child, SIGNALS.TERM);
      sys.kill(child, SIGNALS.USR1);
      yield* sys.sleep(100);
      sys.close(write);
      seen.push((yield* sys.waitpid(child))?.status);
      const victim = sys.fork(function* (own) {
        for (;;) if (own.charge(1)) yield* own.preempt();
      });
      yield* sys.sleep(100);
      sys.kill(victim, SIGNALS.TERM);
      seen.push((yield* sys.waitpid(victim))?.status, errnoOf(() => sys.kill(victim, 0)));
      return 0;
    });
    expect(seen).toEqual(["EINTR", [SIGNALS.USR1], 0, { kind: "exited", status: 9 }, { kind: "signaled", signal: SIGNALS.TERM, coreDumped: false }, "ESRCH"]);
  });

  test("stop, continue, blocked signals", () => {
    const t = testKernel();
    const seen: unknown[] = [];
    runMain(t, function* (sys) {
      let count = 0;
      const child = sys.fork(function* (own) {
        for (;;) {
          count++;
          yield* own.sleep(1000);
        }
      });
      yield* sys.sleep(10_500);
      sys.kill(child, SIGNALS.STOP);
      seen.push((yield* sys.waitpid(child, { untraced: true }))?.status);
      const before = count;
      yield* sys.sleep(20_000);
      seen.push(count - before <= 1);
      sys.kill(child, SIGNALS.CONT);
      seen.push((yield* sys.waitpid(child, { continued: true }))?.status);
      yield* sys.sleep(20_000);
      seen.push(count - before > 10);
      sys.kill(child, SIGNALS.KILL);
      seen.push((yield* sys.waitpid(child))?.status.kind);
      sys.sigaction(SIGNALS.USR2, "catch");
      sys.sigprocmask(new Set([SIGNALS.USR2]));
      sys.kill(sys.getpid(), SIGNALS.USR2);
      seen.push([...sys.takeSignals()]);
      sys.sigprocmask(new Set());
      seen.push([...sys.takeSignals()]);
      return 0;
    });
    expect(seen).toEqual([{ kind: "stopped", signal: SIGNALS.STOP }, true, { kind: "continued" }, true, "signaled", [], [SIGNALS.USR2]]);
  });

  test("alarm and poll time-outs in virtual time", () => {
    const t = testKernel();
    const seen: unknown[] = [];
    runMain(t, function* (sys) {
      const start = sys.clockUs("monotonic");
      const [read, write] = sys.pipe();
      seen.push(yield* sys.poll([{ fd: read, events: POLL.IN }], 3_000_000));
      seen.push(Math.round((sys.clockUs("monotonic") - start) / 1e6));
      yield* sys.write(write, encode("x"));
      seen.push(yield* sys.poll([{ fd: read, events: POLL.IN }, { fd: write, events: POLL.OUT }, { fd: 77, events: POLL.IN }], null));
      sys.sigaction(SIGNALS.ALRM, "catch");
      sys.alarm(2_000_000);
      seen.push(yield* caught(sys.sleep(10_000_000)), Math.round((sys.clockUs("monotonic") - start) / 1e6));
      return 0;
    });
    expect(seen).toEqual([[], 3, [{ fd: 0, revents: POLL.IN }, { fd: 1, revents: POLL.OUT }, { fd: 77, revents: POLL.NVAL }], "EINTR", 5]);
  });
});

/** A shell of three lines: runs its one job in the foreground, prints how it ended. */
function* tinyShell(sys: Sys, job: (sys: Sys) => Blocking<number>): Blocking<number> {
  for (const signal of [SIGNALS.INT, SIGNALS.TSTP, SIGNALS.TTOU, SIGNALS.TTIN, SIGNALS.QUIT]) sys.sigaction(signal, "ignore");
  const pid = sys.fork(function* (child) {
    child.setpgid(0, 0);
    yield* child.tcsetpgrp(0, child.getpid());
    for (const signal of [SIGNALS.INT, SIGNALS.TSTP, SIGNALS.TTOU, SIGNALS.TTIN, SIGNALS.QUIT]) child.sigaction(signal, "default");
    return yield* job(child);
  });
  for (;;) {
    const waited = yield* sys.waitpid(pid, { untraced: true });
    yield* sys.tcsetpgrp(0, sys.getpid());
    yield* sys.write(1, encode(`<${JSON.stringify(waited?.status)}>`));
    if (waited?.status.kind !== "stopped") return 0;
    const key = decode(yield* sys.read(0, 10));
    if (key.startsWith("bg")) sys.kill(-pid, SIGNALS.CONT);
    else {
      yield* sys.tcsetpgrp(0, pid);
      sys.kill(-pid, SIGNALS.CONT);
    }
  }
}

function* cat(sys: Sys): Blocking<number> {
  for (;;) {
    const bytes = yield* sys.read(0, 4096);
    if (bytes.length === 0) return 0;
    yield* sys.write(1, bytes);
  }
}

describe("terminals and jobs", () => {
  test("Ctrl-C kills the foreground job, Ctrl-Z stops it, fg goes on, bg stops again at its read", () => {
    const t = testKernel();
    const terminal = onTerminal(t, (sys) => tinyShell(sys, cat));
    settle(t);
    expect(type(t, terminal, "ab\r")).toBe("ab\r\nab\r\n");
    expect(type(t, terminal, "\u001a")).toBe('^Z<{"kind":"stopped","signal":20}>');
    expect(type(t, terminal, "bg\r")).toBe('bg\r\n<{"kind":"stopped","signal":21}>');
    expect(type(t, terminal, "fg\r")).toBe("fg\r\n");
    expect(type(t, terminal, "x\u0004")).toBe("xx");
    expect(type(t, terminal, "\u0003")).toBe('^C<{"kind":"signaled","signal":2,"coreDumped":false}>');
  });

  test("end of file, window size, hang-up", () => {
    const t = testKernel();
    const sizes: unknown[] = [];
    const terminal = onTerminal(t, function* (sys) {
      sys.sigaction(SIGNALS.WINCH, "catch");
      sys.sigaction(SIGNALS.HUP, "catch");
      sizes.push(sys.ttyname(0), sys.getWindowSize(0));
      sizes.push(yield* caught(sys.read(0, 1)), [...sys.takeSignals()], sys.getWindowSize(0));
      sizes.push((yield* sys.read(0, 100)).length);
      sizes.push(yield* caught(sys.read(0, 100)), [...sys.takeSignals()], (yield* sys.read(0, 100)).length, yield* caught(sys.write(1, encode("x"))));
      return 0;
    });
    settle(t);
    terminal.resize({ rows: 10, cols: 40 });
    settle(t);
    type(t, terminal, "\u0004");
    terminal.hangup();
    settle(t);
    expect(sizes).toEqual(["/dev/pts/0", { rows: 24, cols: 80 }, "EINTR", [SIGNALS.WINCH], { rows: 10, cols: 40 }, 0, "", [SIGNALS.HUP], 0, "EIO"]);
  });

  test("raw mode: MIN and TIME", () => {
    const t = testKernel();
    const seen: unknown[] = [];
    const terminal = onTerminal(t, function* (sys) {
      const before = sys.tcgetattr(0);
      const raw = new Set(before.flags);
      raw.delete("icanon");
      raw.delete("echo");
      yield* sys.tcsetattr(0, { ...before, flags: raw, min: 0, time: 5 });
      const start = sys.clockUs("monotonic");
      seen.push((yield* sys.read(0, 10)).length, Math.round((sys.clockUs("monotonic") - start) / 1e5));
      yield* sys.tcsetattr(0, { ...before, flags: raw, min: 3, time: 0 });
      seen.push(decode(yield* sys.read(0, 10)));
      return 0;
    });
    settle(t);
    type(t, terminal, "a");
    type(t, terminal, "b");
    expect(seen).toEqual([0, 5]);
    type(t, terminal, "cd");
    expect(seen).toEqual([0, 5, "abcd"]);
  });

  test("a pseudo-terminal carries a program", () => {
    const t = testKernel();
    let transcript = "";
    runMain(t, function* (sys) {
      sys.mkdir("/dev");
      sys.mkdir("/dev/pts");
      const { master, slavePath } = sys.openpt();
      sys.mknod(slavePath, 0o020620, (136 << 8) | 0);
      const child = sys.fork(function* (own) {
        own.close(master);
        own.setsid();
        const fd = yield* own.open(slavePath, O.RDWR);
        yield* own.write(fd, encode(`ctty ${own.tcgetpgrp(fd) === own.getpid()}\n`));
        const line = yield* own.read(fd, 100);
        yield* own.write(fd, line);
        return 0;
      });
      yield* sys.sleep(1000);
      yield* sys.write(master, encode("hello\r"));
      try {
        for (;;) transcript += decode(yield* sys.read(master, 100));
      } catch (error) {
        transcript += error instanceof SysError ? error.errno : "";
      }
      yield* sys.waitpid(child);
      return 0;
    });
    expect(transcript).toBe("ctty true\r\nhello\r\nhello\r\nEIO");
  });
});

describe("namespaces and cgroups", () => {
  test("a pid namespace counts from 1 and dies with its init", () => {
    const t = testKernel();
    const seen: unknown[] = [];
    runMain(t, function* (sys) {
      const outside = sys.fork(function* (init) {
        seen.push(init.getpid(), init.getppid());
        const inner = init.fork(function* (leaf) {
          yield* leaf.sleep(1e9);
          return 0;
        });
        seen.push(inner, errnoOf(() => init.kill(1000, 0)));
        init.kill(init.getpid(), SIGNALS.KILL);
        yield* init.sleep(1000);
        return 3;
      }, { newNamespaces: ["pid"] });
      seen.push((yield* sys.waitpid(outside))?.status);
      return 0;
    });
    expect(seen).toEqual([1, 0, 2, "ESRCH", { kind: "exited", status: 3 }]);
    expect([...t.kernel.processes.values()].map((process) => process.comm)).toEqual(["init"]);
  });

  test("a user namespace gives root inside, and nothing outside", () => {
    const t = testKernel();
    const seen: unknown[] = [];
    runMain(t, function* (sys) {
      yield* writeFile(sys, "/secret", "x", 0o600);
      sys.setresgid(1000, 1000, 1000);
      sys.setresuid(1000, 1000, 1000);
      sys.unshare(["user"]);
      seen.push(sys.getcred().euid);
      const process = t.kernel.processes.get(sys.getpid());
      process?.namespaces.user.setMap(process, "uid", "0 1000 1\n");
      seen.push(sys.getcred().euid, sys.stat("/secret").uid, yield* caught(sys.open("/secret", O.RDONLY)));
      sys.unshare(["uts"]);
      sys.sethostname("inside");
      seen.push(sys.uname().nodename, errnoOf(() => sys.setuid(5)));
      return 0;
    });
    expect(seen).toEqual([65534, 0, 65534, "EACCES", "inside", "EINVAL"]);
    expect(t.kernel.initialNamespaces.uts.hostname).toBe("test");
  });

  test("memory.max kills the greedy one, pids.max refuses, cpu.max slows down, freeze holds", () => {
    const t = testKernel();
    const seen: unknown[] = [];
    const root = t.kernel.cgroups.root;
    root.enableControllers(["+memory", "+pids", "+cpu"]);
    const group = root.create("box");
    runMain(t, function* (sys) {
      const self = t.kernel.processes.get(sys.getpid());
      if (!self) return 1;
      group.writeFile(self, "memory.max", "8M\n");
      const greedy = sys.fork(function* (own) {
        for (;;) {
          own.allocate(1 << 20);
          if (own.charge(10)) yield* own.preempt();
        }
      }, { cgroup: "/box" });
      seen.push((yield* sys.waitpid(greedy))?.status, group.readFile(self, "memory.events"));
      group.writeFile(self, "pids.max", "1\n");
      const full = sys.fork(function* (own) {
        seen.push(errnoOf(() => own.fork(function* () { return 0; })));
        return 0;
      }, { cgroup: "/box" });
      yield* sys.waitpid(full);
      group.writeFile(self, "cpu.max", "10000 100000\n");
      const busy = sys.fork(function* (own) {
        for (;;) if (own.charge(10)) yield* own.preempt();
      }, { cgroup: "/box" });
      const before = group.usageUs;
      yield* sys.sleep(1_000_000);
      const used = group.usageUs - before;
      seen.push(used > 80_000 && used < 130_000);
      group.writeFile(self, "cgroup.freeze", "1\n");
      const frozenAt = group.usageUs;
      yield* sys.sleep(300_000);
      seen.push(group.usageUs - frozenAt < 5000, group.readFile(self, "cgroup.events"));
      group.writeFile(self, "cgroup.kill", "1\n");
      seen.push((yield* sys.waitpid(busy))?.status.kind, group.readFile(self, "cgroup.events"));
      root.remove("box");
      return 0;
    });
    expect(seen).toEqual([
      { kind: "signaled", signal: SIGNALS.KILL, coreDumped: false }, "low 0\nhigh 0\nmax 1\noom 1\noom_kill 1\noom_group_kill 0\n", "EAGAIN", true, true,
      "populated 1\nfrozen 1\n", "signaled", "populated 0\nfrozen 1\n",
    ]);
    expect(t.kernel.log.lines().some((line) => /^Memory cgroup out of memory: Killed process \d+ \(main\) total-vm:/.test(line.text))).toBe(true);
  });
});

describe("determinism", () => {
  function trace(chunkUs: number): string {
    const t = testKernel({ cpuCount: 2 });
    const events: string[] = [];
    const terminal = onTerminal(t, function* (sys) {
      for (let i = 0; i < 4; i++) {
        sys.fork(function* (child) {
          for (let n = 0; n < 40; n++) {
            const bytes = child.random(1)[0] ?? 0;
            for (let k = 0; k < bytes * 20; k++) if (child.charge(1)) yield* child.preempt();
            events.push(`${child.getpid()} ${n} ${child.clockUs("monotonic")}`);
            if (n % 7 === 0) yield* child.sleep(500);
          }
          return 0;
        });
      }
      for (;;) {
        const key = decode(yield* sys.read(0, 10));
        events.push(`key ${JSON.stringify(key)} ${sys.clockUs("monotonic")}`);
      }
    });
    const inputs = [[5000, "a\r"], [40_000, "b\r"], [41_000, "c\r"]] as const;
    for (const [at, keys] of inputs) {
      while (t.kernel.nowUs < at) t.kernel.step(Math.min(at, t.kernel.nowUs + chunkUs), 1e9);
      terminal.input(encode(keys));
    }
    while (t.kernel.nowUs < 400_000) t.kernel.step(Math.min(400_000, t.kernel.nowUs + chunkUs), 1e9);
    return events.join("\n");
  }

  test("how the world is stepped does not show", () => {
    const whole = trace(1e9);
    expect(whole.split("\n").length).toBe(163);
    expect(trace(1000)).toBe(whole);
    expect(trace(17)).toBe(whole);
  });
});
