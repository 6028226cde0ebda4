import type { DebianPackage } from "../kit/package.ts";

const targets = `# apt update fetches the lists of files too, for apt-file(1).
Acquire::IndexTargets {
    deb::Contents-deb {
        MetaKey "$(COMPONENT)/Contents-$(ARCHITECTURE)";
        ShortDescription "Contents-$(ARCHITECTURE)";
        Description "$(RELEASE)/$(COMPONENT) $(ARCHITECTURE) Contents (deb)";
        KeepCompressed "true";
    };
};

# Which of them are searched.
apt-file::Index-Names "deb";
`;

export default {
  name: "apt-file", summary: "finds the package that has a file, installed or not",
  files: [{ path: "/etc/apt/apt.conf.d/50apt-file.conf", text: targets, conffile: true }],
} satisfies DebianPackage;
