/** Exit codes in words. Meanings: POSIX shells (126, 127, 128+N), runc and containerd (128, 255), the kubelet (137 that it makes up). */

const named: Record<number, string> = {
  0: "The process ended by itself and called it a success. With restartPolicy Always it is started again all the same: what runs is not a server, or was told to stop.",
  1: "The application gave up: an error of its own. The reason stands in the log of that run.",
  2: "Misuse: a Go panic, a shell builtin or a program that rejects its arguments ends so.",
  3: "Chosen by the program. A JVM with ExitOnOutOfMemoryError ends so when its heap is full; that is not the container's memory limit.",
  64: "Usage error by the convention of sysexits.h: the command line is wrong.",
  78: "Configuration error by the convention of sysexits.h.",
  126: "A shell in the container found the command and could not run it: no execute permission, or a directory.",
  127: "A shell in the container did not find the command; or the loader did not find a shared library. A missing entrypoint is 128 with reason StartError instead.",
  128: "With reason StartError the process never ran: containerd could not start it. With reason Error the program chose 128 itself.",
  255: "With reason Unknown the runtime lost the container, and the code says nothing about the application. Otherwise exit(-1), or the runtime failed in the last step of starting it.",
};
const signals: Record<number, [name: string, meaning: string]> = {
  1: ["SIGHUP", "the terminal was closed, or it was told to reload and does not handle that"],
  2: ["SIGINT", "interrupted, as by Ctrl-C"],
  3: ["SIGQUIT", "asked to quit and dump its state"],
  4: ["SIGILL", "an instruction that this processor does not have"],
  5: ["SIGTRAP", "a breakpoint or a deliberate trap"],
  6: ["SIGABRT", "it aborted itself: an assertion, a full heap of Node.js, a failed check of libc"],
  7: ["SIGBUS", "memory that can not be accessed: a mapped file that shrank, or /dev/shm that is full"],
  8: ["SIGFPE", "an arithmetic error such as a division by zero"],
  9: [
    "SIGKILL",
    "killed from outside without a chance to answer: its memory limit, a grace period that ran out, a failed probe, or the node. Only reason OOMKilled proves memory; the kubelet also makes this code up for containers that it lost",
  ],
  11: ["SIGSEGV", "native code touched memory that is not its own"],
  13: ["SIGPIPE", "it wrote to a connection that was closed"],
  15: ["SIGTERM", "asked to stop: a rollout, a scale-down, a drain, a failed probe"],
  24: ["SIGXCPU", "its limit of processor time"],
  25: ["SIGXFSZ", "its limit of file size"],
  31: ["SIGSYS", "a system call that the seccomp profile forbids"],
};

/** What an exit code means; null where it is no exit code. */
export function explainExitCode(code: number): string | null {
  if (!Number.isInteger(code) || code < -1 || code > 255) return null;
  if (code === -1) return "The runtime (CRI-O) knew no exit code.";
  const meaning = named[code];
  if (meaning) return meaning;
  const signal = signals[code - 128];
  if (signal) return `128 + ${code - 128}: ended by ${signal[0]}: ${signal[1]}.`;
  return "The program chose this number itself; it means what the program's own documentation says.";
}

/** Number of a signal by its name, with or without SIG; null where it is none. */
export function signalNumber(name: string): number | null {
  const wanted = name.toUpperCase().replace(/^(SIG)?/, "SIG");
  const found = Object.entries(signals).find(([, [signal]]) => signal === wanted);
  return found ? Number(found[0]) : null;
}
