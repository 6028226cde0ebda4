import { expect, test } from "vitest";
import type { ContainerPicture, MachinePicture, NetworkPicture } from "../../../lib/session/protocol-picture.ts";
import { railRows } from "./rails.ts";

const network = (id: string): NetworkPicture => ({ id, name: id, kind: "bridge", interface: id, addresses: [], subnet: "", up: true, docker: true });
const container = (name: string, state: ContainerPicture["state"], ...networks: string[]): ContainerPicture => ({
  id: name, name, image: "nginx", imageId: "1", state, exitCode: 0, oomKilled: false, command: "", processes: [], attachments: networks.map((one) => ({ network: one, address: "" })),
  hostNetwork: false, ports: [], mounts: [], memoryLimitBytes: 0,
});
const machine = (networks: NetworkPicture[], containers: ContainerPicture[]): MachinePicture => ({
  name: "debian", system: "Debian", kernel: "6.1", cpus: 1, memoryBytes: 1, processes: 1, docker: "running", networks, containers, guests: [], namespaces: [], images: [], volumes: [],
});

/** One row as text: "|" passes, "+" branches, "'" ends, "," begins. */
function drawn(picture: MachinePicture): string[] {
  return railRows(picture).map(({ row, segments }) => {
    const cells = picture.networks.map((_network, rail) => {
      const segment = segments.find((one) => one.rail === rail);
      if (!segment) return " ";
      if (segment.branch) return segment.above ? (segment.below ? "+" : "'") : segment.below ? "," : "o";
      return "|";
    });
    return `${cells.join("")} ${row.key}`;
  });
}

test("rails begin at their network and end at the last box on it; what runs comes first", () => {
  const picture = machine([network("a"), network("b"), network("c")], [container("off", "exited", "b"), container("on", "running", "a"), container("both", "running", "a", "b")]);
  expect(drawn(picture)).toEqual([",   network a", "|,  network b", "||o network c", "++  container both", "'|  container on", " '  container off"]);
});
