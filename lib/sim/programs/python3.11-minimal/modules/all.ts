// Every module registers itself.

import "./sys.ts";
import "./math.ts";
import "./random.ts";
import "./os.ts";
import "./time.ts";
import "./io.ts";
import "./python/posixpath.ts";
import "./python/containers.ts";
import "./python/classes.ts";
import "./stat.ts";
import "./regex.ts";
import "./python/re.ts";
import "./python/json.ts";
import "./python/datetime.ts";
import "./python/texts.ts";
import "./process.ts";
import "./socket.ts";
import "./digests.ts";
import "./python/subprocess.ts";
import "./python/argparse.ts";
import "./python/files.ts";
import "./python/network.ts";
import "./python/services.ts";
