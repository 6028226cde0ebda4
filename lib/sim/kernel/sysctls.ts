// Settings that belong to a scope: the kernel, a network namespace, a user namespace. /proc/sys shows them; whoever obeys one asks here.

const scopes = new WeakMap<object, Map<string, string>>();

/** A network namespace keeps its own, under names without "net."; the network's code reads them there. */
interface OwnSettings {
  readonly sysctl: Map<string, string>;
}

function ownSettings(scope: object): scope is OwnSettings {
  return "sysctl" in scope && scope.sysctl instanceof Map;
}

function keyIn(scope: object, name: string): string {
  return ownSettings(scope) ? name.replace(/^net\./, "") : name;
}

/** The value that was written, undefined while it is the usual one. `name` as sysctl(8) writes it: "net.ipv4.ip_forward". */
export function sysctlValue(scope: object, name: string): string | undefined {
  return (ownSettings(scope) ? scope.sysctl : scopes.get(scope))?.get(keyIn(scope, name));
}

export function setSysctlValue(scope: object, name: string, value: string): void {
  let values = ownSettings(scope) ? scope.sysctl : scopes.get(scope);
  if (values === undefined) {
    values = new Map();
    scopes.set(scope, values);
  }
  values.set(keyIn(scope, name), value);
}

/** All that was written in one scope, in another one. */
export function copySysctlValues(from: object, to: object): void {
  const values = ownSettings(from) ? from.sysctl : scopes.get(from);
  if (values === undefined) return;
  if (ownSettings(to)) for (const [name, value] of values) to.sysctl.set(name, value);
  else scopes.set(to, new Map(values));
}

/** Known settings with their usual values on Debian 12 (kernel 6.1), and what may be written. */
export interface SysctlDefinition {
  readonly name: string;
  readonly usual: string;
  readonly scope: "kernel" | "net";
  readonly kind: "integer" | "integers" | "text";
  readonly minimum?: number;
  readonly maximum?: number;
  readonly readOnly?: boolean;
  readonly mode?: number;
}

const INT_MAX = 2147483647;

function integer(name: string, usual: number, minimum = -INT_MAX - 1, maximum = INT_MAX): SysctlDefinition {
  return { name, usual: `${usual}`, scope: name.startsWith("net.") && !KERNEL_WIDE_NET.some((prefix) => name.startsWith(prefix)) ? "net" : "kernel", kind: "integer", minimum, maximum };
}

function integers(name: string, usual: string): SysctlDefinition {
  return { ...integer(name, 0), usual, kind: "integers" };
}

function text(name: string, usual: string): SysctlDefinition {
  return { ...integer(name, 0), usual, kind: "text" };
}

function fixed(definition: SysctlDefinition): SysctlDefinition {
  return { ...definition, readOnly: true };
}

// net.core's buffers are the machine's, the rest of net belongs to each namespace.
const KERNEL_WIDE_NET = ["net.core.rmem", "net.core.wmem", "net.core.netdev", "net.core.default_qdisc", "net.bridge."];

/** Per-device settings of net.ipv4.conf and net.ipv6.conf (all, default, and each link). */
export const IPV4_CONF: readonly (readonly [name: string, usual: number])[] = [
  ["accept_local", 0], ["accept_redirects", 1], ["accept_source_route", 0], ["arp_accept", 0], ["arp_announce", 0], ["arp_filter", 0], ["arp_ignore", 0], ["arp_notify", 0],
  ["disable_policy", 0], ["disable_xfrm", 0], ["forwarding", 0], ["log_martians", 0], ["mc_forwarding", 0], ["promote_secondaries", 1], ["proxy_arp", 0], ["route_localnet", 0],
  ["rp_filter", 2], ["secure_redirects", 1], ["send_redirects", 1], ["shared_media", 1],
];
export const IPV6_CONF: readonly (readonly [name: string, usual: number])[] = [
  ["accept_dad", 1], ["accept_ra", 1], ["accept_redirects", 1], ["accept_source_route", 0], ["addr_gen_mode", 0], ["autoconf", 1], ["disable_ipv6", 0], ["forwarding", 0],
  ["hop_limit", 64], ["mtu", 1500], ["proxy_ndp", 0], ["router_solicitations", -1], ["use_tempaddr", 0],
];

export const SYSCTLS: readonly SysctlDefinition[] = [
  integer("fs.aio-max-nr", 65536, 0), fixed(integer("fs.aio-nr", 0)), integer("fs.dir-notify-enable", 1), text("fs.file-max", "9223372036854775807"),
  integer("fs.inotify.max_queued_events", 16384, 0), integer("fs.inotify.max_user_instances", 128, 0), integer("fs.inotify.max_user_watches", 19453, 0),
  integer("fs.lease-break-time", 45), integer("fs.leases-enable", 1), integer("fs.mount-max", 100000, 1), integer("fs.mqueue.msg_default", 10), integer("fs.mqueue.msg_max", 10),
  integer("fs.mqueue.msgsize_default", 8192), integer("fs.mqueue.msgsize_max", 8192), integer("fs.mqueue.queues_max", 256), integer("fs.nr_open", 1048576, 8),
  integer("fs.overflowgid", 65534, 0, 65535), integer("fs.overflowuid", 65534, 0, 65535), integer("fs.pipe-max-size", 1048576, 4096), integer("fs.pipe-user-pages-hard", 0), integer("fs.pipe-user-pages-soft", 16384),
  integer("fs.protected_fifos", 1, 0, 2), integer("fs.protected_hardlinks", 1, 0, 1), integer("fs.protected_regular", 2, 0, 2), integer("fs.protected_symlinks", 1, 0, 1),
  integer("fs.suid_dumpable", 0, 0, 2), fixed(text("fs.quota.syncs", "0")),
  integer("kernel.acct", 4), integer("kernel.apparmor_display_secid_mode", 0), fixed(integer("kernel.bootloader_type", 176)), fixed(integer("kernel.cap_last_cap", 40)),
  integer("kernel.core_uses_pid", 0), text("kernel.core_pattern", "core"), integer("kernel.core_pipe_limit", 0), integer("kernel.ctrl-alt-del", 0), integer("kernel.dmesg_restrict", 1, 0, 1),
  integer("kernel.ftrace_dump_on_oops", 0), integer("kernel.hardlockup_panic", 0), integer("kernel.hung_task_timeout_secs", 120, 0), integer("kernel.io_uring_disabled", 0, 0, 2),
  integer("kernel.kexec_load_disabled", 0, 0, 1), integer("kernel.kptr_restrict", 0, 0, 2), text("kernel.modprobe", "/sbin/modprobe"), integer("kernel.modules_disabled", 0, 0, 1),
  integer("kernel.msgmax", 8192, 0), integer("kernel.msgmnb", 16384, 0), integer("kernel.msgmni", 32000, 0), fixed(integer("kernel.ngroups_max", 65536)), integer("kernel.nmi_watchdog", 0, 0, 1),
  integer("kernel.oops_limit", 10000), integer("kernel.panic", 0), integer("kernel.panic_on_oops", 0), integer("kernel.panic_on_warn", 0, 0, 1), integer("kernel.perf_event_paranoid", 3),
  text("kernel.poweroff_cmd", "/sbin/poweroff"), integers("kernel.printk", "4\t4\t1\t7"), text("kernel.printk_devkmsg", "on"), integer("kernel.printk_ratelimit", 5), integer("kernel.printk_ratelimit_burst", 10),
  integer("kernel.pty.max", 4096, 0), integer("kernel.pty.reserve", 1024), integer("kernel.randomize_va_space", 2, 0, 2), integer("kernel.sched_autogroup_enabled", 1, 0, 1),
  integer("kernel.sched_rt_period_us", 1000000), integer("kernel.sched_rt_runtime_us", 950000), integers("kernel.sem", "32000\t1024000000\t500\t32000"), text("kernel.shmall", "18446744073692774399"),
  text("kernel.shmmax", "18446744073692774399"), integer("kernel.shmmni", 4096, 0), integer("kernel.softlockup_panic", 0, 0, 1), integer("kernel.sysrq", 438, 0, 511), integers("kernel.tainted", "0"),
  integer("kernel.unprivileged_bpf_disabled", 2, 0, 2), integer("kernel.unprivileged_userns_clone", 1, 0, 1), integer("kernel.watchdog", 1, 0, 1), integer("kernel.watchdog_thresh", 10, 0, 60),
  fixed(text("kernel.seccomp.actions_avail", "kill_process kill_thread trap errno user_notif trace log allow")), text("kernel.seccomp.actions_logged", "kill_process kill_thread trap errno user_notif trace log"),
  integer("kernel.yama.ptrace_scope", 0, 0, 3), integer("kernel.random.urandom_min_reseed_secs", 60), integer("kernel.random.write_wakeup_threshold", 256),
  text("net.core.default_qdisc", "pfifo_fast"), integer("net.core.netdev_max_backlog", 1000, 0), integer("net.core.rmem_default", 212992, 256), integer("net.core.rmem_max", 212992, 256),
  integer("net.core.somaxconn", 4096, 0), integer("net.core.wmem_default", 212992, 4608), integer("net.core.wmem_max", 212992, 4608),
  integer("net.ipv4.icmp_echo_ignore_all", 0, 0, 1), integer("net.ipv4.icmp_echo_ignore_broadcasts", 1, 0, 1), integer("net.ipv4.ip_default_ttl", 64, 1, 255),
  integer("net.ipv4.ip_forward", 0), integers("net.ipv4.ip_local_port_range", "32768\t60999"), integer("net.ipv4.ip_nonlocal_bind", 0, 0, 1), integer("net.ipv4.ip_unprivileged_port_start", 1024, 0, 65535),
  integers("net.ipv4.ping_group_range", "1\t0"), text("net.ipv4.tcp_available_congestion_control", "reno cubic"), text("net.ipv4.tcp_congestion_control", "cubic"), integer("net.ipv4.tcp_fin_timeout", 60),
  integer("net.ipv4.tcp_keepalive_intvl", 75), integer("net.ipv4.tcp_keepalive_probes", 9), integer("net.ipv4.tcp_keepalive_time", 7200), integer("net.ipv4.tcp_max_syn_backlog", 128),
  integers("net.ipv4.tcp_rmem", "4096\t131072\t6291456"), integer("net.ipv4.tcp_syncookies", 1, 0, 2), integer("net.ipv4.tcp_timestamps", 1, 0, 2), integer("net.ipv4.tcp_tw_reuse", 2, 0, 2), integers("net.ipv4.tcp_wmem", "4096\t16384\t4194304"),
  integer("net.ipv6.bindv6only", 0, 0, 1), integer("net.ipv6.ip_nonlocal_bind", 0, 0, 1), integer("net.unix.max_dgram_qlen", 512),
  integer("net.bridge.bridge-nf-call-arptables", 1, 0, 1), integer("net.bridge.bridge-nf-call-ip6tables", 1, 0, 1), integer("net.bridge.bridge-nf-call-iptables", 1, 0, 1), integer("net.netfilter.nf_conntrack_max", 262144, 0),
  integer("vm.admin_reserve_kbytes", 8192, 0), integer("vm.compaction_proactiveness", 20, 0, 100), integer("vm.dirty_background_bytes", 0, 0), integer("vm.dirty_background_ratio", 10, 0, 100),
  integer("vm.dirty_bytes", 0, 0), integer("vm.dirty_expire_centisecs", 3000, 0), integer("vm.dirty_ratio", 20, 0, 100), integer("vm.dirty_writeback_centisecs", 500, 0), { ...integer("vm.drop_caches", 0, 1, 7), mode: 0o200 },
  integer("vm.laptop_mode", 0), integer("vm.max_map_count", 65530, 0), integer("vm.min_free_kbytes", 6455, 0), integer("vm.mmap_min_addr", 65536, 0), integer("vm.nr_hugepages", 0, 0), integer("vm.nr_overcommit_hugepages", 0, 0),
  integer("vm.oom_dump_tasks", 1), integer("vm.oom_kill_allocating_task", 0), integer("vm.overcommit_kbytes", 0, 0), integer("vm.overcommit_memory", 0, 0, 2), integer("vm.overcommit_ratio", 50, 0),
  integer("vm.page-cluster", 3, 0), integer("vm.panic_on_oom", 0, 0, 2), integer("vm.swappiness", 60, 0, 200), integer("vm.user_reserve_kbytes", 72817, 0), integer("vm.vfs_cache_pressure", 100, 0), integer("vm.zone_reclaim_mode", 0),
];
