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

describe("names of user networks", () => {
  test("are answered at 127.0.0.11: containers, aliases, and the world outside", () => {
    expect(onDockerHost("docker network create n1 > /dev/null; docker run -d --name web --network n1 --network-alias www nginx > /dev/null; docker run --rm --network n1 busybox sh -c 'wget -qO- http://web | grep title; wget -qO- http://www.n1 | grep -c nginx; wget -qO- http://example.com | grep title; cat /etc/resolv.conf'")).toEqual({
      output: "<title>Welcome to nginx!</title>\n3\n<head><title>Example Domain</title></head>\nnameserver 127.0.0.11\noptions ndots:0\n", status: 0,
    });
  });
  test("come and go with docker network connect", () => {
    expect(onDockerHost("docker network create n1 > /dev/null; docker run -d --name web --network n1 nginx > /dev/null; docker run -d --name box busybox sleep 100 > /dev/null; docker exec box ping -c 1 web; docker network connect --alias other n1 box; docker exec box ping -c 1 web | head -1; docker exec web getent hosts other; docker network disconnect n1 box; docker exec web getent hosts other")).toEqual({
      output: "ping: bad address 'web'\nPING web (172.18.0.2): 56 data bytes\n172.18.0.3      other\n", status: 2,
    });
  });
  test("are unknown on an internal network when they are outside", () => {
    expect(onDockerHost("docker network create --internal in > /dev/null; docker run --rm --network in busybox ping -c 1 example.com")).toEqual({ output: "ping: bad address 'example.com'\n", status: 1 });
  });
});

describe("the firewall", () => {
  test("forwards both ways at once", () => {
    expect(onDockerHost("docker run --rm busybox ping -c 2 10.0.2.2 | sed 's/time=[01][.].*/fast/' | head -3")).toEqual({ output: "PING 10.0.2.2 (10.0.2.2): 56 data bytes\n64 bytes from 10.0.2.2: seq=0 ttl=63 fast\n64 bytes from 10.0.2.2: seq=1 ttl=63 fast\n", status: 0 });
  });
  test("publishes ports by DNAT and lets replies of containers out by MASQUERADE", () => {
    expect(onDockerHost("docker run -d --name web -p 8080:80 nginx > /dev/null; for a in 127.0.0.1 localhost 10.0.2.15; do curl -s http://$a:8080 | grep -c title; done; iptables -t nat -S DOCKER; docker rm -f web > /dev/null; iptables -t nat -S DOCKER; docker run --rm busybox wget -qO- http://example.com | grep -c title")).toEqual({
      output: "1\n1\n1\n-N DOCKER\n-A DOCKER -i docker0 -j RETURN\n-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80\n-N DOCKER\n-A DOCKER -i docker0 -j RETURN\n1\n", status: 0,
    });
  });
  test("keeps networks apart", () => {
    expect(onDockerHost("docker network create n1 > /dev/null; docker run -d nginx > /dev/null; docker run --rm --network n1 busybox ping -c 1 -W 1 172.17.0.2 | tail -1")).toEqual({ output: "1 packets transmitted, 0 packets received, 100% packet loss\n", status: 0 });
  });
  test("drops what DOCKER-USER and INPUT say", () => {
    expect(onDockerHost("docker run -d --name web -p 8080:80 nginx > /dev/null; iptables -I DOCKER-USER -s 172.17.0.0/16 ! -d 172.17.0.0/16 -p udp -j DROP; docker run --rm busybox ping -c 1 -W 1 10.0.2.2 | grep -c ttl; docker run --rm busybox nslookup example.com 2>&1 | tail -2; iptables -A INPUT -i lo -p tcp --dport 8080 -j REJECT; curl -sS http://127.0.0.1:8080")).toEqual({
      output: "1\n;; connection timed out; no servers could be reached\n\ncurl: (7) Failed to connect to 127.0.0.1 port 8080 after 0 ms: Couldn't connect to server\n", status: 7,
    });
  });
});
