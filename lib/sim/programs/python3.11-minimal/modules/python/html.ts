// html, in Python.

import { registerModule } from "../registry.ts";

registerModule("html", { isPackage: true, source: String.raw`
def escape(s, quote=True):
    s = s.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')
    if quote:
        s = s.replace('"', '&quot;').replace("'", '&#x27;')
    return s
def unescape(s):
    import re
    names = {'amp': '&', 'lt': '<', 'gt': '>', 'quot': '"', 'apos': "'", 'nbsp': '\xa0', 'copy': '\xa9', 'eacute': '\xe9', 'euro': '\u20ac'}
    def one(m):
        body = m.group(1)
        if body.startswith('#'):
            return chr(int(body[2:], 16) if body[1:2] in 'xX' else int(body[1:]))
        return names.get(body, m.group())
    return re.sub(r'&(#[0-9]+|#[xX][0-9a-fA-F]+|\w+);', one, s)
` });
