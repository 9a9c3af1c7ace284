/** FNV-1a with 32 bits, from two offsets: a short stable name for an incident; not for security. Source: draft-eastlake-fnv. */
function fnv(text: string, offset: number): string {
  let hash = offset;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** 16 hexadecimal digits. */
export function stableHash(text: string): string {
  return fnv(text, 0x811c9dc5) + fnv(text, 0x2f0b4a27);
}
