// /usr/share/awk, continued: what looks at the accounts, at the operands and at the files that are read. In our own words.

/** The passwd file by its own programs (pwcat, grcat); the reader leaves records and separators as they were. */
const readAll = (reader: string, prefix: string, body: string): string => `function ${reader}(    saved_fs, saved_rs, saved_record, how, command${body.includes("members") ? ", members, n, i" : ""})
{
    if (${prefix}read) return
    ${prefix}read = 1
    saved_fs = FS
    saved_rs = RS
    saved_record = $0
    how = PROCINFO["FS"]
    FS = ":"
    RS = "\\n"
${body}
    close(command)
    FS = saved_fs
    if (how == "FIELDWIDTHS") FIELDWIDTHS = FIELDWIDTHS
    else if (how == "FPAT") FPAT = FPAT
    RS = saved_rs
    $0 = saved_record
}
`;

const FOLDER = "/usr/lib/x86_64-linux-gnu/awk/";

const passwordLines = (prefix: string): string => `    command = "${FOLDER}pwcat"
    while ((command | getline) > 0) {
        ${prefix}by_name[$1] = $0
        ${prefix}by_uid[$3] = $0
        ${prefix}in_order[++${prefix}total] = $0
    }`;

const passwordFunctions = (reader: string, prefix: string, space: string): string => `
# The line of a user, by name or number.
function ${space}getpwnam(name) { ${reader}(); return ${prefix}by_name[name] }
function ${space}getpwuid(uid) { ${reader}(); return ${prefix}by_uid[uid] }

# The next line, "" behind the last; and back to the first.
function ${space}getpwent()
{
    ${reader}()
    return ${prefix}place < ${prefix}total ? ${prefix}in_order[++${prefix}place] : ""
}
function ${space}endpwent() { ${prefix}place = 0 }
`;

export const passwd = `# The lines of the passwd file.
${readAll("_pw_read_all", "_pw_", passwordLines("_pw_"))}${passwordFunctions("_pw_read_all", "_pw_", "")}`;

export const nsPasswd = `# As passwd.awk, with names of its own in the namespace passwd.
@namespace "passwd"

${readAll("read_all", "", passwordLines(""))}${passwordFunctions("read_all", "", "awk::")}`;

export const group = `# The lines of the group file, and the groups of a user.
${readAll("_gr_read_all", "_gr_", `    command = "${FOLDER}grcat"
    while ((command | getline) > 0) {
        _gr_by_name[$1] = $1 in _gr_by_name ? _gr_by_name[$1] "," $4 : $0
        _gr_by_gid[$3] = $3 in _gr_by_gid ? _gr_by_gid[$3] "," $4 : $0
        n = split($4, members, /[ \\t]*,[ \\t]*/)
        for (i = 1; i <= n; i++) _gr_of_user[members[i]] = members[i] in _gr_of_user ? _gr_of_user[members[i]] " " $1 : $1
        _gr_in_order[++_gr_total] = $0
    }`)}
# The line of a group, by name or number; the names of the groups that list a user.
function getgrnam(name) { _gr_read_all(); return _gr_by_name[name] }
function getgrgid(gid) { _gr_read_all(); return _gr_by_gid[gid] }
function getgruser(user) { _gr_read_all(); return _gr_of_user[user] }

# The next line, "" behind the last; and back to the first.
function getgrent()
{
    _gr_read_all()
    return _gr_place < _gr_total ? _gr_in_order[++_gr_place] : ""
}
function endgrent() { _gr_place = 0 }
`;

export const ftrans = `# Calls beginfile(FILENAME) and endfile(FILENAME), which the program defines, around the records of each file.
FNR == 1 {
    if (_ftrans_file != "") endfile(_ftrans_file)
    beginfile(_ftrans_file = FILENAME)
}

END { endfile(_ftrans_file) }
`;

export const noassign = `# With No_command_assign set (-v), operands with the look of an assignment are files.
function disable_assigns(argc, argv,    i)
{
    for (i = 1; i < argc; i++) if (argv[i] ~ /^[[:alpha:]_][[:alnum:]_]*=/) argv[i] = "./" argv[i]
}

BEGIN { if (No_command_assign) disable_assigns(ARGC, ARGV) }
`;

export const readable = `# Leaves files that cannot be read out of the operands.
BEGIN {
    for (_readable_i = 1; _readable_i < ARGC; _readable_i++) {
        if (ARGV[_readable_i] ~ /^[[:alpha:]_][[:alnum:]_]*=/ || ARGV[_readable_i] == "-" || ARGV[_readable_i] == "/dev/stdin") continue
        if ((getline _readable_line < ARGV[_readable_i]) < 0) delete ARGV[_readable_i]
        else close(ARGV[_readable_i])
    }
}
`;

export const rewind = `# Reads the file again from its beginning, from the next record on.
function rewind(    i)
{
    for (i = ARGC++; i > ARGIND; i--) ARGV[i] = ARGV[i - 1]
    ARGV[ARGIND + 1] = FILENAME
    nextfile
}
`;

export const zerofile = `# Calls zerofile(NAME, INDEX), which the program defines, for each operand without a record.
function _zerofile_upto(last)
{
    while (++_zerofile_at < last) zerofile(ARGV[_zerofile_at], _zerofile_at)
}

ARGIND != _zerofile_at { _zerofile_upto(ARGIND) }

END { if (ARGIND > _zerofile_at) _zerofile_upto(ARGIND + 1) }
`;
