// xlsfonts of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "xlsfonts", summary: "list the fonts of an X server", synopsis: "[-options ...] [-fn pattern]",
  complaint: (argv0, display) => `${argv0}:  unable to open display '${display}'`,
});
