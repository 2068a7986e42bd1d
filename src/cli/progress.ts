const WIDTH = 30;

/** A bar on stderr that redraws itself, with the rate; nothing when stderr is no terminal. */
export function showProgress(done: number, total: number, label: string): void {
  if (process.stderr.isTTY !== true || total === 0) return;
  const filled = Math.round((done / total) * WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  process.stderr.write(`\r${bar} ${done}/${total} ${label}${done >= total ? '\n' : ''}`);
}
