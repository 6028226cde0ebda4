import { makeCommand } from "./_iptables.ts";

export default makeCommand("iptables", "inet");
