import type { DebianPackage } from "../kit/package.ts";

/** Section and setting names of the real file; comments in our own words. */
const configuration = `# Settings of the openssl commands (config(5)).

HOME = .

openssl_conf = openssl_init
config_diagnostics = 1

[openssl_init]
# providers = provider_sect
ssl_conf = ssl_sect

[ssl_sect]
system_default = system_default_sect

[system_default_sect]
MinProtocol = TLSv1.2
# CipherString = DEFAULT@SECLEVEL=2

[ ca ]
default_ca = CA_default

[ CA_default ]
dir = ./demoCA
certs = $dir/certs
database = $dir/index.txt
new_certs_dir = $dir/newcerts
certificate = $dir/cacert.pem
serial = $dir/serial
private_key = $dir/private/cakey.pem
x509_extensions = usr_cert
default_days = 365
default_md = default
policy = policy_match

[ policy_match ]
countryName = match
stateOrProvinceName = match
organizationName = match
organizationalUnitName = optional
commonName = supplied
emailAddress = optional

[ req ]
default_bits = 2048
default_keyfile = privkey.pem
distinguished_name = req_distinguished_name
attributes = req_attributes
# what a self-signed certificate gets
x509_extensions = v3_ca
string_mask = utf8only
# req_extensions = v3_req

[ req_distinguished_name ]
countryName = Country Name (2 letter code)
countryName_default = AU
countryName_min = 2
countryName_max = 2
stateOrProvinceName = State or Province Name (full name)
stateOrProvinceName_default = Some-State
localityName = Locality Name (eg, city)
0.organizationName = Organization Name (eg, company)
0.organizationName_default = Internet Widgits Pty Ltd
organizationalUnitName = Organizational Unit Name (eg, section)
commonName = Common Name (e.g. server FQDN or YOUR name)
commonName_max = 64
emailAddress = Email Address
emailAddress_max = 64

[ req_attributes ]
challengePassword = A challenge password
challengePassword_min = 4
challengePassword_max = 20
unstructuredName = An optional company name

[ usr_cert ]
basicConstraints=CA:FALSE
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid,issuer

[ v3_req ]
basicConstraints = CA:FALSE
keyUsage = nonRepudiation, digitalSignature, keyEncipherment

[ v3_ca ]
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid:always,issuer
basicConstraints = critical,CA:true
`;

const openssl: DebianPackage = {
  name: "openssl",
  summary: "keys, certificates, digests and ciphers on the command line",
  files: [
    { path: "/etc/ssl", directory: true }, { path: "/etc/ssl/certs", directory: true }, { path: "/etc/ssl/private", directory: true, mode: 0o700 },
    { path: "/etc/ssl/openssl.cnf", text: configuration, conffile: true },
    { path: "/usr/lib/ssl", directory: true }, { path: "/usr/lib/ssl/certs", symlink: "/etc/ssl/certs" }, { path: "/usr/lib/ssl/private", symlink: "/etc/ssl/private" }, { path: "/usr/lib/ssl/openssl.cnf", symlink: "/etc/ssl/openssl.cnf" }, { path: "/usr/lib/ssl/misc", directory: true },
  ],
};

export default openssl;
