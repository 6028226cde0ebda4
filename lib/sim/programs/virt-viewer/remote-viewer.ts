// remote-viewer: a remote screen in a window (remote-viewer(1)).
import { viewer } from "./_viewer.ts";

export default viewer("remote-viewer", "remote desktop client", "[OPTIONS] [URI]");
