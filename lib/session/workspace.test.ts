import { describe, expect, test } from "vitest";
import { createWorld } from "../sim/world/world.ts";
import type { ActivityPlan } from "./activity-tasks.ts";
import { decodeEntries, encodeEntries, type JournalEntry, resolveUndo } from "./journal-codec.ts";
import type { ClientMessage, CommandRecord, ServerMessage } from "./protocol.ts";
import type { FileAnswer, FileRequest } from "./protocol-files.ts";
import { recordSession } from "./record-session.ts";
import { Workspace } from "./workspace.ts";

const host = "debian-12-docker";
/** ms until all services run */
const booted = 20_000;
const plan = (user: string): ActivityPlan => ({ host, user, tasks: [], evaluate: () => ({ passed: true }) });
const makeWorld = (user: string) => createWorld({ host, seed: 7, epochUs: 1_790_000_000_000_000, user });

/** Somebody in front of a workspace, in a time of their own: what was stored and sent, and the state of the panels. */
class Desk {
  readonly #user: string;
  #workspace: Workspace;
  #wallMs = 0;
  #requests = 0;
  stored: JournalEntry[] = [];
  messages: ServerMessage[] = [];
  commands = new Map<number, CommandRecord>();

  constructor(user: string) {
    this.#user = user;
    this.#workspace = new Workspace("a", plan(user), () => makeWorld(user), [{ kind: "begin", atUs: 0, host, user, epochUs: 0, seed: 7 }], 0, 1);
    this.#attach();
  }

  #attach(): void {
    this.#workspace.attach({ type: "hello", version: 1, ticket: "x".repeat(20), lastSeq: null, cols: 80, rows: 24 }, undefined);
    this.pass(3_000);
    this.say({ type: "watch", picture: true, commands: true, files: [] });
  }

  get resting(): boolean {
    return this.#workspace.resting;
  }

  pass(durationMs: number): void {
    for (const endMs = this.#wallMs + durationMs; this.#wallMs < endMs || this.#workspace.replaying; this.#wallMs += 20) {
      this.#workspace.tick(this.#wallMs, 500_000);
      const batch = this.#workspace.takeBatch();
      if (!batch) continue;
      expect(batch.firstEntry).toBe(this.stored.length);
      this.stored.push(...decodeEntries(encodeEntries(batch.entries)));
      for (const message of batch.messages) {
        this.messages.push(message);
        if (message.type !== "commands") continue;
        if (message.anew) this.commands.clear();
        for (const command of message.commands) this.commands.set(command.place, command);
      }
    }
  }

  say(message: ClientMessage): void {
    this.#workspace.receive(message);
    this.pass(1_000);
  }

  type(text: string, terminal = 1): void {
    this.say({ type: "input", terminal, data: text });
  }

  ask(ask: FileRequest): FileAnswer | undefined {
    const request = ++this.#requests;
    this.say({ type: "file", request, ask });
    for (const message of this.messages) if (message.type === "file" && message.request === request) return message.answer;
    return undefined;
  }

  save(path: string, text: string, stamp: string | null = null, isNew = false): FileAnswer | undefined {
    this.#workspace.receive({ type: "file", request: this.#requests + 1, ask: { kind: "piece", text } });
    return this.ask({ kind: "save", path, stamp, isNew });
  }

  /** line → output and status of the transcript's commands */
  transcript(): [string, string, number | undefined][] {
    return [...this.commands.values()].map(({ line, output, status }) => [line, output, status]);
  }

  picture() {
    return this.messages.findLast((message) => message.type === "picture")?.picture;
  }

  /** As after kill -9: another life from what was stored. */
  crash(): void {
    this.messages = [];
    this.commands.clear();
    this.#workspace = new Workspace("a", plan(this.#user), () => makeWorld(this.#user), this.stored, this.stored.length, 1_000_000);
    this.#attach();
  }
}

describe("files saved in the editor", () => {
  test("are read back, by the machine and after a crash", () => {
    const desk = new Desk("student");
    expect(desk.save("/home/student/hello.py", "print('é')\n", null, true)).toMatchObject({ kind: "saved", path: "/home/student/hello.py" });
    desk.type("stat -c '%U %a' hello.py; cat hello.py\r");
    desk.crash();
    expect(desk.ask({ kind: "read", path: "/home/student/hello.py" })).toMatchObject({ kind: "file", text: "print('é')\n", writable: true });
    expect(desk.transcript()).toEqual([["stat -c '%U %a' hello.py; cat hello.py", "student 644\nprint('é')", 0]]);
  });

  test("are refused as the machine refuses them", () => {
    const desk = new Desk("student");
    expect(desk.save("/etc/hosts", "x\n")).toMatchObject({ kind: "refused", reason: "errno", errno: "EACCES", message: "Permission denied" });
    expect(desk.save("/home/student/none/x", "x\n")).toMatchObject({ kind: "refused", errno: "ENOENT", message: "No such file or directory" });
    expect(desk.save("/home/student/.bashrc", "x\n", null, true)).toMatchObject({ kind: "refused", errno: "EEXIST", message: "File exists" });
    expect(desk.ask({ kind: "read", path: "/etc/shadow" })).toMatchObject({ kind: "refused", errno: "EACCES" });
    expect(desk.ask({ kind: "list", path: "/root" })).toMatchObject({ kind: "refused", errno: "EACCES" });
    expect(desk.ask({ kind: "read", path: "/usr/bin/ls" })).toMatchObject({ kind: "refused", reason: "not-text" });
    expect(desk.ask({ kind: "read", path: "/proc/sys/kernel/random/uuid" })).toMatchObject({ kind: "refused", reason: "special" });
    expect(desk.ask({ kind: "read", path: "/dev/null" })).toMatchObject({ kind: "refused", reason: "special" });
  });

  test("do not overwrite what changed meanwhile, and stay when a command is undone", () => {
    const desk = new Desk("student");
    const first = desk.save("/home/student/a", "one\n", null, true);
    const stamp = first?.kind === "saved" ? first.stamp : "";
    desk.type("echo two >> a\r");
    expect(desk.save("/home/student/a", "three\n", stamp)).toMatchObject({ kind: "refused", reason: "changed" });
    desk.say({ type: "undo", terminal: 1 });
    expect(desk.ask({ kind: "read", path: "/home/student/a" })).toMatchObject({ kind: "file", text: "one\n" });
    expect(desk.transcript()).toEqual([]);
  });

  test("have a limit, alone and together", () => {
    const desk = new Desk("student");
    const request = 900;
    for (let place = 0; place < 40; place++) desk.say({ type: "file", request, ask: { kind: "piece", text: "x".repeat(8_000) } });
    desk.say({ type: "file", request, ask: { kind: "save", path: "/home/student/long", stamp: null, isNew: true } });
    expect(desk.messages.findLast((message) => message.type === "file")?.answer).toMatchObject({ kind: "refused", reason: "too-large" });
    expect(desk.stored.some((entry) => entry.kind === "write")).toBe(false);
  });
});

describe("the transcript", () => {
  test("has each command with its output and status, without escape sequences", () => {
    const desk = new Desk("student");
    desk.type("echo one; false\r");
    desk.type("printf '\\033[31mred\\033[0m\\r\\nab\\bc\\n'\r");
    desk.type("for i in 1 2; do\recho $i\rdone\r");
    desk.type("echo '\r'\r");
    desk.type("if then\r");
    desk.type("\r");
    desk.type("nosuch\r");
    expect(desk.transcript()).toEqual([
      ["echo one; false", "one", 1],
      ["printf '\\033[31mred\\033[0m\\r\\nab\\bc\\n'", "red\nac", 0],
      ["for i in 1 2; do\necho $i\ndone", "1\n2", 0],
      ["echo '\n'", "", 0],
      ["if then", "bash: syntax error near unexpected token `then'", 2],
      ["nosuch", "bash: nosuch: command not found", 127],
    ]);
  });

  test("knows shells within shells, what runs, and lines wider than the terminal", () => {
    const desk = new Desk("root");
    desk.type("bash\r");
    desk.type("echo inside\r");
    desk.type("exit 3\r");
    desk.type(`echo ${"x".repeat(100)}\r`);
    desk.type("sleep 100\r");
    expect([...desk.commands.values()].map(({ line, depth, output, status, running }) => [line, depth, output, status, running])).toEqual([
      ["bash", 0, "", 3, false],
      ["echo inside", 1, "inside", 0, false],
      ["exit 3", 1, "exit", undefined, false],
      [`echo ${"x".repeat(100)}`, 0, "x".repeat(100), 0, false],
      ["sleep 100", 0, "", undefined, true],
    ]);
    desk.type("\x03");
    expect(desk.transcript().at(-1)).toEqual(["sleep 100", "^C", 130]);
  });

  test("is the same in an instructor's recording", () => {
    const desk = new Desk("root");
    desk.pass(booted);
    desk.type("docker run --rm alpine echo hi\r");
    desk.pass(3_000);
    desk.type("exit\r");
    const job = recordSession("a", plan("root"), makeWorld("root"), resolveUndo(desk.stored));
    for (;;) {
      const { done, value } = job.next();
      if (!done) continue;
      expect(value.commands.map(({ line, output, status }) => [line, output, status])).toEqual([["docker run --rm alpine echo hi", "hi", 0], ["exit", "logout", undefined]]);
      break;
    }
  });
});

test("the picture is sent when it changes, and files that are looked at", () => {
  const desk = new Desk("root");
  desk.pass(booted);
  expect(desk.picture()).toMatchObject({ name: "debian", docker: "running", containers: [] });
  const before = desk.messages.filter((message) => message.type === "picture").length;
  desk.pass(5_000);
  expect(desk.messages.filter((message) => message.type === "picture").length).toBe(before);
  desk.type("docker run -d --name web -p 8080:80 nginx\r");
  desk.pass(2_000);
  expect(desk.picture()?.containers).toMatchObject([{ name: "web", image: "nginx", state: "running", attachments: [{ network: "bridge", address: "172.17.0.2" }], ports: [{ hostPort: 8080, containerPort: 80, protocol: "tcp" }] }]);
  desk.say({ type: "watch", picture: false, commands: false, files: ["/root", "/root/none"] });
  desk.type("touch new\r");
  const stamps = desk.messages.flatMap((message) => (message.type === "stamps" ? [message.stamps] : []));
  expect(stamps.map((list) => list.map(({ path, stamp }) => [path, stamp !== null]))).toEqual([[["/root", true], ["/root/none", false]], [["/root", true]]]);
});

describe("a journal run again", () => {
  const journalled: ActivityPlan = { ...plan("student"), tasks: [{ id: "made", optional: false, checks: [] }], evaluate: () => ({ passed: true }) };
  const never: ActivityPlan = { ...journalled, evaluate: () => ({ passed: false, code: "none", facts: {} }) };
  const world = (seed: number) => () => createWorld({ host, seed, epochUs: 1_790_000_000_000_000, user: "student" });
  const hello = { type: "hello", version: 1, ticket: "x".repeat(20), lastSeq: null, cols: 80, rows: 24 } as const;

  /** What was stored and shown by somebody who typed `lines`; "undo" takes the last one back. */
  function firstLife(...lines: string[]) {
    const workspace = new Workspace("a", journalled, world(7), [{ kind: "begin", atUs: 0, host, user: "student", epochUs: 0, seed: 7 }], 0, 1);
    const stored: JournalEntry[] = [];
    let digest = "";
    let wallMs = 0;
    const pass = () => {
      for (let turn = 0; turn < 100 || workspace.replaying; turn++) {
        workspace.tick((wallMs += 20), 500_000);
        const batch = workspace.takeBatch();
        if (!batch || batch.entries.length === 0) continue;
        stored.push(...batch.entries);
        digest = batch.digest;
      }
    };
    workspace.attach(hello, undefined);
    pass();
    for (const line of lines) {
      workspace.receive(line === "undo" ? { type: "undo", terminal: 1 } : { type: "input", terminal: 1, data: `${line}\r` });
      pass();
    }
    return { stored, digest };
  }

  function secondLife(seed: number, stored: readonly JournalEntry[], digest: string) {
    const workspace = new Workspace("a", never, world(seed), stored, stored.length, 1_000, digest);
    workspace.attach(hello, "restored");
    const messages: ServerMessage[] = [];
    for (let wallMs = 0; wallMs < 2_000 || workspace.replaying; wallMs += 20) {
      workspace.tick(wallMs, 500_000);
      messages.push(...(workspace.takeBatch()?.messages ?? []));
    }
    return {
      notices: messages.flatMap((message) => (message.type === "notice" ? [message.code] : [])),
      steps: messages.flatMap((message) => (message.type === "steps" ? message.steps : [])),
      screen: messages.find((message) => message.type === "screen")?.data ?? "",
    };
  }

  test("to the same output says only that it was restored", () => {
    const { stored, digest } = firstLife("echo $RANDOM", "touch mistake", "undo");
    expect(secondLife(7, stored, digest).notices).toEqual(["restored"]);
  });

  test("to another output goes on from there, keeps what was passed, and says so", () => {
    const { stored, digest } = firstLife("echo $RANDOM", "echo done");
    const { notices, steps, screen } = secondLife(8, stored, digest);
    expect(notices).toEqual(["differs"]);
    expect(steps).toEqual([{ task: "made", passed: true }]);
    expect(screen).toContain("done");
  });
});

describe("a session at which nothing happens", () => {
  const minutes = (count: number) => count * 60_000;

  /** What terminal 1 was sent, in order. */
  const shown = (desk: Desk) => desk.messages.flatMap((message) => (message.type === "output" && message.terminal === 1 ? [message.data] : [])).join("");

  test("rests, and is as it was when somebody types", () => {
    const desk = new Desk("student");
    desk.type("cd /tmp; x='a b'; set -- 1 2; sleep 100000 &\r");
    desk.type("exec 7>kept; echo one >&7\r");
    desk.pass(minutes(6));
    expect(desk.resting).toBe(true);
    const before = shown(desk);
    desk.messages = desk.messages.filter((message) => message.type === "output");
    desk.type("echo two >&7; cat kept; echo \"$PWD $x $#\"; jobs\r");
    expect(desk.resting).toBe(false);
    expect(desk.messages.some((message) => message.type === "notice" || message.type === "screen")).toBe(false);
    expect(desk.transcript().at(-1)).toEqual(["echo two >&7; cat kept; echo \"$PWD $x $#\"; jobs", "one\ntwo\n/tmp a b 2\n[1]+  Running                 sleep 100000 &", 0]);
    expect(shown(desk).slice(before.length)).toBe("echo two >&7; cat kept; echo \"$PWD $x $#\"; jobs\r\n\x1b[?2004l\rone\r\ntwo\r\n/tmp a b 2\r\n[1]+  Running                 sleep 100000 &\r\n\x1b[?2004h\x1b]0;student@debian: /tmp\x07\x1b[01;32mstudent@debian\x1b[00m:\x1b[01;34m/tmp\x1b[00m$ ");
  });

  test("has its time go on", () => {
    const desk = new Desk("student");
    desk.type("date +%s > then\r");
    desk.pass(minutes(30));
    expect(desk.resting).toBe(true);
    desk.type("echo $(( ($(date +%s) - $(cat then)) / 60 ))\r");
    expect(desk.transcript().at(-1)?.[1]).toBe("30");
  });

  test("comes back by itself when something is due", () => {
    const desk = new Desk("root");
    desk.type("(sleep 600; echo here I am) &\r");
    desk.pass(minutes(7));
    expect(desk.resting).toBe(true);
    expect(shown(desk)).not.toContain("\r\nhere I am");
    desk.pass(minutes(6));
    expect(shown(desk)).toContain("here I am\r\n");
    desk.pass(minutes(5));
    expect(desk.resting).toBe(true);
    expect(shown(desk).match(/here I am\r\n/g)).toHaveLength(1);
  });

  test("rests soon after a job of cron's, and not while its tables say something new", () => {
    const desk = new Desk("root");
    desk.pass(minutes(4));
    expect(desk.resting).toBe(true);
    desk.type("(crontab -l 2>/dev/null; echo '*/3 * * * * echo due > /dev/pts/0') | crontab -\r");
    desk.pass(20_000);
    expect(desk.resting).toBe(false);
    desk.pass(minutes(4));
    expect(shown(desk).match(/due\r\n/g)).toHaveLength(2);
    desk.pass(minutes(3));
    expect(shown(desk).match(/due\r\n/g)).toHaveLength(3);
  });

  test("runs its cron jobs on time, those of a table that was just changed, too", () => {
    const desk = new Desk("root");
    desk.type("echo '* * * * * root date +\\%s >> /root/minutes' > /etc/cron.d/each; sed -n 1p /etc/cron.d/each\r");
    desk.pass(minutes(5));
    expect(desk.resting).toBe(false);
    desk.type("rm /etc/cron.d/each; wc -l < minutes\r");
    expect(Number(desk.transcript().at(-1)?.[1])).toBe(5);
    desk.pass(minutes(50));
    desk.type("wc -l < minutes; journalctl -t CRON --since '-1h' | grep -c hourly\r");
    expect(desk.transcript().at(-1)?.[1]).toBe("5\n1");
  });

  test("is stored and undone as any other", () => {
    const desk = new Desk("student");
    desk.type("echo one > a\r");
    desk.pass(minutes(6));
    desk.type("echo two > a\r");
    desk.pass(minutes(6));
    expect(desk.resting).toBe(true);
    desk.say({ type: "undo", terminal: 1 });
    desk.pass(minutes(6));
    expect(desk.resting).toBe(true);
    desk.type("cat a; date +%H:%M\r");
    const [, output] = desk.transcript().at(-1) ?? [];
    expect(output?.split("\n")[0]).toBe("one");
    desk.crash();
    expect(desk.transcript().map(([line]) => line)).toEqual(["echo one > a", "cat a; date +%H:%M"]);
    expect(desk.transcript().at(-1)?.[1]).toBe(output);
  });
});
