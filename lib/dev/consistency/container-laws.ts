// What `docker` says, against processes, cgroups, namespaces, mounts, cables, rules and the files below /var/lib/docker.
import { Comparison } from "./domain-laws.ts";
import type { Host } from "./host.ts";

const containerFormat = "{{.Id}} {{.Name}} {{.State.Status}} {{.State.Pid}} {{.HostConfig.NetworkMode}} {{.Image}} {{.Config.Image}} {{range $n, $e := .NetworkSettings.Networks}}{{$n}}={{$e.IPAddress}},{{end}} {{range .Mounts}}{{.Source}}:{{.Destination}},{{end}} {{range $p, $l := .NetworkSettings.Ports}}{{range $l}}{{$p}}={{.HostIp}}:{{.HostPort}},{{end}}{{end}}";

function oneContainer(host: Host, is: Comparison, name: string, pid: string, id: string, state: string, mode: string, mounts: string): void {
  is.holds(`${name}: process ${pid} is in another cgroup`, host.text(`cat /proc/${pid}/cgroup`).includes(id));
  is.same(`${name}: frozen`, host.text(`cat /sys/fs/cgroup/system.slice/docker-${id}.scope/cgroup.events`).includes("frozen 1"), state === "paused");
  const hostNetwork = host.text("readlink /proc/1/ns/net");
  if (!mode.startsWith("container:")) is.same(`${name}: the host's network`, host.text(`readlink /proc/${pid}/ns/net`) === hostNetwork, mode === "host");
  is.holds(`${name}: the host's mounts`, host.text(`readlink /proc/${pid}/ns/mnt`) !== host.text("readlink /proc/1/ns/mnt"));
  for (const mount of mounts.split(",").filter((one) => one !== "")) {
    const [source = "", target = ""] = mount.split(":");
    // a tmpfs lies nowhere
    if (source === "") continue;
    is.same(`${name}: ${target} and ${source}`, host.text(`cd /proc/${pid}/root${target} && find . -type f -printf '%p %s\\n' | sort`), host.text(`cd ${source} && find . -type f -printf '%p %s\\n' | sort`));
  }
  if (state === "running") is.same(`${name}: processes in top`, host.lines(`docker top ${name} -o pid | tail -n +2 | sort -n`).map((line) => line.trim()), host.lines(`sort -n /sys/fs/cgroup/system.slice/docker-${id}.scope/cgroup.procs`));
}

export function containerProblems(host: Host): readonly string[] {
  const is = new Comparison();
  const listed = host.lines(`docker ps -aq --no-trunc | xargs -r docker inspect -f '${containerFormat}'`).map((line) => line.split(" "));
  const groups = new Set(host.lines("ls -d /sys/fs/cgroup/system.slice/docker-*.scope 2>/dev/null").map((path) => path.slice(-70, -6)));
  let cables = 0;
  let published = 0;
  const used = new Map<string, string[]>();
  for (const [id = "", name = "", state = "", pid = "", mode = "", image = "", , networks = "", mounts = "", ports = ""] of listed) {
    const up = state === "running" || state === "paused";
    is.holds(`${name} is ${state} with process ${pid}`, up === (pid !== "0"));
    is.holds(`${name} is ${state}, its cgroup is ${up ? "not " : ""}there`, up === groups.delete(id));
    is.holds(`${name}: its image ${image} is not there`, host.run(`docker image inspect ${image}`).status === 0);
    if (!up) continue;
    oneContainer(host, is, name, pid, id, state, mode, mounts);
    published += ports.split(",").filter((one) => one !== "").length;
    if (mode.startsWith("container:") || mode === "host") continue;
    for (const network of networks.split(",").filter((one) => one !== "" && !one.startsWith("none"))) {
      cables++;
      const [network0 = "", address = ""] = network.split("=");
      used.set(network0, [...(used.get(network0) ?? []), id]);
      is.holds(`${name} does not have ${network}`, host.text(`nsenter -t ${pid} -n ip -br addr`).includes(`${address}/`));
    }
  }
  is.same("cgroups without a container", [...groups], []);
  is.same("cables on the host", host.lines("ls /sys/class/net").filter((name) => name.startsWith("veth")).length, cables);
  is.same("root file systems mounted", host.lines("grep -c 'overlay2/.*/merged' /proc/mounts")[0], String(listed.filter(([, , state]) => state === "running" || state === "paused").length));
  is.same("folders of containers", host.lines("ls /var/lib/docker/containers 2>/dev/null"), listed.map(([id]) => id).sort());
  is.same("folders of volumes", host.lines("ls -d /var/lib/docker/volumes/*/ 2>/dev/null").map((path) => path.split("/").at(-2)).sort(), [...host.lines("docker volume ls -q")].sort());
  is.same("proxies", host.lines("pgrep -c docker-proxy")[0], String(published));
  const rules = host.text("iptables -t nat -S DOCKER; iptables -S DOCKER");
  for (const [, name = "", state = "", , , , , , , ports = ""] of listed) if (state === "running") for (const port of ports.split(",")) if (port !== "" && !port.includes("[::]") && !port.includes("=:::")) is.holds(`${name}: no rule for ${port}`, rules.includes(`--dport ${port.slice(port.lastIndexOf(":") + 1)} `));
  is.same("rules of nobody", rules.split("\n").filter((line) => line.includes("-j DNAT")).length, listed.filter(([, , state]) => state === "running" || state === "paused").flatMap((one) => (one[9] ?? "").split(",").filter((port) => port !== "" && !port.includes("[::]") && !port.includes("=:::"))).length);
  networkProblems(host, is, used);
  imageProblems(host, is, listed.length);
  return is.problems;
}

function networkProblems(host: Host, is: Comparison, used: ReadonlyMap<string, readonly string[]>): void {
  const networks = host.lines("docker network ls -q --no-trunc | xargs docker network inspect -f '{{.Name}} {{.Id}} {{.Driver}} {{range $i, $c := .Containers}}{{$i}},{{end}}'").map((line) => line.split(" "));
  for (const [name = "", id = "", driver = "", members = ""] of networks) {
    if (driver !== "bridge") continue;
    const bridge = name === "bridge" ? "docker0" : `br-${id.slice(0, 12)}`;
    is.holds(`network ${name}: no ${bridge}`, host.run(`test -d /sys/class/net/${bridge}/bridge`).status === 0);
    is.same(`network ${name}: its containers`, members.split(",").filter((one) => one !== "").sort(), [...(used.get(name) ?? [])].sort());
    is.same(`network ${name}: cables at ${bridge}`, host.lines(`ls /sys/class/net/${bridge}/brif`).length, used.get(name)?.length ?? 0);
  }
  is.same("bridges of docker", host.lines("ls -d /sys/class/net/br-* 2>/dev/null").length, networks.filter(([name, , driver]) => driver === "bridge" && name !== "bridge").length);
}

/** A folder of overlay2 for each layer of an image, two for each container. */
function imageProblems(host: Host, is: Comparison, containers: number): void {
  const chains = new Set(host.lines("docker images -aq --no-trunc | sort -u | xargs -r docker image inspect -f '{{join .RootFS.Layers \" \"}}'").flatMap((line) => line.split(" ").map((_, index, layers) => layers.slice(0, index + 1).join(" "))));
  is.same("folders of layers", host.lines("ls /var/lib/docker/overlay2 | grep -cvx l")[0], String(chains.size + containers * 2));
}
