// unattended-upgrade: installs what can be upgraded without asking, and keeps a log of it (unattended-upgrade(8)).
import { encode, O, SIGNALS } from "../../kernel/sys.ts";
import { DpkgDatabase } from "../kit/debian/dpkg-database.ts";
import { flag, gnu, type Io } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { PackageLists, upgradable } from "../apt/_lists.ts";

const LOG = "/var/log/unattended-upgrades/unattended-upgrades.log";

export default gnu({
  name: "unattended-upgrade", links: ["/usr/bin/unattended-upgrades"], manSection: 8, project: "unattended-upgrades", version: "2.9.1", summary: "automatic installation of security upgrades", synopsis: ["[options]"],
  options: {
    debug: flag(["-d", "--debug"], "print what is done"), verbose: flag(["-v", "--verbose"], "print what is upgraded"), dryRun: flag(["--dry-run"], "simulate, download but do not install"), downloadOnly: flag(["--download-only"], "only download"),
    minimal: flag(["--minimal-upgrade-steps", "--minimal_upgrade_steps", "--no-minimal-upgrade-steps"], "accepted, one package at a time is upgraded anyway"),
  },
  operands: "none",
  *run({ options, sys }, io: Io) {
    if (sys.getcred().euid !== 0) {
      io.out.put("You need to be root to run this application\n");
      return 1;
    }
    const zone = yield* readZone(sys);
    let log = "";
    const note = (text: string, shown: boolean): void => {
      const us = sys.clockUs("realtime");
      log += `${strftime("%Y-%m-%d %H:%M:%S", civilAtUs(zone, us))},${String(Math.floor(us / 1000) % 1000).padStart(3, "0")} INFO ${text}\n`;
      if (shown) io.out.put(`${text}\n`);
    };
    const loud = options.debug || options.verbose;
    note("Starting unattended upgrades script", loud);
    note("Allowed origins are: origin=Debian,codename=bookworm,label=Debian, origin=Debian,codename=bookworm,label=Debian-Security, origin=Debian,codename=bookworm-security,label=Debian-Security", loud);
    note("Initial blacklist: ", loud);
    note("Initial whitelist (not strict): ", loud);
    const database = yield* DpkgDatabase.read(sys);
    const names = upgradable(yield* PackageLists.read(sys, undefined)).filter((name) => !(database.packages.get(name)?.get("Status") ?? "").startsWith("hold "));
    if (names.length === 0) note("No packages found that can be upgraded unattended and no pending auto-removals", loud);
    else {
      note(`Packages that will be upgraded: ${names.join(" ")}`, loud);
      if (!options.dryRun) {
        yield* io.out.flush();
        const pid = sys.fork(function* (child) {
          return yield* child.exec("/usr/bin/apt-get", ["apt-get", "-qq", "-y", ...(options.downloadOnly ? ["-d"] : []), "install", ...names], new Map(child.environment));
        });
        const waited = yield* sys.waitpid(pid);
        const good = waited?.status.kind === "exited" && waited.status.status === 0;
        note(good ? "All upgrades installed" : "Installing the upgrades failed!", loud);
        if (!good) io.status = waited?.status.kind === "signaled" && waited.status.signal === SIGNALS.INT ? 130 : 1;
      }
    }
    const fd = yield* sys.open(LOG, O.WRONLY | O.CREAT | O.APPEND, 0o644);
    yield* sys.write(fd, encode(log));
    sys.close(fd);
    return io.status;
  },
});
