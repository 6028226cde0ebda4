import fc from "fast-check";
import { expect, test } from "vitest";
import { encode } from "../sim/world/text.ts";
import { createWorld, type World, type WorldTerminal } from "../sim/world/world.ts";

// A session is its journal: whatever was typed, and however the worker cut its steps, running the inputs again gives the same bytes and the same machine.

const lines = [
  "ls -la /etc | head -5", "echo $RANDOM $$ $SECONDS", "date +%s.%N", "cd /tmp; pwd", "for i in 1 2 3; do echo $i; done | sort -R", "cat /proc/uptime /proc/loadavg", "sleep 0.3 & jobs; wait", "seq 1 500 | awk '{s+=$1} END {print s}'",
  "mkdir -p a/b; echo x > a/b/f; ls -lR a", "head -c 16 /dev/urandom | od -An -tx1", "ps -ef | tail -4", "history | tail -2", "touch t; stat -c '%y %i' t", "sed -i s/x/y/ a/b/f; cat a/b/f", "f() { echo in $1; }; f 7; declare -f f", "mktemp", "rm -rf a; ls",
  "find / -name '*.conf' 2>/dev/null | wc -l", "echo a b c | read x y; echo \"$x\"", "tar cf x.tar /etc/hosts; gzip -f x.tar; ls x.tar.gz", "kill -0 1; echo $?", "true && false || echo no", "printf '%s\\n' *", "uuidgen", "sudo -n true; id", "cat <<< hello | tee h", "yes | head -2000 | uniq -c", "exec 3<>h; cat <&3",
  "docker ps -a", "docker images", "docker run --rm hello-world | head -3", "docker run -d --name n$RANDOM alpine sleep 100", "docker ps -q | xargs -r docker stop -t 0", "docker run --rm alpine sh -c 'echo $$; cat /proc/1/cgroup'", "docker volume create v; docker volume ls", "docker logs $(docker ps -lq)", "docker inspect -f '{{.State.Pid}}' $(docker ps -lq)",
  "printf 'FROM alpine\\nRUN echo hi > /f\\n' > Dockerfile; docker build -q .", "systemctl status cron | head -3", "journalctl -n 2 --no-pager",
] as const;
const keys = ["\x1b[A", "\x1b[D", "\x01", "\x05", "\x17", "\t", "\x12ec", "\x03", "\x15", "x", "\x1b", "\r", "é", "\x04"] as const;

type Input = { readonly kind: "text"; readonly text: string } | { readonly kind: "resize"; readonly rows: number; readonly cols: number } | { readonly kind: "open" };

const inputs: fc.Arbitrary<Input> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...lines).map((line): Input => ({ kind: "text", text: `${line}\r` })) },
  { weight: 3, arbitrary: fc.constantFrom(...keys).map((text): Input => ({ kind: "text", text })) },
  { weight: 1, arbitrary: fc.record({ rows: fc.integer({ min: 5, max: 50 }), cols: fc.integer({ min: 20, max: 150 }) }).map(({ rows, cols }): Input => ({ kind: "resize", rows, cols })) },
  { weight: 1, arbitrary: fc.constant<Input>({ kind: "open" }) },
);
const turns = fc.array(fc.record({ input: inputs, terminal: fc.nat(2), pauseUs: fc.integer({ min: 0, max: 900_000 }), cut: fc.integer({ min: 50, max: 30_000 }) }), { minLength: 4, maxLength: 9 });

interface Entry {
  readonly atUs: number;
  readonly input: Input;
  readonly terminal: number;
}

class Session {
  readonly world: World;
  readonly #terminals: WorldTerminal[] = [];

  constructor(seed: number) {
    this.world = createWorld({ host: "debian-12-docker", seed, epochUs: 1_790_000_000_000_000, user: "root" });
  }

  apply({ input, terminal }: Omit<Entry, "atUs">): void {
    if (input.kind === "open") this.#terminals.push(this.world.openTerminal({ rows: 24, cols: 80 }));
    const at = this.#terminals[Math.min(terminal, this.#terminals.length - 1)];
    if (input.kind === "text") at?.input(encode(input.text));
    else if (input.kind === "resize") at?.resize(input.rows, input.cols);
  }

  /** As a worker does it: pieces of work, ended by a budget or by a clock that nobody can foresee. */
  pass(untilUs: number, cut: number): void {
    let asked = 0;
    for (let round = 0; round < 3_000 && this.world.nowUs < untilUs; round++) this.world.step(untilUs, cut, () => ++asked % 7 === cut % 7);
  }
}

test("200 random sessions replay to the same output and the same state", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), turns, (seed, given) => {
      const live = new Session(seed);
      const journal: Entry[] = [];
      for (const { input, terminal, pauseUs, cut } of [{ input: { kind: "open" } as const, terminal: 0, pauseUs: 2_000_000, cut: 20_000 }, ...given]) {
        const entry: Entry = { atUs: live.world.nowUs, input, terminal };
        journal.push(entry);
        live.apply(entry);
        live.pass(live.world.nowUs + pauseUs, cut);
      }
      const endUs = live.world.nowUs;
      const again = new Session(seed);
      for (const entry of journal) {
        while (again.world.nowUs < entry.atUs) again.world.step(entry.atUs, 100_000);
        again.apply(entry);
      }
      while (again.world.nowUs < endUs) again.world.step(endUs, 100_000);
      expect(again.world.outputDigest()).toBe(live.world.outputDigest());
      expect(again.world.digest()).toBe(live.world.digest());
    }),
    { numRuns: 200, seed: 20_261_122 },
  );
}, 300_000);
