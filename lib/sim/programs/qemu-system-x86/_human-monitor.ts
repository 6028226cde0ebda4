// QEMU's monitor for people (hmp-commands.hx): lines of text in, lines of text out. What a command does is what the other monitor's command does.
import type { Blocking } from "../../kernel/sys.ts";
import { ImageError } from "../kit/disk-image/disk-image.ts";
import { ArgumentError, type MachineArguments } from "./_arguments.ts";
import type { UserNetworkPeer } from "./_user-network.ts";

export interface DiskLook {
  readonly id: string;
  readonly path: string;
  readonly format: string;
  readonly readOnly: boolean;
  readonly rom: boolean;
}

/** The machine behind the monitor. */
export interface MonitorTarget {
  readonly machine: MachineArguments;
  readonly paused: boolean;
  readonly pid: number;
  disks(): readonly DiskLook[];
  snapshots(): readonly { readonly id: string; readonly name: string; readonly line: string }[];
  memoryBytes(): number;
  /** user-mode networks by the names of what stands behind the cards */
  userNetworks(): readonly (readonly [name: string, network: UserNetworkPeer])[];
  execute(command: string, given: ReadonlyMap<string, string>): Blocking<unknown>;
}

export const banner = "QEMU 7.2.22 monitor - type 'help' for more information\n";
export const prompt = "(qemu) ";

const none: ReadonlyMap<string, string> = new Map();

const information = new Map<string, readonly [help: string, answer: (target: MonitorTarget) => string]>([
  ["status", ["show the current VM status (running|paused)", (target) => `VM status: ${target.paused ? "paused" : "running"}\n`]],
  ["usernet", ["show user network stack connection states", (target) => target.userNetworks().map(([name, network]) => network.table(name)).join("")]],
  ["version", ["show the version of QEMU", () => "7.2.22Debian 1:7.2+dfsg-7+deb12u18+b3\n"]],
  ["name", ["show the current VM name", (target) => (target.machine.name === "QEMU" ? "" : `${target.machine.name}\n`)]],
  ["uuid", ["show the current VM UUID", (target) => `${target.machine.uuid}\n`]],
  ["kvm", ["show KVM information", (target) => `kvm support: ${target.machine.accelerator === "kvm" ? "enabled" : "disabled"}\n`]],
  ["cpus", ["show infos for each CPU", (target) => Array.from({ length: target.machine.cpus }, (_, cpu) => `${cpu === 0 ? "*" : " "} CPU #${cpu}: thread_id=${target.pid + 2 + cpu}\n`).join("")]],
  ["balloon", ["show balloon information", (target) => (target.machine.devices.some((device) => device.driver.startsWith("virtio-balloon")) ? `balloon: actual=${Math.floor(target.memoryBytes() / 1024 ** 2)}\n` : "Error: No balloon device has been activated\n")]],
  ["block", ["show info of one block device or all block devices", (target) => target.disks().map((disk, index) => `${disk.id}${disk.path === "" ? "" : ` (#block${114 + index * 200})`}: ${disk.path === "" ? "[not inserted]" : `${disk.path} (${disk.format}${disk.readOnly ? ", read-only" : ""})`}\n    Attached to:      /machine/unattached/device[${23 + index}]\n${disk.rom ? "    Removable device: not locked, tray closed\n" : ""}${disk.path === "" ? "" : "    Cache mode:       writeback\n"}`).join("\n")]],
  ["network", ["show the network state", (target) => target.machine.cards.map((card) => `${card.id}: index=0,type=nic,model=${card.model === "virtio" ? "virtio-net-pci" : card.model},macaddr=${card.mac}\n \\ host${card.id}: index=0,type=${card.tapFd === undefined && card.tapName === undefined ? "user,net=10.0.2.0,restrict=off" : `tap,fd=${card.tapFd ?? 10}`}\n`).join("")]],
  ["snapshots", ["show the currently saved VM snapshots", (target) => {
    const found = target.snapshots();
    return found.length === 0 ? "There is no snapshot available.\n" : `List of snapshots present on all disks:\nID        TAG               VM SIZE                DATE     VM CLOCK     ICOUNT\n${found.map((one) => `${one.line}\n`).join("")}`;
  }]],
  ["pci", ["show PCI info", (target) => target.machine.devices.map((device) => `  ${device.slot.replace(/^0000:/, "Bus ").replace(":", ", device ").replace(".", ", function ")}:\n    ${device.driver}\n`).join("")]],
  ["chardev", ["show the character devices", (target) => `serial0: filename=${target.machine.serialPty ? "pty" : "mux"}\n`]],
  ["vnc", ["show the vnc server status", () => "None\n"]],
]);

const commands: readonly (readonly [names: readonly string[], parameters: string, help: string])[] = [
  [["balloon"], "target", "request VM to change its memory allocation (in MB)"], [["cont", "c"], "", "resume emulation"], [["delvm"], "tag", "delete a VM snapshot from its tag"], [["device_del"], "device", "remove device"], [["help", "?"], "[cmd]", "show the help"], [["hostfwd_add"], "[netdev_id] [tcp|udp]:[hostaddr]:hostport-[guestaddr]:guestport", "redirect TCP or UDP connections from host to guest (requires -net user)"], [["hostfwd_remove"], "[netdev_id] [tcp|udp]:[hostaddr]:hostport", "remove host-to-guest TCP or UDP redirection"],
  [["info"], "[subcommand]", "show various information about the system state"], [["loadvm"], "tag", "restore a VM snapshot from its tag"],
  [["nmi"], "", "inject an NMI"], [["quit", "q"], "", "quit the emulator"], [["savevm"], "tag", "save a VM snapshot. If no tag is provided, a new snapshot is created"], [["sendkey"], "keys [hold_ms]", "send keys to the VM (e.g. 'sendkey ctrl-alt-f1', default hold time=100 ms)"], [["set_link"], "name on|off", "change the link status of a network adapter"], [["stop", "s"], "", "stop emulation"],
  [["system_powerdown"], "", "send system power down event"], [["system_reset"], "", "reset the system"],
];

function helpText(name: string | undefined): string {
  if (name === "info") return [...information].sort(([a], [b]) => (a < b ? -1 : 1)).map(([one, [help]]) => `info ${one} -- ${help}\n`).join("");
  return commands.filter(([names]) => name === undefined || names.includes(name)).map(([names, parameters, help]) => `${names.join("|")}${parameters === "" ? "" : ` ${parameters}`} -- ${help}\n`).join("");
}

/** What one line answers, line ends and all. */
export function* humanCommand(target: MonitorTarget, line: string): Blocking<string> {
  const [given = "", ...words] = line.trim().split(/\s+/);
  if (given === "") return "";
  const name = commands.find(([names]) => names.includes(given))?.[0][0];
  const [first = ""] = words;
  const missing = `${given}: string expected\nTry "help ${given}" for more information\n`;
  const act = function* (command: string, values: ReadonlyMap<string, string> = none): Blocking<string> {
    yield* target.execute(command, values);
    return "";
  };
  try {
    switch (name) {
      case undefined: return `unknown command: '${given}'\n`;
      case "help": return helpText(words[0]);
      case "info": {
        if (first === "") return helpText("info");
        const found = information.get(first);
        return found === undefined ? `unknown command: 'info ${first}'\n` : found[1](target);
      }
      case "quit": return yield* act("quit");
      case "stop": return yield* act("stop");
      case "cont": return yield* act("cont");
      case "system_powerdown": return yield* act("system_powerdown");
      case "system_reset": return yield* act("system_reset");
      case "nmi": return "";
      case "balloon": return /^\d+$/.test(first) ? yield* act("balloon", new Map([["value", String(Number(first) * 1024 ** 2)]])) : `${given}: ${first === "" ? "integer expected" : "invalid size"}\n`;
      case "device_del": return first === "" ? missing : yield* act("device_del", new Map([["id", first]]));
      case "sendkey": return first === "" ? missing : yield* act("send-key", new Map([["keys", first]]));
      case "set_link": return words[1] !== "on" && words[1] !== "off" ? missing : yield* act("set_link", new Map([["name", first], ["up", String(words[1] === "on")]]));
      case "savevm": return yield* act("snapshot-save", new Map([["name", first === "" ? "vm-snapshot" : first], ["vm-state", "12582912"]]));
      case "delvm": {
        if (first === "") return missing;
        if (!target.snapshots().some((one) => one.name === first || one.id === first)) return `Error: Device '${target.disks()[0]?.id ?? "drive0"}' does not have the requested snapshot '${first}'\n`;
        return yield* act("snapshot-delete", new Map([["name", first]]));
      }
      case "hostfwd_add":
      case "hostfwd_remove": {
        const networks = target.userNetworks();
        const rule = words[1] ?? first;
        const network = words[1] === undefined ? networks[0]?.[1] : networks.find(([netdev]) => netdev === first)?.[1];
        if (first === "") return missing;
        if (network === undefined) return words[1] === undefined ? "user mode network stack not in use\n" : `unrecognized netdev id '${first}'\n`;
        if (name === "hostfwd_remove") return `host forwarding rule for ${rule} ${network.removeForward(rule) ? "removed" : "not found"}\n`;
        try {
          network.addForward(rule);
        } catch (error) {
          if (!(error instanceof ArgumentError)) throw error;
          return `${error.message}\n`;
        }
        return "";
      }
      case "loadvm": return "Error: going back while the machine runs is not simulated: quit, then start with -loadvm\n";
      default: return "";
    }
  } catch (error) {
    if (!(error instanceof ArgumentError || error instanceof ImageError)) throw error;
    return `Error: ${error.message}\n`;
  }
}
