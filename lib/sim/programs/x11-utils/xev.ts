// xev of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xev", summary: "print the X events that a window gets", synopsis: "[-display displayname] [-options ...]",
  complaint: (argv0, display) => `${argv0}:  unable to open display '${display}'`,
});
