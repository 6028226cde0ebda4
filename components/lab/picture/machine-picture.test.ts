import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { WordsContext } from "../../../lib/i18n/use-words.ts";
import { messagesOf } from "../../../lib/i18n/words.ts";
import type { MachinePicture } from "../../../lib/session/protocol-picture.ts";
import { MachineDrawing } from "./machine-drawing.tsx";
import { MachineOutline } from "./machine-outline.tsx";

const network = (id: string): MachinePicture["networks"][number] => ({ id, name: id, kind: "bridge", interface: `${id}0`, addresses: ["10.9.0.1/24"], subnet: "", up: true, docker: false });
const empty: MachinePicture = { name: "guest-system", system: "Debian", kernel: "6.1.0-guest", cpus: 1, memoryBytes: 2 ** 29, processes: 9, docker: "absent", networks: [network("inner")], containers: [], guests: [], namespaces: [], images: [], volumes: [] };
const picture: MachinePicture = {
  ...empty, name: "host", kernel: "6.1.0-host", docker: "running", networks: [network("virbr"), network("web")],
  containers: [
    {
      id: "1", name: "site", image: "nginx:1", imageId: "i1", state: "running", exitCode: 0, oomKilled: false, command: "nginx", processes: [{ pid: 700, pidInside: 1, command: "nginx: master" }],
      attachments: [{ network: "web", address: "10.9.0.2" }], hostNetwork: false, ports: [{ hostPort: 8080, containerPort: 80, protocol: "tcp" }], mounts: [{ source: "pages", target: "/srv", kind: "volume" }], memoryLimitBytes: 2 ** 26,
    },
    { id: "2", name: "killed", image: "python:3", imageId: "i2", state: "exited", exitCode: 137, oomKilled: true, command: "", processes: [], attachments: [], hostNetwork: false, ports: [], mounts: [], memoryLimitBytes: 0 },
  ],
  namespaces: [{ name: "blue", interfaces: [{ name: "veth1", up: false, addresses: ["10.9.0.9/24"], peer: "veth0" }], attachments: [{ network: "web", address: "10.9.0.9" }] }],
  guests: [
    {
      name: "vm-one", state: "running", pid: 812, cpus: 2, memoryBytes: 2 ** 30, attachments: [{ network: "virbr", address: "10.9.0.7" }],
      disks: [{ target: "vda", path: "/img/one.qcow2", format: "qcow2", sizeBytes: 2 ** 33, backing: ["/img/base.qcow2"] }], inside: empty,
    },
    { name: "vm-two", state: "off", pid: 0, cpus: 1, memoryBytes: 2 ** 29, attachments: [], disks: [], inside: undefined },
  ],
  images: [{ id: "i1", tags: ["nginx:1", "nginx:latest"], sizeBytes: 1_000_000, layers: ["a", "b"], containers: ["site"] }, { id: "i2", tags: [], sizeBytes: 1, layers: ["a"], containers: ["killed"] }],
  volumes: [{ name: "pages", users: [{ container: "site", target: "/srv" }] }, { name: "spare", users: [] }],
};

function textOf(form: typeof MachineDrawing): string {
  const words = { locale: "en" as const, messages: messagesOf("en", ["picture"]) };
  return renderToStaticMarkup(createElement(WordsContext, { value: words }, createElement(form, { picture }))).replace(/<[^>]+>/g, " ").replaceAll("\u{a0}", " ");
}

test.each([
  ["drawing", MachineDrawing],
  ["list", MachineOutline],
])("the %s shows machines in machines, containers, disks, networks", (_name, form) => {
  const text = textOf(form);
  for (const fact of [
    "host", "6.1.0-host", "shared by the host and its container", "virbr", "web", "site", "nginx:1", "running", "10.9.0.2", "port 8080 of the host → 80/tcp", "64 MiB of memory at most", "pages mounted on /srv",
    "PID 1 inside, 700 on the host", "nginx: master", "killed", "exited, code 137", "killed: more memory than its limit", "vm-one", "PID 812", "vda", "/img/one.qcow2", "/img/base.qcow2", "10.9.0.7", "guest-system", "6.1.0-guest", "inner",
    "blue", "veth1 10.9.0.9/24 ↔ veth0 (down)", "vm-two", "shut off", "nginx:latest", "2 layers, 1 of them shared with other images", "untagged (i2)", "spare", "no container uses it",
  ]) expect(text).toContain(fact);
});
