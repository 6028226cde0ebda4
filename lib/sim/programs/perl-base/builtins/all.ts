import "./text.ts";
import "./pack.ts";
import "./files.ts";
import "./file-test.ts";
import "./process.ts";
import "./general.ts";
import "./sockets.ts";
