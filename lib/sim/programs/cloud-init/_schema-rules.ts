// What cloud-config may hold, module by module (cloudinit/config/schemas of 22.4): as far as the modules are simulated, and the plain types of
// the others. Keys that no module knows are allowed.

export type SchemaType = "string" | "boolean" | "integer" | "array" | "object" | "null" | "number";

export interface SchemaRule {
  readonly types?: readonly SchemaType[];
  readonly properties?: Readonly<Record<string, SchemaRule>>;
  readonly required?: readonly string[];
  /** false: no other keys */
  readonly additional?: false;
  readonly items?: SchemaRule;
  readonly minItems?: number;
  readonly choices?: readonly (string | boolean | number)[];
  readonly anyOf?: readonly SchemaRule[];
}

const text: SchemaRule = { types: ["string"] };
const flag: SchemaRule = { types: ["boolean"] };
const whole: SchemaRule = { types: ["integer"] };
const texts: SchemaRule = { types: ["array"], items: text };
const someTexts: SchemaRule = { ...texts, minItems: 1 };
const anyObject: SchemaRule = { types: ["object"] };
const anyArray: SchemaRule = { types: ["array"] };

const user: SchemaRule = {
  types: ["object"],
  properties: {
    name: text, expiredate: text, gecos: text, homedir: text, inactive: text, lock_passwd: flag, no_create_home: flag, no_log_init: flag, no_user_group: flag, passwd: text, hashed_passwd: text,
    plain_text_passwd: text, create_groups: flag, primary_group: text, selinux_user: text, shell: text, snapuser: text, ssh_authorized_keys: texts, ssh_import_id: texts, ssh_redirect_user: flag,
    system: flag, sudo: { types: ["boolean", "string", "array", "null"] }, uid: { types: ["integer", "string"] }, groups: { types: ["string", "array", "object"] }, doas: texts,
  },
};

export const cloudConfigRule: SchemaRule = {
  types: ["object"],
  properties: {
    bootcmd: { types: ["array"], minItems: 1, items: { anyOf: [texts, text] } },
    runcmd: { types: ["array"], minItems: 1, items: { anyOf: [texts, text, { types: ["null"] }] } },
    write_files: {
      types: ["array"], minItems: 1,
      items: { types: ["object"], required: ["path"], additional: false, properties: { path: text, content: text, owner: text, permissions: text, encoding: { types: ["string"], choices: ["gz", "gzip", "gz+base64", "gzip+base64", "gz+b64", "gzip+b64", "b64", "base64", "text/plain"] }, append: flag, defer: flag } },
    },
    hostname: text, fqdn: text, preserve_hostname: flag, prefer_fqdn_over_hostname: flag,
    manage_etc_hosts: { choices: [true, false, "template", "localhost"] },
    users: { types: ["string", "array", "object"], items: { anyOf: [text, texts, user] } },
    user: { anyOf: [text, user] },
    groups: { types: ["string", "object", "array"] },
    package_update: flag, package_upgrade: flag, package_reboot_if_required: flag, apt_update: flag, apt_upgrade: flag,
    packages: { types: ["array"], minItems: 1, items: { anyOf: [texts, text] } },
    timezone: text, locale: { types: ["string", "boolean"] }, locale_configfile: text,
    ntp: { types: ["null", "object"], additional: false, properties: { pools: texts, servers: texts, ntp_client: text, enabled: flag, config: anyObject } },
    ssh_pwauth: { types: ["boolean", "string"] },
    chpasswd: { types: ["object"], additional: false, properties: { expire: flag, users: { types: ["array"], items: { types: ["object"] } }, list: { types: ["string", "array"] } } },
    password: text,
    ssh_authorized_keys: someTexts, ssh_import_id: texts, ssh_deletekeys: flag, ssh_quiet_keygen: flag, disable_root: flag, disable_root_opts: text, allow_public_ssh_keys: flag, no_ssh_fingerprints: flag, ssh_keys: anyObject,
    ssh_genkeytypes: { types: ["array"], items: { types: ["string"], choices: ["dsa", "ecdsa", "ed25519", "rsa"] } },
    growpart: { types: ["object"], additional: false, properties: { mode: { choices: [false, "auto", "growpart", "gpart", "off"] }, devices: texts, ignore_growroot_disabled: flag } },
    resize_rootfs: { choices: [true, false, "noblock"] },
    mounts: { types: ["array"], items: { types: ["array"], minItems: 1, items: { types: ["string", "null"] } } },
    mount_default_fields: anyArray,
    swap: { types: ["object"], additional: false, properties: { filename: text, size: { types: ["string", "integer"] }, maxsize: { types: ["string", "integer"] } } },
    final_message: text,
    power_state: { types: ["object"], required: ["mode"], additional: false, properties: { delay: { types: ["string", "integer"] }, mode: { types: ["string"], choices: ["poweroff", "reboot", "halt"] }, message: text, timeout: whole, condition: { types: ["string", "boolean", "array"] } } },
    phone_home: { types: ["object"], required: ["url"], additional: false, properties: { url: text, post: { types: ["string", "array"] }, tries: whole } },
    apt: anyObject, ca_certs: anyObject, disk_setup: anyObject, fs_setup: anyArray, random_seed: anyObject, rsyslog: anyObject,
    keyboard: { types: ["object"], required: ["layout"], additional: false, properties: { layout: text, model: text, variant: text, options: text } },
    byobu_by_default: { types: ["string"], choices: ["enable-system", "enable-user", "disable-system", "disable-user", "enable", "disable", "user", "system"] },
    disable_ec2_metadata: flag,
  },
};

/** Title and summary of a module's documentation. */
export const moduleDocuments: ReadonlyMap<string, readonly [title: string, summary: string, description: string]> = new Map([
  ["cc_runcmd", ["Runcmd", "Run arbitrary commands", "Commands that run once, late in the first boot, as root: a list of strings (for the shell) or lists (a program with its arguments)."]],
  ["cc_bootcmd", ["Bootcmd", "Run arbitrary commands early in the boot process", "Commands that run at every boot, before most services; instance's id in INSTANCE_ID."]],
  ["cc_write_files", ["Write Files", "write arbitrary files", "Files with their content, owner and permissions; content may be base64. Owner and group must exist unless the file is deferred."]],
  ["cc_users_groups", ["Users and Groups", "Configure users and groups", "Users and groups made at the first boot; \"default\" stands for the distribution's own user."]],
  ["cc_set_passwords", ["Set Passwords", "Set user passwords and enable/disable SSH password authentication", "Passwords of users, whether they must be changed, and whether sshd takes passwords."]],
  ["cc_ssh", ["SSH", "Configure SSH and SSH keys", "New host keys for a new instance and the authorized keys of the default user."]],
  ["cc_set_hostname", ["Set Hostname", "Set hostname and FQDN", "The host's name, unless preserve_hostname is true."]],
  ["cc_update_etc_hosts", ["Update Etc Hosts", "Update the hosts file (usually ``/etc/hosts``)", "Keeps the host's own name in /etc/hosts."]],
  ["cc_growpart", ["Growpart", "Grow partitions", "Makes the root partition as large as its disk allows, at every boot."]],
  ["cc_resizefs", ["Resizefs", "Resize filesystem", "Makes the root file system as large as its partition."]],
  ["cc_ntp", ["NTP", "enable and configure ntp", "Time servers of the instance."]],
  ["cc_locale", ["Locale", "Set system locale", "The language of the system."]],
  ["cc_timezone", ["Timezone", "Set the system timezone", "A name below /usr/share/zoneinfo."]],
  ["cc_package_update_upgrade_install", ["Package Update Upgrade Install", "Update, upgrade, and install packages", "Lists of packages, upgrades and installs at the first boot."]],
  ["cc_mounts", ["Mounts", "Configure mount points and swap files", "Lines of /etc/fstab."]],
  ["cc_final_message", ["Final Message", "Output final message when cloud-init has finished", "A text with $version, $timestamp, $datasource and $uptime."]],
  ["cc_power_state_change", ["Power State Change", "Change power state", "Powers off or reboots when all is done."]],
  ["cc_phone_home", ["Phone Home", "Post data to url", "Tells an address that the instance is there."]],
]);
