import type { DebianPackage } from "../kit/package.ts";

// numbers of rtnetlink(7) and their names
const rt_tables = "#\n# reserved values\n#\n255\tlocal\n254\tmain\n253\tdefault\n0\tunspec\n#\n# local\n#\n#1\tinr.ruhep\n";
const rt_protos = "#\n# Reserved protocols.\n#\n0\tunspec\n1\tredirect\n2\tkernel\n3\tboot\n4\tstatic\n8\tgated\n9\tra\n10\tmrt\n11\tzebra\n12\tbird\n13\tdnrouted\n14\txorp\n15\tntk\n16\tdhcp\n18\tkeepalived\n42\tbabel\n186\tbgp\n187\tisis\n188\tospf\n189\trip\n192\teigrp\n";
const rt_scopes = "#\n# reserved values\n#\n0\tglobal\n255\tnowhere\n254\thost\n253\tlink\n";
const group = "# device group names\n0\tdefault\n";

export default {
  name: "iproute2", summary: "network commands: ip, ss, tc, bridge",
  files: [
    { path: "/etc/iproute2/rt_tables", text: rt_tables, conffile: true }, { path: "/etc/iproute2/rt_protos", text: rt_protos, conffile: true }, { path: "/etc/iproute2/rt_scopes", text: rt_scopes, conffile: true }, { path: "/etc/iproute2/group", text: group, conffile: true },
    { path: "/etc/iproute2/rt_tables.d/README", text: "Each file here whose name ends in .conf is read as rt_tables is.\n", conffile: true }, { path: "/etc/iproute2/rt_protos.d/README", text: "Each file here whose name ends in .conf is read as rt_protos is.\n", conffile: true },
  ],
} satisfies DebianPackage;
