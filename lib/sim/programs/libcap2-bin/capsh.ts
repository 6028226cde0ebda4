import { CAPABILITY_NAMES, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { capabilityNumbers, capabilityText, namesOf, parseCapabilityText } from "../kit/capabilities.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, program, text } from "../kit/program.ts";

export default program({ name: "capsh", showsHelp: true, path: "/sbin/capsh", summary: "capability shell wrapper", synopsis: ["[OPTION]..."], options: [text(["--print"], "", "show state"), text(["--decode"], "HEX", "names of a mask"), text(["--drop"], "LIST", "drop from the bounding set"), text(["--caps"], "TEXT", "set capabilities"), text(["--user"], "NAME", "become that user"), text(["--"], "", "run a shell with the rest")] }, function* (sys, argv, io: Io) {
  for (let at = 1; at < argv.length; at++) {
    const arg = argv[at] ?? "";
    const [name, value = ""] = arg.startsWith("--") && arg.includes("=") ? [arg.slice(0, arg.indexOf("=")), arg.slice(arg.indexOf("=") + 1)] : [arg];
    try {
      if (name === "--print") {
        const sets = sys.capget();
        const identity = sys.getcred();
        const accounts = yield* Accounts.read(sys);
        io.out.put(`Current: ${capabilityText(sets)}\nBounding set =${namesOf(sets.bounding).join(",")}\nAmbient set =${namesOf(sets.ambient).join(",")}\nCurrent IAB: ${iab(sets.inheritable, sets.ambient, sets.bounding)}\nSecurebits: 00/0x0/1'b0 (no-new-privs=0)\n secure-noroot: no (unlocked)\n secure-no-suid-fixup: no (unlocked)\n secure-keep-caps: no (unlocked)\n secure-no-ambient-raise: no (unlocked)\nuid=${identity.ruid}(${accounts.userName(identity.ruid)}) euid=${identity.euid}(${accounts.userName(identity.euid)})\ngid=${identity.rgid}(${accounts.groupName(identity.rgid)})\ngroups=${identity.groups.map((id) => `${id}(${accounts.groupName(id)})`).join(",")}\nGuessed mode: HYBRID (4)\n`);
      } else if (name === "--decode") {
        const mask = BigInt.asUintN(64, BigInt(`0x0${/^(?:0x)?([0-9a-f]*)/i.exec(value)?.[1] ?? ""}`));
        io.out.put(`0x${mask.toString(16).padStart(16, "0")}=${namesOf(mask).join(",")}\n`);
      } else if (name === "--drop") {
        for (const one of value.split(",")) {
          const numbers = capabilityNumbers(one);
          if (!numbers) io.die(`Capability [${one}] is unknown to libcap`);
          for (const number of numbers) sys.capDropBounding(number);
        }
      } else if (name === "--caps") {
        const sets = parseCapabilityText(value);
        if (!sets) io.die("unable to interpret [" + value + "]");
        sys.capset({ ...sets, ambient: 0n });
      } else if (name === "--inh" || name === "--addamb") {
        let mask = 0n;
        for (const one of value.split(",")) for (const number of capabilityNumbers(one) ?? []) mask |= 1n << BigInt(number);
        const sets = sys.capget();
        sys.capset({ effective: sets.effective, permitted: sets.permitted, inheritable: name === "--inh" ? mask : sets.inheritable | mask, ambient: name === "--addamb" ? sets.ambient | mask : sets.ambient });
      } else if (name === "--user") {
        const account = (yield* Accounts.read(sys)).userByName(value) ?? io.die(`User [${value}] not known`);
        sys.setgroups((yield* Accounts.read(sys)).groupsOf(account));
        sys.setgid(account.gid);
        sys.setuid(account.uid);
      } else if (name === "--uid") sys.setuid(Number(value));
      else if (name === "--gid") sys.setgid(Number(value));
      else if (name === "--chroot") {
        sys.chroot(value);
        sys.chdir("/");
      } else if (name === "--has-p" || name.startsWith("--has-p=")) {
        const numbers = capabilityNumbers(value) ?? [];
        if (!numbers.every((number) => (sys.capget().permitted & (1n << BigInt(number))) !== 0n)) io.die(`${value} not permitted`);
      } else if (name === "--supports") {
        if (!capabilityNumbers(value)) io.die(`cap[${value}] not recognized by library`);
      } else if (name === "--keep" || name === "--secbits" || name === "--mode" || name === "--noamb" || name === "--quiet") continue;
      else if (name === "--list") io.out.put(`${CAPABILITY_NAMES.map((one) => `cap_${one}`).join(",")}\n`);
      else if (name === "--" || name === "==" || name.startsWith("--shell")) {
        yield* io.out.flush();
        const error = yield* execSearching(sys, "/bin/bash", ["/bin/bash", ...argv.slice(at + 1)]);
        io.die(`execve '/bin/bash' failed!: ${error.message}`);
      } else {
        yield* io.stderr(`usage: ${argv[0] ?? "capsh"} [args ...]\n  --print         show the capabilities and ids of now\n  --decode=xxx    the names behind a hexadecimal number\n  --drop=xxx      take these out of the bounding set\n  --caps=xxx      exactly these capabilities\n  --user=<name>   become this user\n  -- ...          what follows goes to /bin/bash\n`);
        return 1;
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      io.die(name === "--drop" ? `failed to drop [${value}]=${error.message}` : `Unable to set: ${error.message}`);
    }
  }
  return 0;
});

/** cap_iab_to_text: "!" not in the bounding set, "^" ambient, "%" both inheritable and dropped. */
function iab(inheritable: bigint, ambient: bigint, bounding: bigint): string {
  return CAPABILITY_NAMES.map((name, index) => {
    const bit = 1n << BigInt(index);
    const marks = `${(bounding & bit) === 0n ? "!" : ""}${(ambient & bit) !== 0n ? "^" : (inheritable & bit) !== 0n && (bounding & bit) === 0n ? "%" : ""}`;
    return marks !== "" || (inheritable & bit) !== 0n ? `${marks}cap_${name}` : "";
  }).filter((part) => part !== "").join(",");
}
