/** Chats and trackers drop leading blanks: the words of describe tell which line belongs to which. */

const containerLists = new Set(["Containers", "Init Containers", "Ephemeral Containers"]);
/** What ends a list of containers or volumes. */
const afterLists = new Set([
  ...containerLists,
  "Conditions",
  "Volumes",
  "QoS Class",
  "Node-Selectors",
  "Tolerations",
  "Topology Spread Constraints",
  "Readiness Gates",
  "Events",
  "Pod Template",
]);
const ofContainer = new Set([
  "Container ID",
  "Image",
  "Image ID",
  "Port",
  "Ports",
  "Host Port",
  "Host Ports",
  "SeccompProfile",
  "LocalhostProfile",
  "Command",
  "Args",
  "State",
  "Last State",
  "Ready",
  "Restart Count",
  "Limits",
  "Requests",
  "Liveness",
  "Readiness",
  "Startup",
  "Environment Variables from",
  "Environment",
  "Mounts",
  "Devices",
]);
/** Keys at the left edge whose lines below have none of their own there. */
const blocks = new Set([
  "Labels",
  "Annotations",
  "Selector",
  "Conditions",
  "Tolerations",
  "Node-Selectors",
  "Addresses",
  "Capacity",
  "Allocatable",
  "System Info",
  "Lease",
  "Taints",
  "IPs",
  "Subsets",
  "Source",
  "Allocated resources",
  "Non-terminated Pods",
]);

function keyOf(line: string): { key: string; isBare: boolean } | null {
  const match = /^([A-Za-z][\w ./-]{0,80}?):(?:\s+(.*))?$/.exec(line);
  return match ? { key: match[1]!, isBare: !match[2] } : null;
}

/** Whether describe output lost its indentation: blocks have their content at the left edge. */
export function lostIndentation(lines: string[]): boolean {
  const filled = lines.filter((line) => line.trim());
  return filled.length > 5 && filled.every((line) => !/^\s/.test(line));
}

/** The same lines with the indentation that describe gives them. */
export function reindent(lines: string[]): string[] {
  let section = "";
  let isNamed = false;
  return lines.map((line) => {
    const found = keyOf(line);
    const inList = containerLists.has(section) || section === "Volumes";
    if (found && (inList ? afterLists.has(found.key) : afterLists.has(found.key) || (blocks.has(found.key) && !blocks.has(section)))) {
      section = found.key;
      isNamed = false;
      return line;
    }
    if (inList) {
      const known = section === "Volumes" ? found !== null && !found.isBare : found !== null && ofContainer.has(found.key);
      if (found?.isBare && !known && (section === "Volumes" || !isNamed || /^[a-z0-9-]+$/.test(found.key))) {
        isNamed = true;
        return `  ${line}`;
      }
      return known ? `    ${line}` : `      ${line}`;
    }
    if (!blocks.has(section)) return line;
    // A key that describe writes at the left edge ends a block; conditions, quantities and labels are written otherwise.
    if (
      found &&
      /^[A-Z]/.test(found.key) &&
      (section === "IPs" ? found.key !== "IP" : !["Addresses", "System Info", "Lease", "Subsets", "Source"].includes(section))
    ) {
      section = blocks.has(found.key) ? found.key : "";
      return line;
    }
    return `  ${line}`;
  });
}
