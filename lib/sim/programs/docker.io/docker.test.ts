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

describe("registries", () => {
  test("registry:2 in a container keeps what is pushed", () => {
    expect(onDockerHost("docker run -d -p 5000:5000 registry:2 > /dev/null 2>&1; docker tag alpine localhost:5000/a/tool:1; docker push localhost:5000/a/tool:1 > /dev/null; docker tag alpine localhost:5000/b; docker push localhost:5000/b | grep Mounted | cut -d: -f2; docker rmi -f alpine localhost:5000/a/tool:1 localhost:5000/b > /dev/null; docker run --rm localhost:5000/a/tool:1 echo back 2> /dev/null; curl -s localhost:5000/v2/_catalog; docker push localhost:5000/nosuch")).toEqual({
      output: ' Mounted from a/tool\nback\n{"repositories":["a/tool","b"]}\nUsing default tag: latest\nThe push refers to repository [localhost:5000/nosuch]\nAn image does not exist locally with the tag: localhost:5000/nosuch\n', status: 1,
    });
  });
  test("the Hub takes what its owner pushes", () => {
    expect(onDockerHost("docker tag alpine marie/tool; docker push marie/tool | tail -1; echo long-enough | docker login -u marie --password-stdin 2> /dev/null; docker push -q marie/tool; docker rmi marie/tool > /dev/null; docker logout; docker pull -q marie/tool")).toEqual({
      output: "denied: requested access to the resource is denied\n4ca4e06852e6: Preparing\nLogin Succeeded\ndocker.io/marie/tool:latest\nRemoving login credentials for https://index.docker.io/v1/\ndocker.io/marie/tool:latest\n", status: 0,
    });
  });
});

describe("what a container is given", () => {
  test("an init that hands signals on", () => {
    expect(onDockerHost("docker run -d --init --name box busybox sleep 100 > /dev/null; docker exec box ps -o pid,args | head -2 | tail -1; docker kill -s HUP box; docker wait box")).toEqual({ output: "    1 /sbin/docker-init -- sleep 100\nbox\n129\n", status: 0 });
  });
  test("devices, settings of its kernel, no IPv6", () => {
    expect(onDockerHost("docker run --rm --device /dev/null:/dev/mine --sysctl net.ipv4.ip_forward=0 busybox sh -c 'ls /dev/mine; cat /proc/sys/net/ipv4/ip_forward; ip a | grep -c inet6'; docker run --rm --device /dev/nosuch busybox true")).toEqual({
      output: '/dev/mine\n0\n0\ndocker: Error response from daemon: error gathering device information while adding custom device "/dev/nosuch": no such file or directory.\n', status: 127,
    });
  });
  test("a terminal that ends with its program", () => {
    expect(onDockerHost("docker run -d --name box busybox sleep 100 > /dev/null; docker exec -t box echo hi | od -c | head -1; docker run --rm -t busybox echo hi | od -c | head -1")).toEqual({ output: "0000000   h   i  \\r  \\n\n0000000   h   i  \\r  \\n\n", status: 0 });
  });
});

describe("the client", () => {
  test("talks to the daemon of its context", () => {
    expect(onDockerHost("docker context create far --docker host=tcp://127.0.0.1:9; docker --context far ps; docker context use far; docker ps; docker context rm far; docker context use default; docker context rm far default")).toEqual({
      output: 'far\nSuccessfully created context "far"\nCannot connect to the Docker daemon at tcp://127.0.0.1:9. Is the docker daemon running?\nfar\nCurrent context is now "far"\nCannot connect to the Docker daemon at tcp://127.0.0.1:9. Is the docker daemon running?\nfar: context is in use, set -f flag to force remove\ndefault\nCurrent context is now "default"\nfar\ndefault: context "default" cannot be removed\n', status: 1,
    });
  });
  test("makes images of archives", () => {
    expect(onDockerHost("docker run --name work busybox sh -c 'echo data > /data.txt'; docker export work | docker import -c 'CMD [\"cat\",\"/data.txt\"]' - flat > /dev/null; docker run --rm flat; docker history --format '{{.Comment}}' flat; docker inspect -f '{{.Config.OnBuild}} {{.Config.Volumes}} {{json .Config.Cmd}}' flat")).toEqual({ output: 'data\nImported from -\n[] map[] ["cat","/data.txt"]\n', status: 0 });
  });
});

describe("the daemon", () => {
  test("restarts, and starts again what should always run", () => {
    expect(onDockerHost("docker run -d --name always --restart always nginx > /dev/null; docker run -d --name plain busybox sleep 100 > /dev/null; systemctl restart docker; docker ps -a --format '{{.Names}} {{.State}}'; iptables -t nat -S DOCKER")).toEqual({ output: "plain exited\nalways running\n-N DOCKER\n-A DOCKER -i docker0 -j RETURN\n", status: 0 });
  });
});

describe("swarm mode", () => {
  test("keeps as many tasks as were asked for, behind one port", () => {
    expect(onDockerHost("docker swarm init > /dev/null; docker service create -d --name web -p 8080:80 --replicas 2 nginx > /dev/null; sleep 1; curl -s localhost:8080 | grep -c title; docker service scale -d web=3; sleep 1; docker rm -f $(docker ps -lq) > /dev/null; docker service ls --format '{{.Name}} {{.Replicas}} {{.Ports}}'; sleep 6; docker service ls --format '{{.Replicas}}'; docker service ps web --format '{{.Name}} {{.DesiredState}}'; docker service rm web; docker ps -q; docker swarm leave --force; docker node ls")).toEqual({
      output: '1\nweb scaled to 3\nweb 2/3 *:8080->80/tcp\n3/3\nweb.1 Running\nweb.2 Running\nweb.3 Running\nweb.3 Shutdown\nweb\nNode left the swarm.\nError response from daemon: This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.\n', status: 1,
    });
  });
});
