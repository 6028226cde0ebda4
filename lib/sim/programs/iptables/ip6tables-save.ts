import { makeSave } from "./_save-restore.ts";

export default makeSave("ip6tables", "inet6");
