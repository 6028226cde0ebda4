// xrdb of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xrdb", summary: "load and show the resources of X programs", synopsis: "[-options ...] [filename]",
  complaint: (argv0, display) => `${display === "" ? "" : `${argv0}: Connection refused\n`}${argv0}: Can't open display '${display}'`,
});
