import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told apart from a later one that got the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** What pid numbers mean: boot and pid namespace on Linux, empty elsewhere. */
  readonly pidSpace: string;
  /** When it started, in the clock ticks of /proc; empty where that is not known. */
  readonly startTime: string;
}

/** The processes of this machine, as far as a lock needs them. */
export interface ProcessTable {
  self(): ProcessIdentity;
  /** True, false, or `undefined` when this machine cannot tell: the process runs elsewhere. */
  isAlive(identity: ProcessIdentity): boolean | undefined;
}

function read(path: string, reader: (path: string) => string): string {
  try {
    return reader(path).trim();
  } catch {
    return '';
  }
}

/** Field 22 of /proc/<pid>/stat; the command in field 2 may hold spaces and parentheses. */
function startTimeOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`, (path) => readFileSync(path, 'utf8'));
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function pidSpace(): string {
  const boot = read('/proc/sys/kernel/random/boot_id', (path) => readFileSync(path, 'utf8'));
  const namespace = read('/proc/self/ns/pid', (path) => readlinkSync(path));
  return `${boot} ${namespace}`.trim();
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is one, and it belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The processes of the machine this runs on. */
export const machineProcesses: ProcessTable = {
  self: () => ({
    pid: process.pid,
    host: hostname(),
    pidSpace: pidSpace(),
    startTime: startTimeOf(process.pid),
  }),
  isAlive({ pid, host, pidSpace: space, startTime }) {
    // Two containers may share a host name: their pid numbers mean different things.
    if (host !== hostname() || space !== pidSpace()) return undefined;
    return exists(pid) && startTimeOf(pid) === startTime;
  },
};
