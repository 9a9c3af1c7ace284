/** Addresses of the machine itself: none to announce, and a call to a loopback that the pod has not. */
import type { Pattern } from "./pattern";
import { address } from "./pieces";

export const localAddresses: Pattern[] = [
  {
    // A client, not a listener: the kernel has no source address for `[::1]` where IPv6 is off, and nothing would listen there anyway.
    id: "connect-without-address",
    cause: "dependency/refused",
    literals: ["cannot assign requested address", "address not available", "eaddrnotavail"],
    pattern: String.raw`(?i)(?:dial \w+ |connect(?:ing|ion)?(?: to)? |connect EADDRNOTAVAIL ?)${address}[^\n]*(?:cannot assign requested address|address not available|EADDRNOTAVAIL| - Local)|ExtendedSocketException \(99\): \w[\w ]*? (?P<address2>[\w.:\[\]]+:\d{1,5})`,
    confidence: "certain",
    positive: "dial tcp [::1]:5432: connect: cannot assign requested address",
    negative: "listen tcp 10.0.0.9:80: bind: cannot assign requested address",
  },
  {
    id: "npgsql-failed-to-connect",
    cause: "dependency/refused",
    literals: ["failed to connect to "],
    pattern: String.raw`NpgsqlException(?: \(0x\w+\))?: Failed to connect to ${address}`,
    confidence: "likely",
    symptom: true,
    details: { protocol: "postgresql" },
    positive: "Npgsql.NpgsqlException (0x80004005): Failed to connect to 10.0.3.7:5432",
    negative: "failed to connect to the office",
  },
  {
    id: "no-address-to-advertise",
    cause: "config/setting-missing",
    literals: ["no private ip address found", "advertise address"],
    pattern: String.raw`Failed to get final advertise address: No private IP address found, and explicit IP not provided`,
    confidence: "certain",
    details: { setting: "advertise address" },
    positive: "create memberlist: Failed to get final advertise address: No private IP address found, and explicit IP not provided",
    negative: "advertise address 10.0.0.4",
  },
];
