// File::Basename, File::Spec, File::Path, File::Temp, File::Copy, File::Find, FindBin, in Perl.

import { defineModule } from "../registry.ts";

defineModule({ name: "File::Basename", version: "2.85", source: String.raw`package File::Basename;
use strict; use warnings;
require Exporter;
our @ISA = ('Exporter');
our @EXPORT = qw(fileparse fileparse_set_fstype basename dirname);
our $VERSION = '2.85';
sub fileparse_set_fstype { 'Unix' }
sub fileparse {
    my ($path, @suffixes) = @_;
    die "fileparse(): need a valid pathname" unless defined $path;
    my ($dir, $base) = $path =~ m{^(.*/)?(.*)}s;
    $dir = './' unless defined $dir && length $dir;
    my $tail = '';
    for my $suffix (@suffixes) {
        if ($base =~ s/($suffix)$//s) { $tail = $1 . $tail }
    }
    return wantarray ? ($base, $dir, $tail) : $base;
}
sub basename {
    my ($path, @suffixes) = @_;
    $path =~ s{(.)/*\z}{$1}s;
    my ($base, $dir, $suffix) = fileparse($path, map { "\Q$_\E" } @suffixes);
    if (length $suffix and !length $base) { $base = $suffix }
    if (!length $base) { $base = $dir }
    return $base;
}
sub dirname {
    my ($path) = @_;
    my ($base, $dir) = fileparse($path);
    $dir =~ s{(.)/*\z}{$1}s;
    unless (length $base) {
        ($base, $dir) = fileparse($dir);
        $dir =~ s{(.)/*\z}{$1}s;
    }
    return $dir;
}
1;
` });

defineModule({ name: "File::Spec::Unix", version: "3.84", source: String.raw`package File::Spec::Unix;
use strict; use warnings;
use Cwd ();
our $VERSION = '3.84';
sub curdir { '.' } sub updir { '..' } sub rootdir { '/' } sub devnull { '/dev/null' } sub case_tolerant { 0 }
sub tmpdir { my $d = $ENV{TMPDIR}; return defined $d && -d $d && -w _ ? $d : '/tmp' }
sub canonpath {
    my ($self, $path) = @_;
    return unless defined $path;
    $path =~ s{/{2,}}{/}g;
    $path =~ s{(?:/\.)+(?:/|\z)}{/}g;
    $path =~ s{^(?:\./)+}{}s unless $path eq './';
    $path =~ s{^/(?:\.\./)+}{/}; $path =~ s{^/\.\.$}{/};
    $path =~ s{/\z}{} unless $path eq '/';
    return $path;
}
sub catdir { my $self = shift; $self->canonpath(join('/', @_, '')) }
sub catfile {
    my $self = shift;
    my $file = $self->canonpath(pop @_);
    return $file unless @_;
    my $dir = $self->catdir(@_);
    $dir .= '/' unless substr($dir, -1) eq '/';
    return $dir . $file;
}
sub join { my $self = shift; $self->catfile(@_) }
sub no_upwards { my $self = shift; grep { !/^\.{1,2}\z/s } @_ }
sub file_name_is_absolute { my ($self, $file) = @_; scalar($file =~ m{^/}s) }
sub path { my @p = split(':', defined $ENV{PATH} ? $ENV{PATH} : ''); for (@p) { $_ = '.' if $_ eq '' } @p }
sub splitpath {
    my ($self, $path, $nofile) = @_;
    return ('', $path, '') if $nofile;
    $path =~ m{^((?:.*/(?:\.\.?\z)?)?)([^/]*)}s;
    return ('', $1, $2);
}
sub splitdir { my ($self, $dir) = @_; split m{/}, $dir, -1 }
sub catpath {
    my ($self, $volume, $dir, $file) = @_;
    if ($dir ne '' && $file ne '' && substr($dir, -1) ne '/' && substr($file, 0, 1) ne '/') { $dir .= "/$file" } else { $dir .= $file }
    return $dir;
}
sub rel2abs {
    my ($self, $path, $base) = @_;
    unless ($self->file_name_is_absolute($path)) {
        if (!defined $base || $base eq '') { $base = Cwd::getcwd() }
        elsif (!$self->file_name_is_absolute($base)) { $base = $self->rel2abs($base) }
        $path = $self->catdir($base, $path);
    }
    return $self->canonpath($path);
}
sub abs2rel {
    my ($self, $path, $base) = @_;
    $base = Cwd::getcwd() unless defined $base && length $base;
    $path = $self->rel2abs($path); $base = $self->rel2abs($base);
    my @p = grep { length } split m{/}, $path;
    my @b = grep { length } split m{/}, $base;
    while (@p && @b && $p[0] eq $b[0]) { shift @p; shift @b }
    my $made = CORE::join('/', (('..') x @b), @p);
    return $made eq '' ? '.' : $made;
}
1;
` });
defineModule({ name: "File::Spec", version: "3.84", source: `package File::Spec;
require File::Spec::Unix;
our @ISA = ('File::Spec::Unix');
our $VERSION = '3.84';
1;
` });
defineModule({ name: "File::Spec::Functions", version: "3.84", source: `package File::Spec::Functions;
require File::Spec; require Exporter;
our @ISA = ('Exporter');
our @EXPORT = qw(canonpath curdir rootdir updir no_upwards file_name_is_absolute path catdir catfile);
our @EXPORT_OK = qw(devnull tmpdir splitpath splitdir abs2rel rel2abs case_tolerant catpath);
our %EXPORT_TAGS = (ALL => [@EXPORT_OK, @EXPORT]);
for my $name (@EXPORT, @EXPORT_OK) { no strict 'refs'; *{$name} = sub { File::Spec->$name(@_) } }
1;
` });

defineModule({ name: "File::Path", version: "2.18", source: String.raw`package File::Path;
use strict;
require Exporter;
our @ISA = ('Exporter');
our @EXPORT = qw(mkpath rmtree);
our @EXPORT_OK = qw(make_path remove_tree);
our $VERSION = '2.18';
sub make_path { my $opt = @_ && ref $_[-1] eq 'HASH' ? pop @_ : {}; return _make($opt, @_) }
sub mkpath {
    my $opt = @_ && ref $_[-1] eq 'HASH' ? pop @_ : {};
    my @paths = ref $_[0] eq 'ARRAY' ? @{$_[0]} : ($_[0]);
    $opt->{mode} = $_[2] if defined $_[2];
    return _make($opt, @paths);
}
sub _make {
    my ($opt, @paths) = @_;
    my @made;
    my $mode = defined $opt->{mode} ? $opt->{mode} : defined $opt->{mask} ? $opt->{mask} : 0777;
    for my $path (@paths) {
        next unless defined $path && length $path;
        my $so_far = $path =~ m{^/} ? '/' : '';
        for my $part (split m{/+}, $path) {
            next if $part eq '';
            $so_far .= $part;
            if (!-d $so_far) {
                if (mkdir $so_far, $mode) { push @made, $so_far; print "mkdir $so_far\n" if $opt->{verbose} }
                elsif (!-d $so_far) {
                    my $error = "$!";
                    if ($opt->{error}) { push @{${'$'}{$opt->{error}}}, { $so_far => $error } } else { require Carp; Carp::croak("mkdir $so_far: $error") }
                    last;
                }
            }
            $so_far .= '/';
        }
    }
    return @made;
}
sub remove_tree { my $opt = @_ && ref $_[-1] eq 'HASH' ? pop @_ : {}; return _remove($opt, @_) }
sub rmtree { my $opt = @_ && ref $_[-1] eq 'HASH' ? pop @_ : {}; return _remove($opt, ref $_[0] eq 'ARRAY' ? @{$_[0]} : $_[0]) }
sub _remove {
    my ($opt, @paths) = @_;
    my $count = 0;
    for my $path (@paths) {
        if (-d $path && !-l $path) {
            if (opendir my $dir, $path) {
                my @names = grep { $_ ne '.' && $_ ne '..' } readdir $dir;
                closedir $dir;
                $count += _remove({ %$opt, keep_root => 0 }, map { "$path/$_" } @names);
            }
            next if $opt->{keep_root};
            if (rmdir $path) { $count++ } else { warn "cannot remove directory for $path: $!" unless $opt->{error} }
        } elsif (-l $path || -e $path) {
            if (unlink $path) { $count++ } else { warn "cannot unlink file for $path: $!" unless $opt->{error} }
        }
    }
    return $count;
}
1;
` });

defineModule({ name: "File::Temp", version: "0.2311", source: String.raw`package File::Temp;
use strict;
require Exporter; require IO::Handle;
our @ISA = ('IO::Handle', 'Exporter');
our @EXPORT = qw(tempfile tempdir tmpnam tmpfile unlink0 cleanup);
our @EXPORT_OK = qw(mktemp mkstemp mkdtemp);
our %EXPORT_TAGS = (POSIX => [qw(tmpnam tmpfile)], mktemp => [qw(mktemp mkstemp mkdtemp)]);
our $VERSION = '0.2311';
our (%files, %dirs);
my @letters = ('A'..'Z', 'a'..'z', 0..9, '_');
sub _fill { my $t = shift; $t =~ s/X(?=X*\z)/$letters[int rand @letters]/ge; $t }
sub _args { my $template = @_ % 2 ? shift : undef; my %o = @_; $template = $o{TEMPLATE} if !defined $template; return ($template, %o) }
sub tempfile {
    my ($template, %o) = _args(@_);
    $template = 'XXXXXXXXXX' unless defined $template;
    my $dir = defined $o{DIR} ? $o{DIR} : ($o{TMPDIR} || !@_ || !defined((_args(@_))[0])) ? ($ENV{TMPDIR} || '/tmp') : undef;
    for (1..100) {
        my $path = _fill($template) . (defined $o{SUFFIX} ? $o{SUFFIX} : '');
        $path = "$dir/$path" if defined $dir;
        require Fcntl;
        if (sysopen my $fh, $path, Fcntl::O_RDWR() | Fcntl::O_CREAT() | Fcntl::O_EXCL(), 0600) {
            $files{$path} = $$ if $o{UNLINK};
            return wantarray ? ($fh, $path) : $fh;
        }
        next if -e $path;
        require Carp; Carp::croak("Error in tempfile() using template $template: Could not create temp file $path: $!");
    }
}
sub tempdir {
    my ($template, %o) = _args(@_);
    my $given = defined $template;
    $template = 'XXXXXXXXXX' unless $given;
    my $dir = defined $o{DIR} ? $o{DIR} : (!$given || $o{TMPDIR}) ? ($ENV{TMPDIR} || '/tmp') : undef;
    for (1..100) {
        my $path = _fill($template);
        $path = "$dir/$path" if defined $dir;
        if (mkdir $path, 0700) { $dirs{$path} = $$ if $o{CLEANUP}; return $path }
        next if -e $path;
        require Carp; Carp::croak("Error in tempdir() using $path: Could not create directory $path: $!");
    }
}
sub new {
    my ($class, @args) = @_;
    my ($template, %o) = _args(@args);
    my ($fh, $path) = tempfile(defined $template ? $template : (), %o, UNLINK => exists $o{UNLINK} ? $o{UNLINK} : 1);
    ${'$'}{*$fh} = $path;
    return bless $fh, $class;
}
sub filename { ${'$'}{*{$_[0]}} }
sub newdir { my ($class, @args) = @_; my ($t, %o) = _args(@args); my $d = tempdir(defined $t ? $t : (), %o, CLEANUP => 1); return bless { DIRNAME => $d }, 'File::Temp::Dir' }
sub mkstemp { my $p = _fill(shift); open my $fh, '+>', $p or die; return ($fh, $p) }
sub mkdtemp { my $p = _fill(shift); mkdir $p, 0700; $p }
sub mktemp { _fill(shift) }
sub tmpnam { '/tmp/' . _fill('XXXXXXXXXX') }
sub cleanup { }
END {
    for (keys %files) { unlink $_ if $files{$_} == $$ }
    for (keys %dirs) { if ($dirs{$_} == $$) { require File::Path; File::Path::rmtree($_) } }
}
package File::Temp::Dir;
use overload '""' => sub { $_[0]{DIRNAME} }, fallback => 1;
sub dirname { $_[0]{DIRNAME} }
1;
` });

defineModule({ name: "File::Copy", version: "2.39", source: String.raw`package File::Copy;
use strict;
require Exporter;
our @ISA = ('Exporter');
our @EXPORT = qw(copy move);
our @EXPORT_OK = qw(cp mv);
our $VERSION = '2.39';
sub copy {
    my ($from, $to) = @_;
    my ($in, $out);
    if (ref $from || ref \$from eq 'GLOB') { $in = $from } else { open $in, '<', $from or return 0; binmode $in }
    if (ref $to || ref \$to eq 'GLOB') { $out = $to }
    else {
        if (-d $to) { my ($base) = $from =~ m{([^/]*)\z}; $to = "$to/$base" }
        open $out, '>', $to or return 0; binmode $out;
    }
    my $buffer;
    while (read $in, $buffer, 65536) { print $out $buffer or return 0 }
    close $in unless ref $from; unless (ref $to) { close $out or return 0 }
    return 1;
}
sub cp { my ($from, $to) = @_; copy($from, $to) or return 0; $to = "$to/" . ($from =~ m{([^/]*)\z})[0] if -d $to; chmod((stat $from)[2] & 07777, $to) if !ref $from && !ref $to; 1 }
sub move {
    my ($from, $to) = @_;
    if (-d $to && !-d $from) { my ($base) = $from =~ m{([^/]*)\z}; $to = "$to/$base" }
    return 1 if rename $from, $to;
    return 0 unless -e $from;
    copy($from, $to) or return 0;
    unlink $from;
}
*mv = \&move;
1;
` });

defineModule({ name: "File::Find", version: "1.40", source: String.raw`package File::Find;
use strict;
require Exporter; require Cwd;
our @ISA = ('Exporter');
our @EXPORT = qw(find finddepth);
our $VERSION = '1.40';
our ($dir, $name, $prune);
sub finddepth { my $w = shift; $w = { wanted => $w } if ref $w eq 'CODE'; find({ %$w, bydepth => 1 }, @_) }
sub find {
    my ($w, @tops) = @_;
    $w = { wanted => $w } if ref $w eq 'CODE';
    my $cwd = Cwd::getcwd();
    for my $top (@tops) {
        my $path = $top; $path =~ s{(?<=.)/+\z}{};
        unless (-l $path || -e _) { warn "Can't stat $top: $!\n"; next }
        if (-d $path && !-l $path) { _dir($w, $path, $path, 1) }
        else {
            my ($d, $f) = $path =~ m{^(.*/)?([^/]*)\z};
            $dir = defined $d ? $d : './'; $name = $path; local $_ = $w->{no_chdir} ? $path : $f;
            chdir $dir unless $w->{no_chdir};
            $w->{wanted}->();
        }
        chdir $cwd unless $w->{no_chdir};
    }
}
sub _call { my ($w, $d, $full, $short) = @_; $dir = $d; $name = $full; local $_ = $w->{no_chdir} ? $full : $short; $w->{wanted}->() }
sub _dir {
    my ($w, $path, $here, $is_top) = @_;
    my $home = $here =~ m{^/} ? $here : undef;
    my $cwd = $w->{no_chdir} ? undef : Cwd::getcwd();
    unless ($w->{no_chdir}) { chdir $here or do { warn "Can't cd to $here: $!\n"; return } }
    if ($is_top && !$w->{bydepth}) { $prune = 0; _call($w, $path, $path, '.'); if ($prune) { chdir $cwd if defined $cwd; return } }
    opendir my $d, $w->{no_chdir} ? $path : '.' or do { warn "Can't opendir($path): $!\n"; chdir $cwd if defined $cwd; return };
    my @names = grep { $_ ne '.' && $_ ne '..' } readdir $d;
    closedir $d;
    if ($w->{preprocess}) { $dir = $path; @names = $w->{preprocess}->(@names) }
    my @dirs;
    for my $n (@names) {
        my $full = $path eq '/' ? "/$n" : "$path/$n";
        my $local = $w->{no_chdir} ? $full : $n;
        if (-d $local && !-l $local) {
            $prune = 0;
            _call($w, $path, $full, $n) unless $w->{bydepth};
            if (!$prune) { _dir($w, $full, $w->{no_chdir} ? $full : $n, 0) }
            _call($w, $path, $full, $n) if $w->{bydepth};
        } else { _call($w, $path, $full, $n) }
    }
    if ($w->{postprocess}) { $dir = $path; $w->{postprocess}->() }
    _call($w, $path, $path, '.') if $is_top && $w->{bydepth};
    chdir $cwd if defined $cwd;
}
1;
` });

defineModule({ name: "FindBin", version: "1.53", source: `package FindBin;
use Cwd (); require Exporter; require File::Basename;
our @ISA = ('Exporter');
our @EXPORT_OK = qw($Bin $Script $RealBin $RealScript $Dir $RealDir);
our %EXPORT_TAGS = (ALL => [@EXPORT_OK]);
our ($Bin, $Script, $RealBin, $RealScript);
if ($0 eq '-e' || $0 eq '-') { $Script = $RealScript = $0; $Bin = $RealBin = Cwd::getcwd() }
else {
    my $path = $0 =~ m{^/} ? $0 : Cwd::getcwd() . "/$0";
    my $real = Cwd::abs_path($path);
    ($Script, $Bin) = (File::Basename::basename($path), Cwd::abs_path(File::Basename::dirname($path)));
    ($RealScript, $RealBin) = (File::Basename::basename($real), File::Basename::dirname($real));
}
1;
` });
