import type { DebianPackage } from "../kit/package.ts";

const KEYRING = "keyring /usr/share/keyrings/debian-archive-keyring.gpg\n";
const suites = ["bookworm", "bullseye", "buster", "trixie", "forky", "sid"];
const links = [["stable", "sid"], ["testing", "sid"], ["unstable", "sid"], ["oldstable", "sid"], ["oldoldstable", "sid"]] as const;

export default {
  name: "debootstrap", summary: "installs the base of a Debian system into a directory",
  files: [
    { path: "/usr/share/debootstrap/functions", text: "# what the scripts share: the simulation has it in debootstrap itself\n" },
    { path: "/usr/share/debootstrap/scripts/debian-common", text: "# what the suites of Debian share: the simulation has it in debootstrap itself\n" },
    ...suites.map((suite) => ({ path: `/usr/share/debootstrap/scripts/${suite}`, text: `# what debootstrap needs to know of ${suite}\nvariants - buildd minbase\n${KEYRING}` })),
    ...links.map(([name, target]) => ({ path: `/usr/share/debootstrap/scripts/${name}`, symlink: target })),
  ],
} satisfies DebianPackage;
