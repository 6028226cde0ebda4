// Getopt::Long, Getopt::Std, Carp, IO::Handle and IO::File, Pod::Usage's way out, Text::*, Term::ANSIColor, Test::More, in Perl.
// (More than 400 lines: each module is a text of its own.)

import { callers } from "../../builtins/general.ts";
import { PerlArray, PerlHash, Plain } from "../../values/value.ts";
import { defineModule, defineSub } from "../registry.ts";

defineModule({ name: "Carp", version: "1.52", source: String.raw`package Carp;
require Exporter;
our @ISA = ('Exporter');
our @EXPORT = qw(confess croak carp);
our @EXPORT_OK = qw(cluck verbose longmess shortmess);
our ($Verbose, $CarpLevel) = (0, 0);
our $VERSION = '1.52';
sub _trusts {
    my ($from, $to) = @_;
    return 1 if $from eq $to;
    no strict 'refs';
    for my $isa (@{"${'$'}{from}::ISA"}, @{"${'$'}{from}::CARP_NOT"}) { return 1 if $isa eq $to || _trusts($isa, $to) }
    for my $isa (@{"${'$'}{to}::ISA"}) { return 1 if $isa eq $from }
    return 0;
}
sub _arg { my $v = shift; return 'undef' unless defined $v; return "$v" if ref $v; return $v if $v =~ /^-?\d+(?:\.\d+)?\z/; $v =~ s/([\\"\$\@])/\\$1/g; return "\"$v\"" }
sub _where { my ($file, $line) = @_; return " at $file line $line" . Carp::Internals::handle() . ".\n" }
sub longmess {
    my $message = join '', @_;
    my $i = 1;
    my ($pkg, $file, $line, $sub) = caller($i);
    my $out;
    while (defined $pkg && $pkg eq 'Carp') { $i++; ($pkg, $file, $line, $sub) = caller($i) }
    ($pkg, $file, $line) = caller($i - 1) if !defined $pkg;
    my @frames;
    my $n = $i - 1;
    while (my @c = caller($n)) { push @frames, [@c, Carp::Internals::args($n)]; $n++ }
    shift @frames while @frames && $frames[0][0] eq 'Carp';
    my $first = $frames[0];
    return $message . _where($file, $line) unless $first;
    $out = "$message at $first->[1] line $first->[2]" . Carp::Internals::handle() . ".\n";
    for my $f (@frames) {
        next if $f->[3] =~ /^Carp::/;
        my $name = $f->[3] eq '(eval)' ? 'eval {...}' : "$f->[3](" . join(', ', map { _arg($_) } @{$f->[6]}) . ')';
        $out .= "\t$name called at $f->[1] line $f->[2]" . Carp::Internals::handle() . "\n";
    }
    return $out;
}
sub shortmess {
    my $message = join '', @_;
    my $i = 0;
    my @c;
    while (@c = caller($i)) { last if $c[0] ne 'Carp'; $i++ }
    my $called = $c[0];
    while (@c = caller($i)) { last unless _trusts($called, $c[0]); $i++ }
    return longmess($message) unless @c;
    return $message . _where($c[1], $c[2]);
}
sub croak { die @_ == 1 && ref $_[0] ? $_[0] : shortmess(@_) }
sub confess { die longmess(@_) }
sub carp { warn shortmess(@_) }
sub cluck { warn longmess(@_) }
1;
`, install: (vm) => {
  defineSub(vm, "Carp::Internals::handle", (inner) => [inner.place().replace(/^ at .*? line \d+/s, "").replace(/\.\n$/, "")]);
  defineSub(vm, "Carp::Internals::args", (inner, args) => [new PerlArray((callers(inner)[Number(args[0]?.v ?? 0)]?.args ?? []).map((value) => new Plain(value)))]);
} });

defineModule({ name: "Getopt::Std", version: "1.13", source: String.raw`package Getopt::Std;
require Exporter;
our @ISA = ('Exporter');
our @EXPORT = qw(getopt getopts);
our $VERSION = '1.13';
sub getopts {
    my ($spec, $hash) = @_;
    my @args = split //, $spec;
    my $errors = 0;
    my $pkg = caller;
    while (@ARGV && $ARGV[0] =~ /^-(.)(.*)/s) {
        my ($first, $rest) = ($1, $2);
        if ($ARGV[0] eq '--') { shift @ARGV; last }
        my $at = index $spec, $first;
        if ($at >= 0 && $first ne ':') {
            my $value;
            if ($at + 1 < @args && $args[$at + 1] eq ':') {
                shift @ARGV;
                if ($rest eq '') { ++$errors unless @ARGV; $rest = shift @ARGV }
                $value = $rest;
            } else {
                $value = 1;
                if ($rest eq '') { shift @ARGV } else { $ARGV[0] = "-$rest" }
            }
            if (ref $hash) { $hash->{$first} = $value } else { no strict 'refs'; ${'$'}{"${'$'}{pkg}::opt_$first"} = $value }
        } else {
            if ($first eq '-' && $rest eq 'help' || $rest eq 'version') { exit 0 }
            warn "Unknown option: $first\n";
            ++$errors;
            if ($rest ne '') { $ARGV[0] = "-$rest" } else { shift @ARGV }
        }
    }
    return $errors == 0;
}
sub getopt { my ($spec, $hash) = @_; my %w = map { $_ => 1 } split //, $spec;
    while (@ARGV && $ARGV[0] =~ /^-(.)(.*)/s) { my ($f, $r) = ($1, $2); last if $ARGV[0] eq '--'; shift @ARGV;
        if ($w{$f}) { $r = shift @ARGV if $r eq ''; $hash->{$f} = $r } else { $hash->{$f} = 1; unshift @ARGV, "-$r" if $r ne '' } } 1 }
1;
` });

defineModule({ name: "Getopt::Long", version: "2.52", source: String.raw`package Getopt::Long;
use strict;
require Exporter;
our @ISA = ('Exporter');
our @EXPORT = qw(GetOptions $REQUIRE_ORDER $PERMUTE $RETURN_IN_ORDER);
our @EXPORT_OK = qw(HelpMessage VersionMessage Configure GetOptionsFromArray GetOptionsFromString);
our $VERSION = '2.52';
our ($REQUIRE_ORDER, $PERMUTE, $RETURN_IN_ORDER) = (0, 1, 2);
my %default = (ignorecase => 1, bundling => 0, permute => 1, passthrough => 0, autoabbrev => 1, autohelp => 0, autoversion => 0, gnucompat => 0);
my %config = %default;
sub import {
    my ($class, @words) = @_;
    my (@names, @settings);
    my $to = \@names;
    for (@words) { if ($_ eq ':config') { $to = \@settings; next } push @$to, $_ }
    Configure(@settings) if @settings;
    my $pkg = caller;
    no strict 'refs';
    *{"${'$'}{pkg}::GetOptions"} = \&GetOptions;
    for (@names) { *{"${'$'}{pkg}::$_"} = \&{$_} if defined &{$_} }
}
sub Configure {
    for my $setting (@_) {
        my $word = lc $setting; $word =~ s/[_-]//g;
        my $on = 1;
        if ($word =~ s/^no(?=.)//) { $on = 0 }
        if ($word eq 'default') { %config = %default }
        elsif ($word eq 'posixdefault') { %config = (%default, permute => 0) }
        elsif ($word eq 'gnugetopt') { $config{bundling} = 1; $config{permute} = 1; $config{gnucompat} = 1; $config{ignorecase} = 0 }
        elsif ($word eq 'requireorder') { $config{permute} = !$on }
        elsif ($word eq 'ignorecase' || $word eq 'ignorecasealways') { $config{ignorecase} = $on }
        elsif ($word eq 'bundling' || $word eq 'bundlingvalues') { $config{bundling} = $on; $config{ignorecase} = 0 if $on }
        elsif (exists $config{$word} || $word =~ /^(?:permute|passthrough|autoabbrev|autohelp|autoversion|gnucompat|debug|getoptcompat|bundlingoverride|prefix.*|longprefixpattern.*)$/) { $config{$word} = $on }
        else { require Carp; Carp::croak("Getopt::Long: unknown or erroneous config parameter \"$setting\"\n") }
    }
}
sub config { Configure(@_) }
sub GetOptions { return GetOptionsFromArray(\@ARGV, @_) }
sub GetOptionsFromString { my ($s, @rest) = @_; my @a = split ' ', $s; my $ok = GetOptionsFromArray(\@a, @rest); return wantarray ? ($ok, \@a) : $ok }
sub GetOptionsFromArray {
    my ($argv, @specs) = @_;
    my $pkg = caller; $pkg = caller(1) if $pkg eq 'Getopt::Long';
    my $hash = ref $specs[0] && ref $specs[0] ne 'CODE' && eval { ref $specs[0] eq 'HASH' || UNIVERSAL::isa($specs[0], 'HASH') } ? shift @specs : undef;
    my (%options, $others);
    while (@specs) {
        my $spec = shift @specs;
        if ($spec eq '<>') { $others = shift @specs; next }
        unless ($spec =~ /^([\w\-|?.]+)?([!+]|[=:](?:[ionfs]|\+|-?\d+)[@%]?(?:\{\d*,?\d*\})?)?$/) { die "Error in option spec: \"$spec\"\n" }
        my ($names, $type) = ($1, defined $2 ? $2 : '');
        my @names = split /\|/, $names;
        my $target = ref $specs[0] ? shift @specs : undef;
        if (!defined $target && $hash) {
            my $n = $names[0];
            if ($type =~ /\@/) { $hash->{$n} = [] unless ref $hash->{$n}; $target = $hash->{$n}; delete $hash->{$n} unless @$target; $target = ['lazy', $hash, $n, '@'] }
            elsif ($type =~ /%/) { $target = ['lazy', $hash, $n, '%'] }
            else { $target = ['lazy', $hash, $n, ref $hash->{$n} eq 'CODE' ? '&' : ref $hash->{$n} eq 'ARRAY' ? '@' : '$'] }
        } elsif (!defined $target) {
            no strict 'refs';
            (my $v = "opt_$names[0]") =~ s/\W/_/g;
            $target = $type =~ /\@/ ? \@{"${'$'}{pkg}::$v"} : $type =~ /%/ ? \%{"${'$'}{pkg}::$v"} : \${'$'}{"${'$'}{pkg}::$v"};
        }
        my $option = { name => $names[0], type => $type, target => $target };
        for my $n (@names) {
            $options{$config{ignorecase} && (!$config{bundling} || length $n > 1) ? lc $n : $n} = $option;
            if ($type eq '!') { for my $no ("no$n", "no-$n") { $options{$config{ignorecase} ? lc $no : $no} = { %$option, negated => 1 } } }
        }
    }
    my ($errors, @kept) = (0);
    while (@$argv) {
        my $word = shift @$argv;
        if (!defined $word || $word eq '--') { last }
        if ($word !~ /^-./s) {
            if ($others) { $others->($word); next }
            if ($config{permute}) { push @kept, $word; next }
            unshift @$argv, $word; last;
        }
        my ($dash, $name, $value) = $word =~ /^(--?)([^=]*)(?:=(.*))?$/s;
        if ($config{bundling} && $dash eq '-') {
            my $rest = substr $word, 1;
            while (length $rest) {
                my $letter = substr $rest, 0, 1, '';
                my $o = $options{$letter};
                if (!$o) {
                    if ($config{passthrough}) { push @kept, "-$letter$rest"; last }
                    warn "Unknown option: $letter\n"; $errors++; next;
                }
                if ($o->{type} =~ /^[=:]/) { $rest =~ s/^=//; $errors += !_take($o, $letter, length $rest ? $rest : undef, $argv); last }
                $errors += !_take($o, $letter, undef, $argv);
            }
            next;
        }
        my $key = $config{ignorecase} ? lc $name : $name;
        my $o = $options{$key};
        if (!$o && $config{autoabbrev}) {
            my %found; my @match = grep { index($_, $key) == 0 } sort keys %options;
            $found{$options{$_}{name} . ($options{$_}{negated} ? '!' : '')} = $options{$_} for @match;
            if (keys %found == 1) { $o = (values %found)[0] }
            elsif (keys %found > 1 && length $key) {
                if ($config{passthrough}) { push @kept, $word; next }
                warn "Option $name is ambiguous (" . join(', ', @match) . ")\n"; $errors++; next;
            }
        }
        if (!$o) {
            if ($config{passthrough}) { push @kept, $word; next }
            warn "Unknown option: $name\n"; $errors++; next;
        }
        $errors += !_take($o, $name, $value, $argv);
    }
    unshift @$argv, @kept;
    return $errors == 0;
}
sub _take {
    my ($o, $shown, $value, $argv) = @_;
    my $type = $o->{type};
    if ($type eq '' || $type eq '!' || $type eq '+') {
        if (defined $value) { warn "Option $shown does not take an argument\n"; return 0 }
        if ($type eq '+') { _store($o, undef, 'increment'); return 1 }
        _store($o, $o->{negated} ? 0 : 1);
        return 1;
    }
    my ($how, $kind, $shape) = $type =~ /^([=:])([ionfs]|\+|-?\d+)([@%]?)/;
    my ($many) = $type =~ /\{(.*)\}/;
    my $is_hash = $shape eq '%' || ref $o->{target} eq 'HASH';
    if (!defined $value) {
        my $next = $argv->[0];
        my $fits = defined $next && ($kind eq 's' ? ($next eq '-' || $next !~ /^-./ || $how eq '=') : $kind eq 'i' || $kind =~ /^[+\d-]/ ? $next =~ /^[-+]?\d+$/ : $kind eq 'f' ? $next =~ /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/ : 1);
        $fits = 0 if $how eq '=' && $kind eq 's' && defined $next && $next eq '--';
        if ($fits) { $value = shift @$argv }
        elsif ($how eq ':') { $value = $kind eq 's' ? '' : $kind =~ /^-?\d/ ? $kind : 0; }
        else {
            if (defined $next && $next !~ /^-\D/ && $kind ne 's') { shift @$argv; return _invalid($o, $shown, $next, $kind) }
            warn "Option $shown requires an argument\n"; return 0;
        }
    }
    my $key;
    if ($is_hash) { ($key, $value) = $value =~ /^([^=]*)=(.*)$/s ? ($1, $2) : ($value, 1) }
    if ($kind eq 'i' && $value !~ /^[-+]?\d+$/ || $kind eq 'f' && $value !~ /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/) { return _invalid($o, $shown, $value, $kind) }
    $value = $value + 0 if $kind eq 'i' && $value =~ /^\+/;
    _store($o, $value, $is_hash ? ('key', $key) : ());
    if (defined $many) { my ($min, $max) = split /,/, $many, -1; $max = $min unless defined $max; $max = 1e9 if $max eq ''; my $n = 1;
        while ($n < $max && @$argv && $argv->[0] !~ /^-./) { _store($o, shift @$argv); $n++ } }
    return 1;
}
sub _invalid {
    my ($o, $shown, $value, $kind) = @_;
    warn "Value \"$value\" invalid for option $shown (" . ($kind eq 'i' ? 'number' : $kind eq 'f' ? 'real number' : 'extended number') . " expected)\n";
    return 0;
}
sub _store {
    my ($o, $value, $how, $key) = @_;
    my $t = $o->{target};
    if (ref $t eq 'ARRAY' && @$t == 4 && defined $t->[0] && $t->[0] eq 'lazy') {
        my (undef, $hash, $n, $shape) = @$t;
        if ($shape eq '@') { push @{$hash->{$n}}, $value }
        elsif ($shape eq '%') { $hash->{$n}{$key} = $value }
        elsif (defined $how && $how eq 'increment') { $hash->{$n}++ }
        elsif (ref $hash->{$n} eq 'CODE') { $hash->{$n}->($o->{name}, $value) }
        elsif (ref $hash->{$n} eq 'SCALAR') { ${'$'}{$hash->{$n}} = $value }
        else { $hash->{$n} = $value }
        return;
    }
    if (ref $t eq 'CODE') { eval { $t->($o->{name}, defined $key ? ($key, $value) : $value); 1 } or do { die $@ if $@ =~ /^!FINISH/; warn $@ }; return }
    if (ref $t eq 'ARRAY') { push @$t, $value; return }
    if (ref $t eq 'HASH') { $t->{$key} = $value; return }
    if (defined $how && $how eq 'increment') { ${'$'}$t = defined ${'$'}$t ? ${'$'}$t + 1 : 1; return }
    if ($o->{type} =~ /\@/) { push @{${'$'}$t}, $value; return }
    if ($o->{type} =~ /%/) { ${'$'}$t->{$key} = $value; return }
    ${'$'}$t = $value;
}
1;
` });

defineModule({ name: "IO::Handle", version: "1.48", source: String.raw`package IO::Handle;
use strict;
our $VERSION = '1.48';
sub new { my $class = shift; open my $fh, '<', '/dev/null'; close $fh; return bless $fh, $class }
sub fdopen { my ($self, $fd, $mode) = @_; my %m = (r => '<', w => '>', a => '>>'); open $self, ($m{$mode} || $mode) . '&', ref $fd ? fileno $fd : $fd; $self }
sub new_from_fd { my ($class, $fd, $mode) = @_; my $s = $class->new; $s->fdopen($fd, $mode) }
sub autoflush { my ($self, $on) = @_; my $old = select $self; $| = @_ > 1 ? $on : 1; select $old; 1 }
sub print { my $self = shift; print {$self} @_ }
sub say { my $self = shift; local $\ = "\n"; print {$self} @_ }
sub printf { my $self = shift; my $f = shift; printf {$self} $f, @_ }
sub getline { my $self = shift; return scalar <$self> }
sub getlines { my $self = shift; return <$self> }
sub close { my $self = shift; close $self }
sub opened { my $self = shift; defined fileno $self }
sub fileno { fileno $_[0] }
sub eof { eof $_[0] }
sub getc { getc $_[0] }
sub read { read $_[0], $_[1], $_[2], $_[3] || 0 }
sub write { my ($self, $data, $length, $offset) = @_; $length = length $data unless defined $length; print {$self} substr($data, $offset || 0, $length) }
sub syswrite { my $self = shift; syswrite $self, $_[0] }
sub binmode { my $self = shift; @_ ? binmode $self, $_[0] : binmode $self }
sub flush { my $self = shift; my $old = select $self; my $was = $|; $| = 1; print {$self} ''; $| = $was; select $old; '0 but true' }
sub seek { seek $_[0], $_[1], $_[2] }
sub tell { tell $_[0] }
sub truncate { truncate $_[0], $_[1] }
sub stat { stat $_[0] }
sub input_line_number { $. }
sub blocking { 1 }
sub sync { 1 }
sub error { 0 }
sub clearerr { 0 }
sub untaint { 0 }
sub ungetc { 0 }
1;
` });
defineModule({ name: "IO::Seekable", version: "1.48", source: "package IO::Seekable;\nrequire IO::Handle;\n1;\n" });
defineModule({ name: "IO::File", version: "1.48", source: String.raw`package IO::File;
use strict;
require IO::Handle; require Exporter;
our @ISA = ('IO::Handle', 'Exporter');
our $VERSION = '1.48';
sub new { my ($class, @args) = @_; my $fh = IO::Handle::new($class); if (@args) { $fh->open(@args) or return undef } return $fh }
sub open {
    my ($self, $file, $mode, $perms) = @_;
    if (@_ > 2) {
        if ($mode =~ /^\d+$/) { return sysopen $self, $file, $mode, defined $perms ? $perms : 0666 }
        my %m = (r => '<', 'r+' => '+<', w => '>', 'w+' => '+>', a => '>>', 'a+' => '+>>');
        return open $self, ($m{$mode} || $mode), $file;
    }
    return open $self, $file;
}
sub new_tmpfile { my $class = shift; open my $fh, '+>', undef; bless $fh, $class }
1;
` });
defineModule({ name: "FileHandle", version: "2.03", source: "package FileHandle;\nrequire IO::File;\nour @ISA = ('IO::File');\nsub import {}\n1;\n" });
defineModule({ name: "IO", version: "1.50", source: "package IO;\nrequire IO::Handle; require IO::File;\n1;\n" });
defineModule({ name: "Symbol", version: "1.09", source: String.raw`package Symbol;
require Exporter;
our @ISA = ('Exporter');
our @EXPORT = qw(gensym ungensym qualify qualify_to_ref);
sub gensym { open my $fh, '<', '/dev/null'; close $fh; $fh }
sub qualify { my ($n, $p) = @_; return $n if ref $n || $n =~ /::/; (defined $p ? $p : caller) . "::$n" }
sub qualify_to_ref { no strict 'refs'; return \*{qualify($_[0], @_ > 1 ? $_[1] : scalar caller)} }
1;
` });
defineModule({ name: "SelectSaver", version: "1.02", source: "package SelectSaver;\nsub new { my ($c, $f) = @_; my $old = select $f; bless \\$old, $c }\n1;\n" });

defineModule({ name: "Text::ParseWords", version: "3.31", source: String.raw`package Text::ParseWords;
use strict;
require Exporter;
our @ISA = ('Exporter');
our @EXPORT = qw(shellwords quotewords nested_quotewords parse_line);
sub shellwords { my @l = @_ ? @_ : $_; for (@l) { s/\A\s+//; s/\s+\z// } my @w = quotewords('\s+', 0, @l); return grep { defined && length } @w }
sub quotewords { my ($d, $keep, @lines) = @_; my @all; for my $line (@lines) { my @w = parse_line($d, $keep, $line); return () unless @w || !length $line; push @all, @w } return @all }
sub nested_quotewords { my ($d, $keep, @lines) = @_; map { [quotewords($d, $keep, $_)] } @lines }
sub parse_line {
    my ($delimiter, $keep, $line) = @_;
    my ($word, @pieces);
    no warnings 'uninitialized';
    while (length $line) {
        $line =~ s/^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\\.?)|((?:(?!$delimiter)[^"'\\])+)|($delimiter))//s or return ();
        my ($double, $single, $escaped, $plain, $delim) = ($1, $2, $3, $4, $5);
        if (defined $double) { if ($keep) { $word .= "\"$double\"" } else { $double =~ s/\\(.)/$1/sg; $word .= $double } }
        elsif (defined $single) { if ($keep) { $word .= "'$single'" } else { $word .= $single } }
        elsif (defined $escaped) { $escaped =~ s/^\\(.)/$1/s unless $keep; $word .= $escaped }
        elsif (defined $plain) { $word .= $plain }
        else { push @pieces, $word; push @pieces, $delim if $keep eq 'delimiters'; undef $word; push @pieces, $word unless length $line; next }
        push @pieces, $word unless length $line;
    }
    return @pieces;
}
1;
` });
defineModule({ name: "Text::Tabs", version: "2013.0523", source: String.raw`package Text::Tabs;
require Exporter;
our @ISA = ('Exporter');
our @EXPORT = qw(expand unexpand $tabstop);
our $tabstop = 8;
sub expand { my @l = @_; for (@l) { 1 while s/^([^\t\n]*)(\t+)/$1 . ' ' x (length($2) * $tabstop - length($1) % $tabstop)/me } return wantarray ? @l : $l[0] }
sub unexpand { my @l = @_; return wantarray ? @l : $l[0] }
1;
` });
defineModule({ name: "Text::Wrap", version: "2013.0523", source: String.raw`package Text::Wrap;
require Exporter;
our @ISA = ('Exporter');
our @EXPORT = qw(wrap fill);
our @EXPORT_OK = qw($columns $break $huge $unexpand $tabstop $separator $separator2);
our ($columns, $huge, $unexpand, $tabstop, $separator) = (76, 'wrap', 1, 8, "\n");
sub wrap {
    my ($first, $next, @texts) = @_;
    my $text = join ' ', map { my $t = $_; $t =~ s/\s+\z/ /; $t } @texts;
    my $tail = @texts && $texts[-1] =~ /(\s+)\z/ ? $1 : '';
    my ($out, $lead, $line) = ('', $first, undef);
    for my $word (split ' ', $text) {
        if (!defined $line) { $line = $lead . $word }
        elsif (length("$line $word") < $columns) { $line .= " $word" }
        else { $out .= $line . $separator; $line = $next . $word }
        while (length $line >= $columns && $huge eq 'wrap') { $out .= substr($line, 0, $columns - 1) . $separator; $line = $next . substr($line, $columns - 1) }
    }
    $out .= $line if defined $line;
    return $out . ($tail =~ /\n/ ? "\n" : '');
}
sub fill { my ($ip, $xp, @raw) = @_; join "\n\n", map { my $p = $_; $p =~ s/\s+/ /g; wrap($ip, $xp, $p) } split /\n\s+/, join "\n", @raw }
1;
` });
defineModule({ name: "Text::Abbrev", version: "1.02", source: String.raw`package Text::Abbrev;
require Exporter;
our @ISA = ('Exporter');
our @EXPORT = qw(abbrev);
sub abbrev { my (%t, %seen); for my $w (@_) { for my $n (1 .. length($w) - 1) { my $a = substr $w, 0, $n; $seen{$a}++ ? delete $t{$a} : ($t{$a} = $w) } } $t{$_} = $_ for @_; wantarray ? %t : \%t }
1;
` });
defineModule({ name: "Term::ANSIColor", version: "5.01", source: String.raw`package Term::ANSIColor;
use strict;
require Exporter;
our @ISA = ('Exporter');
our @EXPORT = qw(color colored);
our @EXPORT_OK = qw(uncolor colorstrip colorvalid);
our (%EXPORT_TAGS, %code, $AUTORESET);
%code = (clear => 0, reset => 0, bold => 1, dark => 2, faint => 2, italic => 3, underline => 4, underscore => 4, blink => 5, reverse => 7, concealed => 8);
{ my $i = 0; for (qw(black red green yellow blue magenta cyan white)) { $code{$_} = 30 + $i; $code{"on_$_"} = 40 + $i; $code{"bright_$_"} = 90 + $i; $code{"on_bright_$_"} = 100 + $i; $i++ } }
my @constants;
for my $name (keys %code) { no strict 'refs'; my $n = uc $name; push @constants, $n; my $c = $code{$name}; *{$n} = sub { "\e[${'$'}{c}m" . join('', @_) . ($AUTORESET && @_ ? "\e[0m" : '') } }
%EXPORT_TAGS = (constants => [@constants]);
push @EXPORT_OK, @constants;
sub color { my @c = map { split } @_; @c = map { split /,/ } @c; my @n; for (@c) { exists $code{lc $_} or do { require Carp; Carp::croak("Invalid attribute name $_") }; push @n, $code{lc $_} } return "\e[" . join(';', @n) . 'm' }
sub colored { my ($first, @rest) = @_; my ($string, @c) = ref $first ? (join('', @rest), @$first) : ($first, @rest); return color(@c) . $string . "\e[0m" }
sub colorstrip { my @s = @_; s/\e\[[\d;]*m//g for @s; wantarray ? @s : join '', @s }
sub colorvalid { for (map { split } @_) { return 0 unless exists $code{lc $_} } 1 }
1;
` });
defineModule({ name: "Test::More", version: "1.302190", source: String.raw`package Test::More;
use strict;
our @EXPORT = qw(ok is isnt like unlike is_deeply cmp_ok pass fail diag note plan done_testing use_ok require_ok can_ok isa_ok new_ok subtest skip BAIL_OUT explain);
our ($count, $failed, $planned, $done, $indent) = (0, 0, undef, 0, '');
sub import { my ($class, @args) = @_; my $pkg = caller; no strict 'refs'; *{"${'$'}{pkg}::$_"} = \&{$_} for @EXPORT; *{"${'$'}{pkg}::TODO"} = \my $todo; plan(@args) if @args }
sub plan { my ($what, $n) = @_; if ($what eq 'tests') { $planned = $n; print "$indent" . "1..$n\n" } elsif ($what eq 'skip_all') { print "1..0 # SKIP $n\n"; exit 0 } }
sub _where { my $i = 0; my @c; do { @c = caller($i++) } while $c[0] eq 'Test::More'; return @c }
sub ok ($;$) {
    my ($ok, $name) = @_;
    $count++;
    print $indent, ($ok ? '' : 'not '), "ok $count", (defined $name && length $name ? " - $name" : ''), "\n";
    unless ($ok) { $failed++; my @c = _where(); diag(defined $name && length $name ? "  Failed test '$name'\n  at $c[1] line $c[2]." : "  Failed test at $c[1] line $c[2].") }
    return $ok ? 1 : 0;
}
sub _show { defined $_[0] ? "'$_[0]'" : 'undef' }
sub is ($$;$) { my ($got, $want, $name) = @_; my $ok = !defined $got && !defined $want || defined $got && defined $want && $got eq $want; ok($ok, $name) or diag("         got: " . _show($got) . "\n    expected: " . _show($want)); return $ok }
sub isnt ($$;$) { my ($got, $want, $name) = @_; my $ok = !(!defined $got && !defined $want || defined $got && defined $want && $got eq $want); ok($ok, $name) or diag("         got: " . _show($got) . "\n    expected: anything else"); return $ok }
sub like ($$;$) { my ($got, $re, $name) = @_; my $ok = defined $got && $got =~ $re; ok($ok, $name) or diag("                  " . _show($got) . "\n    doesn't match '$re'"); return $ok }
sub unlike ($$;$) { my ($got, $re, $name) = @_; my $ok = !defined $got || $got !~ $re; ok($ok, $name) or diag("                  " . _show($got) . "\n          matches '$re'"); return $ok }
sub cmp_ok ($$$;$) { my ($a, $op, $b, $name) = @_; my $ok = eval "\$a $op \$b"; ok($ok, $name) or diag("    " . _show($a) . "\n        $op\n    " . _show($b)); return $ok }
sub pass (;$) { ok(1, $_[0]) } sub fail (;$) { ok(0, $_[0]) }
sub diag { my $m = join '', map { defined $_ ? $_ : 'undef' } @_; $m =~ s/^/$indent# /mg; print STDERR "$m\n"; return '' }
sub note { my $m = join '', @_; $m =~ s/^/$indent# /mg; print "$m\n"; return '' }
sub explain { require Data::Dumper; map { ref $_ ? do { local $Data::Dumper::Indent = 1; local $Data::Dumper::Sortkeys = 1; local $Data::Dumper::Terse = 1; Data::Dumper::Dumper($_) } : $_ } @_ }
sub _deep {
    my ($a, $b) = @_;
    return !defined $a && !defined $b unless defined $a && defined $b;
    return 0 if ref $a ne ref $b;
    if (UNIVERSAL::isa($a, 'ARRAY')) { return 0 unless @$a == @$b; for (0 .. $#$a) { return 0 unless _deep($a->[$_], $b->[$_]) } return 1 }
    if (UNIVERSAL::isa($a, 'HASH')) { return 0 unless keys %$a == keys %$b; for (keys %$a) { return 0 unless exists $b->{$_} && _deep($a->{$_}, $b->{$_}) } return 1 }
    if (UNIVERSAL::isa($a, 'SCALAR') || UNIVERSAL::isa($a, 'REF')) { return _deep(${'$'}$a, ${'$'}$b) }
    return $a eq $b;
}
sub is_deeply { my ($got, $want, $name) = @_; my $ok = _deep($got, $want); ok($ok, $name) or diag("    Structures begin differing"); return $ok }
sub use_ok ($;@) { my ($m) = @_; my $ok = eval "require $m; 1"; ok($ok, "use $m;") } sub require_ok ($) { my ($m) = @_; ok(eval "require $m; 1", "require $m;") }
sub can_ok ($@) { my ($o, @m) = @_; my $c = ref $o || $o; my $ok = !grep { !$o->can($_) } @m; ok($ok, @m == 1 ? "$c->can('$m[0]')" : "$c->can(...)") }
sub isa_ok ($;$$) { my ($o, $c, $n) = @_; my $ok = ref $o ? UNIVERSAL::isa($o, $c) : $o->isa($c); $n = ref $o ? "An object of class '" . ref($o) . "'" : "The class (or class-like) '$o'" unless defined $n; ok($ok, "$n isa '$c'") }
sub new_ok { my ($c, $a) = @_; my $o = $c->new(@{$a || []}); isa_ok($o, $c); $o }
sub skip { my ($why, $n) = @_; for (1 .. $n || 1) { $count++; print "ok $count # skip $why\n" } no warnings; last SKIP }
sub subtest { my ($name, $code) = @_; my ($c, $f, $p, $d) = ($count, $failed, $planned, $done); my $ok; print "$indent# Subtest: $name\n"; { local $indent = "$indent    "; ($count, $failed, $planned, $done) = (0, 0, undef, 0); $code->(); done_testing() unless $done || defined $planned; $ok = !$failed } ($count, $failed, $planned, $done) = ($c, $f, $p, $d); ok($ok, $name) }
sub BAIL_OUT { print "Bail out!  $_[0]\n"; exit 255 }
sub done_testing { return if $done; $done = 1; print "$indent" . "1..$count\n" unless defined $planned; }
END {
    if ($count || defined $planned) {
        if ($failed) { my $t = defined $planned ? $planned : $count; diag("Looks like you failed $failed test" . ($failed == 1 ? '' : 's') . " of $t.") ; $? = $failed > 254 ? 254 : $failed unless $? }
        if (defined $planned && $planned != $count) { diag("Looks like you planned $planned test" . ($planned == 1 ? '' : 's') . " but ran $count."); $? ||= 255 }
        elsif (!defined $planned && !$done) { diag("Tests were run but no plan was declared and done_testing() was not seen."); $? ||= 254 }
    }
}
1;
` });
defineModule({ name: "Test::Simple", version: "1.302190", source: "package Test::Simple;\nrequire Test::More;\nsub import { my ($c, @a) = @_; my $p = caller; no strict 'refs'; *{\"${p}::ok\"} = \\&Test::More::ok; Test::More::plan(@a) if @a }\n1;\n" });
defineModule({ name: "Hash::Util", version: "0.28", source: `package Hash::Util;
require Exporter;
our @ISA = ('Exporter');
our @EXPORT_OK = qw(lock_keys unlock_keys lock_hash unlock_hash lock_value unlock_value hash_locked legal_keys);
sub lock_hash { lock_keys(@_) } sub unlock_hash { unlock_keys(@_) }
1;
`, install: (vm) => {
  for (const [name, locked] of [["lock_keys", true], ["unlock_keys", false]] as const) {
    defineSub(vm, `Hash::Util::${name}`, (_inner, args) => {
      const hash = args[0]?.v;
      if (hash instanceof PerlHash) hash.locked = locked;
      return [hash];
    });
  }
} });
defineModule({ name: "Benchmark", version: "1.23", source: "package Benchmark;\nrequire Exporter; our @ISA = ('Exporter'); our @EXPORT = qw(timeit timethis timethese timediff timestr);\nsub new { bless [time, times], shift }\nsub timediff { bless [map { $_[0][$_] - $_[1][$_] } 0 .. 4], 'Benchmark' }\nsub timestr { sprintf '%2d wallclock secs (%5.2f usr + %5.2f sys = %5.2f CPU)', $_[0][0], $_[0][1], $_[0][2], $_[0][1] + $_[0][2] }\n1;\n" });
defineModule({ name: "Env", version: "1.05", source: "package Env;\nsub import { my ($c, @v) = @_; my $p = caller; no strict 'refs'; for (@v) { s/^\\$//; *{\"${p}::$_\"} = \\$ENV{$_} } }\n1;\n" });
defineModule({ name: "English", version: "1.11", source: String.raw`package English;
sub import {
    my $p = caller; no strict 'refs';
    my %s = (ARG => '_', OS_ERROR => '!', ERRNO => '!', EVAL_ERROR => '@', PROCESS_ID => '$', PID => '$', PROGRAM_NAME => '0', INPUT_RECORD_SEPARATOR => '/', RS => '/', OUTPUT_FIELD_SEPARATOR => ',', OFS => ',', OUTPUT_RECORD_SEPARATOR => '\\', ORS => '\\', LIST_SEPARATOR => '"', INPUT_LINE_NUMBER => '.', NR => '.', CHILD_ERROR => '?', OUTPUT_AUTOFLUSH => '|', MATCH => '&', PREMATCH => chr(96), POSTMATCH => "'", BASETIME => "^T", OSNAME => "^O", EXECUTABLE_NAME => "^X", REAL_USER_ID => '<', UID => '<', EFFECTIVE_USER_ID => '>', EUID => '>', PERL_VERSION => "^V", WARNING => "^W");
    *{"${'$'}{p}::$_"} = \${'$'}{"main::$s{$_}"} for keys %s;
}
1;
` });
