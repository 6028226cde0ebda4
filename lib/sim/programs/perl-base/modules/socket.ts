// Socket, IO::Socket, IO::Socket::INET, IO::Socket::UNIX, IO::Select.

import { hostAddress, packAddress, unpackAddress } from "../builtins/sockets.ts";
import { int, text } from "../values/convert.ts";
import type { Value } from "../values/value.ts";
import { declareExports } from "./exporter.ts";
import { defineConstant, defineModule, defineSub } from "./registry.ts";

const CONSTANTS: readonly (readonly [string, Value])[] = [
  ["AF_UNIX", 1], ["AF_INET", 2], ["AF_INET6", 10], ["PF_UNIX", 1], ["PF_INET", 2], ["PF_INET6", 10], ["SOCK_STREAM", 1], ["SOCK_DGRAM", 2], ["SOCK_RAW", 3], ["SOL_SOCKET", 1], ["SO_REUSEADDR", 2], ["SO_KEEPALIVE", 9], ["SO_BROADCAST", 6], ["SO_RCVTIMEO", 20], ["SO_SNDTIMEO", 21], ["SO_ERROR", 4], ["SOMAXCONN", 4096],
  ["IPPROTO_TCP", 6], ["IPPROTO_UDP", 17], ["TCP_NODELAY", 1], ["MSG_PEEK", 2], ["SHUT_RD", 0], ["SHUT_WR", 1], ["SHUT_RDWR", 2], ["INADDR_ANY", "\0\0\0\0"], ["INADDR_LOOPBACK", "\x7f\0\0\x01"], ["INADDR_BROADCAST", "\xff\xff\xff\xff"], ["CRLF", "\r\n"],
];

defineModule({ name: "Socket", version: "2.033", install: (vm) => {
  for (const [name, value] of CONSTANTS) defineConstant(vm, `Socket::${name}`, value);
  const dotted = (packed: string): string => Array.from(packed, (c) => c.charCodeAt(0)).join(".");
  defineSub(vm, "Socket::inet_aton", function* (inner, args) {
    return [yield* hostAddress(inner, text(args[0]?.v))];
  });
  defineSub(vm, "Socket::inet_ntoa", (_inner, args) => [dotted(text(args[0]?.v))]);
  defineSub(vm, "Socket::inet_pton", function* (inner, args) {
    return [yield* hostAddress(inner, text(args[1]?.v))];
  });
  defineSub(vm, "Socket::inet_ntop", (_inner, args) => [dotted(text(args[1]?.v))]);
  const pack = (port: Value, address: Value): string => packAddress({ family: "inet", port: int(port), address: dotted(text(address)) });
  const unpack = (packed: Value): Value[] => {
    const address = unpackAddress(text(packed));
    return address.family === "inet" ? [address.port, address.address.split(".").map((part) => String.fromCharCode(Number(part))).join("")] : [];
  };
  defineSub(vm, "Socket::pack_sockaddr_in", (_inner, args) => [pack(args[0]?.v, args[1]?.v)]);
  defineSub(vm, "Socket::unpack_sockaddr_in", (_inner, args) => unpack(args[0]?.v));
  defineSub(vm, "Socket::sockaddr_in", (_inner, args) => (args.length > 1 ? [pack(args[0]?.v, args[1]?.v)] : unpack(args[0]?.v)));
  defineSub(vm, "Socket::pack_sockaddr_un", (_inner, args) => [packAddress({ family: "unix", path: text(args[0]?.v) })]);
  defineSub(vm, "Socket::sockaddr_un", (_inner, args) => [packAddress({ family: "unix", path: text(args[0]?.v) })]);
  defineSub(vm, "Socket::sockaddr_family", (_inner, args) => [text(args[0]?.v).charCodeAt(0)]);
  const subs = ["inet_aton", "inet_ntoa", "inet_pton", "inet_ntop", "pack_sockaddr_in", "unpack_sockaddr_in", "sockaddr_in", "pack_sockaddr_un", "sockaddr_un", "sockaddr_family"];
  declareExports(vm, "Socket", [...subs, ...CONSTANTS.map(([name]) => name).filter((name) => !/^(?:IPPROTO|TCP_|CRLF)/.test(name))], CONSTANTS.map(([name]) => name));
} });

defineModule({ name: "IO::Socket", version: "1.49", source: `package IO::Socket;
use strict;
require IO::Handle; require Exporter; use Socket;
our @ISA = ('IO::Handle');
our $VERSION = '1.49';
our $errstr = '';
sub new { my ($class, %a) = @_; my $domain = delete $a{Domain}; if (defined $domain && $domain == AF_UNIX) { require IO::Socket::UNIX; return IO::Socket::UNIX->new(%a) } require IO::Socket::INET; return IO::Socket::INET->new(%a) }
sub accept { my ($self) = @_; my $class = ref $self; my $new = IO::Handle::new($class); my $peer = accept($new, $self) or return; $new->autoflush(1); return wantarray ? ($new, $peer) : $new }
sub connected { my $self = shift; defined getpeername($self) && length getpeername($self) ? 1 : undef }
sub send { my ($self, $data, $flags, $to) = @_; return defined $to ? send($self, $data, $flags || 0, $to) : send($self, $data, $flags || 0) }
sub recv { recv($_[0], $_[1], $_[2], $_[3] || 0) }
sub shutdown { shutdown($_[0], $_[1]) }
sub timeout { undef } sub sockopt { 1 } sub setsockopt { 1 } sub blocking { 1 }
sub atmark { 0 }
1;
` });

defineModule({ name: "IO::Socket::INET", version: "1.49", source: String.raw`package IO::Socket::INET;
use strict;
require IO::Socket; use Socket;
our @ISA = ('IO::Socket');
our $VERSION = '1.49';
my %services = (http => 80, https => 443, ssh => 22, smtp => 25, domain => 53, ftp => 21, telnet => 23, pop3 => 110, imap => 143);
sub _fail { my ($m) = @_; $@ = $m; return undef }
sub _port { my $p = shift; return 0 unless defined $p; return $1 if $p =~ /^(\d+)/; $p =~ s/\((\d+)\)$// and return $1; return exists $services{$p} ? $services{$p} : undef }
sub new {
    my ($class, @args) = @_;
    my %a = @args == 1 ? (PeerAddr => $args[0]) : @args;
    my $self = IO::Handle::new($class);
    my $proto = lc(defined $a{Proto} ? $a{Proto} : 'tcp');
    my $type = defined $a{Type} ? $a{Type} : $proto eq 'udp' ? SOCK_DGRAM : SOCK_STREAM;
    my $peer = defined $a{PeerAddr} ? $a{PeerAddr} : $a{PeerHost};
    my ($peer_port, $local_port) = ($a{PeerPort}, $a{LocalPort});
    if (defined $peer && $peer =~ s/:([\w()]+)\z//) { $peer_port = $1 }
    my $local = defined $a{LocalAddr} ? $a{LocalAddr} : $a{LocalHost};
    if (defined $local && $local =~ s/:([\w()]+)\z//) { $local_port = $1 }
    socket($self, AF_INET, $type, 0) or return _fail("IO::Socket::INET: $!");
    if (defined $local_port || defined $local || $a{Listen}) {
        my $addr = defined $local ? inet_aton($local) : INADDR_ANY;
        return _fail("IO::Socket::INET: Bad hostname '$local'") unless defined $addr;
        bind($self, pack_sockaddr_in(_port($local_port), $addr)) or return _fail("IO::Socket::INET: $!");
    }
    if ($a{Listen}) { listen($self, $a{Listen}) or return _fail("IO::Socket::INET: $!") }
    elsif (defined $peer) {
        my $addr = inet_aton($peer);
        return _fail("IO::Socket::INET: Bad hostname '$peer'") unless defined $addr;
        connect($self, pack_sockaddr_in(_port($peer_port), $addr)) or return _fail("IO::Socket::INET: connect: $!");
    }
    $self->autoflush(1);
    return $self;
}
sub sockport { (unpack_sockaddr_in(getsockname($_[0])))[0] }
sub peerport { (unpack_sockaddr_in(getpeername($_[0])))[0] }
sub sockaddr { (unpack_sockaddr_in(getsockname($_[0])))[1] }
sub peeraddr { (unpack_sockaddr_in(getpeername($_[0])))[1] }
sub sockhost { inet_ntoa($_[0]->sockaddr) }
sub peerhost { inet_ntoa($_[0]->peeraddr) }
1;
` });

defineModule({ name: "IO::Socket::UNIX", version: "1.49", source: `package IO::Socket::UNIX;
use strict;
require IO::Socket; use Socket;
our @ISA = ('IO::Socket');
sub new {
    my ($class, @args) = @_;
    my %a = @args == 1 ? (Peer => $args[0]) : @args;
    my $self = IO::Handle::new($class);
    socket($self, AF_UNIX, defined $a{Type} ? $a{Type} : SOCK_STREAM, 0) or return undef;
    if (defined $a{Local}) { bind($self, pack_sockaddr_un($a{Local})) or do { $@ = "IO::Socket::UNIX: $!"; return undef }; listen($self, $a{Listen} || 5) if $a{Listen} }
    elsif (defined $a{Peer}) { connect($self, pack_sockaddr_un($a{Peer})) or do { $@ = "IO::Socket::UNIX: $!"; return undef } }
    $self->autoflush(1);
    return $self;
}
1;
` });
