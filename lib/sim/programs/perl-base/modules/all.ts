import "./universal.ts";
import "./exporter.ts";
import "./list-util.ts";
import "./posix.ts";
import "./data-dumper.ts";
import "./perl/files.ts";
import "./perl/program.ts";
import "./digests.ts";
