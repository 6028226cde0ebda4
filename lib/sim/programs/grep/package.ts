import type { DebianPackage } from "../kit/package.ts";

const script = (option: string) => `#!/bin/sh\ncmd=\${0##*/}\nexec grep ${option} "$@"\n`;

const grep: DebianPackage = {
  name: "grep",
  summary: "finds lines that match a pattern",
  essential: true,
  files: [
    { path: "/usr/bin/egrep", text: script("-E"), mode: 0o755 },
    { path: "/usr/bin/fgrep", text: script("-F"), mode: 0o755 },
    { path: "/usr/bin/rgrep", text: '#!/bin/sh\nexec grep -r "$@"\n', mode: 0o755 },
  ],
};

export default grep;
