// The kernel that the reference guest runs.
export const kernelRelease = "6.1.0-56-amd64";
export const kernelVersion = "#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16)";
