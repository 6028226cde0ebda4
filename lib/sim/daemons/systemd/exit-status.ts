// Names of exit statuses as systemd writes them behind the number (systemd.exec(5), PROCESS EXIT CODES).
import { signalName } from "../../kernel/sys.ts";

const statusNames: ReadonlyMap<number, string> = new Map([
  [0, "SUCCESS"], [1, "FAILURE"], [2, "INVALIDARGUMENT"], [3, "NOTIMPLEMENTED"], [4, "NOPERMISSION"], [5, "NOTINSTALLED"], [6, "NOTCONFIGURED"], [7, "NOTRUNNING"],
  [200, "CHDIR"], [201, "NICE"], [202, "FDS"], [203, "EXEC"], [204, "MEMORY"], [205, "LIMITS"], [206, "OOM_ADJUST"], [207, "SIGNAL_MASK"], [208, "STDIN"], [209, "STDOUT"], [210, "CHROOT"], [211, "IOPRIO"], [212, "TIMERSLACK"],
  [213, "SECUREBITS"], [214, "SETSCHEDULER"], [215, "CPUAFFINITY"], [216, "GROUP"], [217, "USER"], [218, "CAPABILITIES"], [219, "CGROUP"], [220, "SETSID"], [221, "CONFIRM"], [222, "STDERR"], [224, "PAM"], [225, "NETWORK"],
  [226, "NAMESPACE"], [227, "NO_NEW_PRIVILEGES"], [228, "SECCOMP"], [229, "SELINUX_CONTEXT"], [230, "PERSONALITY"], [231, "APPARMOR"], [232, "ADDRESS_FAMILIES"], [233, "RUNTIME_DIRECTORY"], [234, "CHOWN"], [235, "SMACK"],
  [236, "KEYRING"], [237, "STATE_DIRECTORY"], [238, "CACHE_DIRECTORY"], [239, "LOGS_DIRECTORY"], [240, "CONFIGURATION_DIRECTORY"], [241, "NUMA_POLICY"], [242, "CREDENTIALS"], [245, "EXCEPTION"],
]);

/** "1/FAILURE", "143/n/a", "KILL" for a signal. */
export function describeStatus(code: "exited" | "killed" | "dumped" | "", status: number): string {
  if (code === "exited") return `${status}/${statusNames.get(status) ?? "n/a"}`;
  return `${status}/${signalName(status) ?? "n/a"}`;
}
