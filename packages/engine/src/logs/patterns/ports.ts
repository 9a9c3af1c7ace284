/** What bind and listen fail with: in use, not permitted. */
import type { Pattern } from "./pattern";

const at = String.raw`(?P<address>[\w.:*\[\]-]*:\d{1,5})`;
export const ports: Pattern[] = [
  {
    id: "address-in-use",
    cause: "app/port-in-use",
    literals: ["address already in use", "eaddrinuse", "address in use", "addressinuse", "already in use", "os error 98"],
    pattern: String.raw`(?i)(?:(?:listen|bind)[^\n]*?(?:tcp|udp)?[46]? ?(?:to )?(?:https?://)?${at}[^\n]*?|EADDRINUSE:? (?:address already in use )?(?P<address2>[\w.:*\[\]-]*:\d{1,5})|address already in use[^\n]{0,10}?(?:\(|: ?)?(?:https?://)?(?P<address3>[\w.*\[\]:-]*:\d{1,5})|\('(?P<host>[\d.:]+)', (?P<port>\d{1,5})\)[^\n]*|port:? (?P<port2>\d{1,5})\b[^\n]*|(?P<address4>[\w.*\[\]:-]+:\d{1,5})[^\n]*)?(?:address already in use|EADDRINUSE|address in use|AddressInUse|port[^\n]{0,20} (?:is |was )?already in use|\(os error 98\))(?:(?:: address already in use)?:? \(?(?P<address5>[\w.*\[\]:-]*:\d{1,5}))?`,
    confidence: "certain",
    positive: "Error: listen EADDRINUSE: address already in use :::3017",
    negative: "email already in use",
  },
  {
    id: "port-in-use-words",
    cause: "app/port-in-use",
    literals: [
      "already in use",
      "port is already allocated",
      "already bound",
      "connection in use",
      "unable to bind",
      "failed to bind",
      "cannot bind",
      "could not bind",
    ],
    pattern: String.raw`(?i)port (?P<port>\d{1,5}) (?:is |was )?already (?:in use|bound|allocated)|connection in use: \('(?P<host>[^']+)', (?P<port2>\d+)\)|(?:address|port)[^\n]{0,40}?(?P<port3>\d{2,5})?[^\n]{0,20}already (?:in use|bound)`,
    confidence: "certain",
    positive: "Web server failed to start. Port 8080 was already in use.",
    negative: "the name is already in use",
  },
  {
    id: "bind-permission",
    cause: "app/port-privileged",
    literals: ["permission denied", "eacces"],
    pattern: String.raw`(?i)bind on address \('(?P<host>[\d.:]+)', (?P<port2>\d{1,5})\)[^\n]*permission denied|(?:listen|bind|socket)[^\n]*?(?:(?P<address>[\w.:*\[\]-]*:\d{1,5})|port (?P<port>\d{1,5}))[^\n]*?(?:permission denied|EACCES)|listen EACCES:? (?:permission denied )?(?P<address2>[\w.:*\[\]-]*:?\d{1,5})|could not bind to (?:address )?(?P<address3>[\w.:*\[\]-]*:\d{1,5})[^\n]*permission denied|(?:permission denied|EACCES)[^\n]*?(?:bind|listen|address) ?\(?(?P<address4>[\w.:*\[\]-]*:\d{1,5})|(?:permission denied|EACCES)[^\n]*?\b(?:binding|listening)(?: to| on)? (?P<address5>[\w.:*\[\]-]*:\d{1,5})`,
    confidence: "certain",
    positive: "listen tcp :80: bind: permission denied",
    negative: "open /data/x: permission denied",
  },
  {
    id: "bind-permission-frames",
    cause: "app/port-privileged",
    literals: ["socketexception (13)", "failed to bind", "unable to start kestrel", "socketexception: permission denied", "bindexception: permission denied"],
    pattern: String.raw`SocketException \(13\)|(?:Socket|Bind)Exception: Permission denied`,
    confidence: "certain",
    positive: "System.Net.Sockets.SocketException (13): Permission denied",
    negative: "failed to bind the book",
  },
  {
    id: "cannot-assign-address",
    cause: "config/setting-invalid",
    literals: ["cannot assign requested address", "eaddrnotavail", "can't assign requested address"],
    pattern: String.raw`(?i)(?:(?:listen|bind)[^\n]*?(?P<address>[\w.:\[\]-]*:\d{1,5})[^\n]*?)?(?:cannot assign requested address\b|EADDRNOTAVAIL(?:: address not available (?P<address2>[\w.:\[\]-]+:\d+))?)`,
    confidence: "likely",
    details: { reason: "the address to listen on is not the pod's" },
    positive: "listen tcp 192.168.4.9:8080: bind: cannot assign requested address",
    negative: "cannot assign requested addressee",
  },
];
