/** FNV-1a, 64 bits: a short stable name for an incident; not for security. Source: draft-eastlake-fnv. */
export function stableHash(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const char of text) hash = ((hash ^ BigInt(char.codePointAt(0)!)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, "0");
}
