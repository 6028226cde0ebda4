import { makeRestore } from "./_save-restore.ts";

export default makeRestore("iptables", "inet");
