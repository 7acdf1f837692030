//! Which addresses may be asked; pure.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A host that the operator lets people name although it is not of the public internet, on one port or on all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Allowed {
    host: String,
    port: Option<u16>,
}

impl Allowed {
    /// `cal.intranet.example`, `192.0.2.7:8443` or `[2001:db8::7]:8443`.
    pub(super) fn parse(text: &str) -> Self {
        let bare = |host: &str| host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        match text.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?))) {
            Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
                Self { host: bare(host), port: Some(port) }
            }
            _ => Self { host: bare(text), port: None },
        }
    }

    pub(super) fn means(&self, host: &str, port: u16) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
        self.host.eq_ignore_ascii_case(host) && self.port.is_none_or(|own| own == port)
    }
}

/// Whether an address is of the public internet: the registries of special addresses (RFC 6890 and IANA's lists) are not, nor is
/// what carries such an IPv4 address inside.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(a == 0
        || a == 10
        || a == 127
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, ..] = address.segments();
    let [.., high, low] = address.segments();
    let inside = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match (a, b) {
        // NAT64 with its well-known prefix (RFC 6052).
        (0x64, 0xff9b) => address.segments()[2..6] == [0; 4] && is_public_v4(inside(high, low)),
        // 6to4 (RFC 3056).
        (0x2002, _) => is_public_v4(inside(b, c)),
        // Protocol assignments, Teredo among them; documentation.
        (0x2001, 0..0x200 | 0xdb8) | (0x3fff, _) => false,
        // What has been given to anybody is global unicast (RFC 4291, section 2.4).
        _ => (a & 0xe000) == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_is_public() {
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:a00:1::1",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "100.63.0.1",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "193.0.0.1",
            "223.255.0.1",
            "::ffff:1.1.1.1",
            "64:ff9b::1.1.1.1",
            "2001:4860::1",
            "2002:101:101::1",
            "2606:4700::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn an_allowed_host_is_allowed_on_its_port_alone() {
        let one = Allowed::parse("Cal.Intranet.example:8443");
        assert!(one.means("cal.intranet.example", 8443) && one.means("cal.intranet.example.", 8443));
        assert!(!one.means("cal.intranet.example", 443) && !one.means("intranet.example", 8443));
        assert!(Allowed::parse("10.0.0.7").means("10.0.0.7", 80));
        for text in ["[::1]:80", "[::1]", "::1"] {
            assert!(Allowed::parse(text).means("[::1]", 80), "{text}");
        }
        assert!(!Allowed::parse("[::1]:80").means("[::1]", 81));
    }
}
