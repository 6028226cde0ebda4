// xmodmap of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xmodmap", summary: "modify keymaps and pointer buttons in X", synopsis: "[-options ...] [filename]",
  complaint: (argv0, display) => `${argv0}:  unable to open display '${display}'`,
});
