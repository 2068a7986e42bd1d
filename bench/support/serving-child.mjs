// A service in a process of its own: what it says, and what it costs the processor. The child answers `cpu` with
// `answerProcessor`.

/** The next message of a child. @throws when it ends before. */
export function messageFrom(child) {
  return new Promise((resolve, reject) => {
    const ended = (code) => reject(new Error(`the service ended with code ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });
}

/** Microseconds of processor time the child has used, all of its threads among it. */
export async function processorOf(child) {
  child.send('cpu');
  return (await messageFrom(child)).cpu;
}

/** In the child: tells its parent whenever it asks. */
export function answerProcessor() {
  process.on('message', (message) => {
    if (message === 'cpu') process.send({ cpu: processorHere() });
  });
}

/** Microseconds of processor time this process has used. */
export function processorHere() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
