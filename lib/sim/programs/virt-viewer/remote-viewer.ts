// remote-viewer: a remote screen in a window (remote-viewer(1)).
import { withHelp } from "../kit/program.ts";
import { viewer } from "./_viewer.ts";

export default withHelp(viewer("remote-viewer", "remote desktop client", "[OPTIONS] [URI]"));
