// What virt-install does once the machine runs: its console, the wait that was asked for, and the start after an installation (virtinst/virtinstall.py of 4.1).
import { type Blocking, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { type LibvirtClient, record, textAt } from "../../daemons/libvirt/api.ts";
import type { Xml } from "../../daemons/libvirt/api/xml.ts";
import { exists } from "../kit/presence.ts";
import { say } from "./_virtinst.ts";

const pollUs = 1_000_000;
/** libvirt may not know yet that a machine has ended whose console closed */
const afterConsoleUs = 2_000_000;

export interface Following {
  readonly uri: string;
  readonly name: string;
  readonly console: "text" | undefined;
  /** minutes; below 0 without end; undefined: nobody waits */
  readonly wait: number | undefined;
  /** the definition differs from what runs: something is to be installed first */
  readonly installs: boolean;
  readonly transient: boolean;
  readonly noReboot: boolean;
  readonly destroyOnExit: boolean;
  readonly quiet: boolean;
}

interface Asked {
  get(name: string): string | undefined;
  has(name: string): boolean;
}

/** Which console, and how long to wait where there is none; `warn` hears why. */
export function* chooseConsole(sys: Sys, options: Asked, domain: Xml, warn: (text: string) => Blocking<void>): Blocking<Pick<Following, "console" | "wait">> {
  const given = options.has("noautoconsole") ? "none" : options.get("autoconsole");
  const waitText = options.get("wait");
  const wait = waitText === undefined ? undefined : waitText === "" ? -1 : Number(waitText);
  if (given === "none") return { console: undefined, wait };
  const graphics = domain.find("devices/graphics")?.get("type");
  if (given === "text" || (given !== "graphical" && graphics === undefined)) return { console: "text", wait };
  if (!exists(sys, "/usr/bin/virt-viewer")) yield* warn("Unable to connect to graphical console: virt-viewer not installed. Please install the 'virt-viewer' package.");
  else if ((sys.environment.get("DISPLAY") ?? "") === "") yield* warn("Graphics requested but DISPLAY is not set. Not running virt-viewer.");
  if (wait !== undefined || given !== undefined) return { console: undefined, wait };
  yield* warn("No console to launch for the guest, defaulting to --wait -1");
  return { console: undefined, wait: -1 };
}

class Interrupted extends Error {}

/** Errors: Interrupted at ^C. */
function* rest(sys: Sys, us: number): Blocking<void> {
  try {
    yield* sys.sleep(us);
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
    if (sys.takeSignals().includes(SIGNALS.INT)) throw new Interrupted();
  }
}

class Follower {
  readonly #sys: Sys;
  readonly #client: LibvirtClient;
  readonly #plan: Following;

  constructor(sys: Sys, client: LibvirtClient, plan: Following) {
    this.#sys = sys;
    this.#client = client;
    this.#plan = plan;
  }

  *#note(text: string): Blocking<void> {
    if (!this.#plan.quiet) yield* say(this.#sys, 1, text);
  }

  *#state(): Blocking<{ readonly state: string; readonly reason: string }> {
    try {
      const found = record(yield* this.#client.call("domainLookup", { domain: this.#plan.name }));
      return { state: textAt(found, "state"), reason: textAt(found, "reason") };
    } catch (error) {
      if (!this.#plan.transient) throw error;
      return { state: "shut off", reason: "" };
    }
  }

  *#runs(): Blocking<boolean> {
    return (yield* this.#state()).state !== "shut off";
  }

  *#connect(wait: boolean): Blocking<void> {
    const { name, console, destroyOnExit } = this.#plan;
    if (console === undefined) return;
    const argv = ["virsh", "--connect", this.#plan.uri, "console", name];
    yield* this.#note(`Running text console command: ${argv.join(" ")}\n`);
    const pid = this.#sys.fork(function* run(child) {
      return yield* child.exec("/usr/bin/virsh", argv, child.environment);
    });
    if (!wait) return;
    const ended = yield* this.#sys.waitpid(pid);
    if (ended === undefined || ended.status.kind !== "exited" || ended.status.status !== 0) yield* say(this.#sys, 2, "WARNING  Console command returned failure.\n");
    if (destroyOnExit && (yield* this.#runs())) yield* this.#client.call("domainDestroy", { domain: name });
  }

  /** A status ends the program. */
  *#wait(): Blocking<number | undefined> {
    const { console, wait, installs } = this.#plan;
    if (!(yield* this.#runs())) return undefined;
    if (console !== undefined) {
      yield* rest(this.#sys, afterConsoleUs);
      if (!(yield* this.#runs())) return undefined;
    }
    if (wait === undefined) {
      if (!installs) return undefined;
      yield* this.#note("\nDomain is still running. Installation may be in progress.\nYou can reconnect to the console to complete the installation process.\n");
      return 0;
    }
    yield* this.#note(`\nDomain is still running. Installation may be in progress.\n${wait < 0 ? "Waiting for the installation to complete." : `Waiting ${wait} minute${wait === 1 ? "" : "s"} for the installation to complete.`}\n`);
    for (let waitedUs = 0; ; waitedUs += pollUs) {
      if (!(yield* this.#runs())) {
        yield* this.#note("Domain has shutdown. Continuing.\n");
        return undefined;
      }
      if (wait >= 0 && waitedUs >= wait * 60_000_000) {
        yield* this.#note("Installation has exceeded specified time limit. Exiting application.\n");
        return 1;
      }
      yield* rest(this.#sys, pollUs);
    }
  }

  *follow(): Blocking<number> {
    const { name, wait, installs, transient, noReboot, destroyOnExit } = this.#plan;
    yield* this.#connect(wait === undefined);
    const status = yield* this.#wait();
    if (status !== undefined) return status;
    yield* this.#note("Domain creation completed.\n");
    const { state, reason } = yield* this.#state();
    if (transient || state !== "shut off") return 0;
    if (noReboot || !installs) yield* this.#note(`You can restart your domain by running:\n  virsh --connect ${this.#plan.uri} start ${name}\n`);
    else if ((reason === "destroyed" || reason === "saved") && !destroyOnExit) yield* this.#note("User stopped the VM. Not rebooting.\n");
    else {
      yield* this.#note("Restarting guest.\n");
      yield* this.#client.call("domainStart", { domain: name });
      yield* this.#connect(true);
    }
    return 0;
  }
}

export function* followDomain(sys: Sys, client: LibvirtClient, plan: Following): Blocking<number> {
  const before = sys.sigaction(SIGNALS.INT, "catch");
  try {
    return yield* new Follower(sys, client, plan).follow();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    yield* say(sys, 2, "Domain install interrupted.\nInstallation aborted at user request\n");
    return 0;
  } finally {
    sys.sigaction(SIGNALS.INT, before);
  }
}
