import { makeSave } from "./_save-restore.ts";

export default makeSave("iptables", "inet");
