import { makeRestore } from "./_save-restore.ts";

export default makeRestore("ip6tables", "inet6");
