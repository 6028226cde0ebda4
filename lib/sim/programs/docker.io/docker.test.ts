// Whole commands on a host with Docker: what they print, and that nothing they do ends more than themselves.
import { describe, expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

/** Each of them the script of one machine of its own. Both outputs in the order of a pipe. */
function onDockerHost(script: string): { readonly output: string; readonly status: number | undefined } {
  const world = createWorld({ host: "debian-12-docker", seed: 1, epochUs: 1_790_000_000_000_000, user: "root" });
  world.step(10_000_000, 50_000_000);
  const run = world.runProgram({
    argv: ["bash", "-c", `exec 2>&1; ${script}`], user: "root", directory: "/root", environment: new Map([["LC_ALL", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]]),
    limitUs: 120_000_000, maxSteps: 200_000_000,
  });
  return { output: decode(run.stdout), status: run.status };
}

describe("standard input", () => {
  test("of docker run -i, attached before the container runs", () => {
    expect(onDockerHost("echo hi | docker run --rm -i busybox cat; echo 'expr 6 \\* 7' | docker run --rm -i busybox sh")).toEqual({ output: "hi\n42\n", status: 0 });
  });
  test("of docker start -i", () => {
    expect(onDockerHost("docker create -i --name calc busybox sh > /dev/null; echo 'expr 6 \\* 7' | docker start -i calc")).toEqual({ output: "42\n", status: 0 });
  });
  test("is no terminal", () => {
    expect(onDockerHost("echo hi | docker run --rm -it busybox cat")).toEqual({ output: "the input device is not a TTY\n", status: 1 });
  });
});

describe("names", () => {
  test("that nobody knows are an error of the program that asks", () => {
    expect(onDockerHost("docker run --rm busybox ping -c 1 web; docker run --rm busybox true")).toEqual({ output: "ping: bad address 'web'\n", status: 0 });
  });
});
