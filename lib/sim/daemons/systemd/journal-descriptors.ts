// Where journald finds the sockets that PID 1 made for it: native messages, streams of services, /dev/log.
export const JOURNALD_DESCRIPTORS = [60, 61, 62] as const;
