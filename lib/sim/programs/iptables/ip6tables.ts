import { makeCommand } from "./_iptables.ts";

export default makeCommand("ip6tables", "inet6");
