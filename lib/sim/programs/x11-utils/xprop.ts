// xprop of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xprop", summary: "property displayer for X", synopsis: "[-display host:dpy] [-options ...]",
  complaint: (argv0, display) => `${argv0}:  unable to open display '${display}'`,
});
