// kvm-ok: can this machine run KVM guests (kvm-ok(1) of cpu-checker 0.7).
import { encode, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";

const command: Command = {
  name: "kvm-ok", path: "/usr/sbin/kvm-ok",
  declaration: { name: "kvm-ok", summary: "tell whether KVM can run virtual machines on this processor", synopsis: [""], options: [], operands: "none", manSection: 1 },
  *program(sys) {
    const flags = /^flags\s*:(.*)$/m.exec((yield* readTextFile(sys, "/proc/cpuinfo")) ?? "")?.[1]?.split(" ") ?? [];
    if (!flags.includes("vmx") && !flags.includes("svm")) {
      yield* sys.write(1, encode("INFO: Your CPU does not support KVM extensions\nKVM acceleration can NOT be used\n"));
      return 1;
    }
    try {
      sys.stat("/dev/kvm");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* sys.write(1, encode(`INFO: /dev/kvm does not exist\nHINT:   sudo modprobe ${flags.includes("vmx") ? "kvm_intel" : "kvm_amd"}\nINFO: Your CPU supports KVM extensions\nKVM acceleration can NOT be used\n`));
      return 1;
    }
    yield* sys.write(1, encode("INFO: /dev/kvm exists\nKVM acceleration can be used\n"));
    return 0;
  },
};

export default command;
