import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "uuid-runtime", summary: "makes and reads universally unique identifiers (UUID)",
  files: [
    { path: "/lib/systemd/system/uuidd.socket", text: "[Unit]\nDescription=UUID daemon activation socket\n\n[Socket]\nListenStream=/run/uuidd/request\n\n[Install]\nWantedBy=sockets.target\n" },
    { path: "/lib/systemd/system/uuidd.service", text: "[Unit]\nDescription=Daemon for generating UUIDs\nDocumentation=man:uuidd(8)\n\n[Service]\nExecStart=/usr/sbin/uuidd -P -F\nRestart=no\nUser=uuidd\nGroup=uuidd\nRuntimeDirectory=uuidd\n\n[Install]\nAlso=uuidd.socket\n" },
  ],
  postInstall: [{ addGroup: "uuidd", system: true }, { addUser: "uuidd", group: "uuidd", home: "/run/uuidd", shell: "/usr/sbin/nologin" }],
} satisfies DebianPackage;
