// The names that may stand behind Defaults, by the kind of their value (sudoers(5), 1.9.13).

type DefaultKind = "flag" | "number" | "numberFlag" | "text" | "textFlag" | "list";

const NAMES: Readonly<Record<DefaultKind, string>> = {
  flag: "always_query_group_plugin always_set_home authenticate case_insensitive_group case_insensitive_user closefrom_override compress_io exec_background env_editor env_reset fast_glob fqdn ignore_audit_errors ignore_dot ignore_iolog_errors ignore_logfile_errors ignore_local_sudoers ignore_unknown_defaults insults intercept intercept_allow_setid intercept_authenticate intercept_verify log_allowed log_denied log_exit_status log_host log_input log_output log_passwords log_server_keepalive log_server_verify log_stderr log_stdin log_stdout log_subcmds log_ttyin log_ttyout log_year long_otp_prompt mail_all_cmnds mail_always mail_badpass mail_no_host mail_no_perms mail_no_user match_group_by_gid netgroup_tuple noexec noninteractive_auth pam_acct_mgmt pam_rhost pam_ruser pam_session pam_setcred passprompt_override path_info preserve_groups pwfeedback requiretty root_sudo rootpw runas_allow_unknown_id runas_check_shell runaspw selinux set_home set_logname set_utmp setenv shell_noargs stay_setuid sudoedit_checkdir sudoedit_follow syslog_pid targetpw tty_tickets umask_override use_loginclass use_netgroups use_pty user_command_timeouts utmp_runas visiblepw",
  number: "closefrom command_timeout log_server_timeout maxseq passwd_tries syslog_maxlen",
  numberFlag: "loglinelen passwd_timeout timestamp_timeout umask",
  text: "apparmor_profile authfail_message badpass_message editor intercept_type iolog_dir iolog_file iolog_flush iolog_group iolog_mode iolog_user lecture_status_dir limitprivs log_server_cabundle log_server_peer_cert log_server_peer_key mailsub noexec_file pam_askpass_service pam_login_service pam_service passprompt privs role runas_default sudoers_locale timestamp_type timestampdir timestampowner type",
  textFlag: "admin_flag env_file exempt_group fdexec group_plugin lecture lecture_file listpw log_format logfile mailerflags mailerpath mailfrom mailto rlimit_as rlimit_core rlimit_cpu rlimit_data rlimit_fsize rlimit_locks rlimit_memlock rlimit_nofile rlimit_nproc rlimit_rss rlimit_stack restricted_env_file runchroot runcwd secure_path syslog syslog_badpri syslog_goodpri verifypw",
  list: "env_check env_delete env_keep log_servers passprompt_regex",
};

const WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["lecture", ["never", "once", "always"]], ["listpw", ["never", "any", "all", "always"]], ["verifypw", ["never", "any", "all", "always"]],
  ["fdexec", ["never", "digest_only", "always"]], ["timestamp_type", ["global", "ppid", "tty", "kernel"]], ["log_format", ["sudo", "json"]],
]);

const kinds = new Map<string, DefaultKind>();
for (const kind of ["flag", "number", "numberFlag", "text", "textFlag", "list"] as const) for (const name of NAMES[kind].split(" ")) kinds.set(name, kind);

/** What is wrong with an entry; undefined when nothing is. `value` undefined: there is no "=". */
export function defaultProblem(name: string, value: string | undefined, negated: boolean): string | undefined {
  const kind = kinds.get(name);
  if (kind === undefined) return `unknown defaults entry "${name}"`;
  if (value === undefined) return kind === "flag" || (negated && kind !== "number" && kind !== "text") || kind === "textFlag" ? undefined : `no value specified for "${name}"`;
  if (kind === "flag") return `option "${name}" does not take a value`;
  const words = WORDS.get(name);
  const wrong = words !== undefined ? !words.includes(value) : kind === "number" || (kind === "numberFlag" && name !== "umask") ? !/^-?\d+(?:\.\d+)?$/.test(value) : name === "umask" && !/^[0-7]+$/.test(value);
  return wrong ? `value "${value}" is invalid for option "${name}"` : undefined;
}
