// Every module registers itself.

import "./sys.ts";
