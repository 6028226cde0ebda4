// xev of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xev", summary: "print contents of X events", synopsis: "[-display displayname] [-options ...]",
  complaint: (argv0, display) => `${argv0}:  unable to open display '${display}'`,
});
