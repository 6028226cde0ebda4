// xsetroot of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xsetroot", summary: "color or pattern of the X root window", synopsis: "[-options ...]", status: 2,
  complaint: (argv0, display) => `${argv0}:  unable to open display '${display}'`,
});
