// xclock of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xclock", summary: "analog and digital clock for X", synopsis: "[-options ...]",
  complaint: (_, display) => `Error: Can't open display: ${display}`,
});
