/** Longest chain of causes written. */
const MAX_CAUSES = 3;
/** A message may quote what it complains about; a stack deeper than this says no more. */
const MAX_MESSAGE_LENGTH = 1_000;
const MAX_FRAMES = 20;

/** An error as a member of a log line: name, code, message, where it was thrown, and its causes; all of it bounded. */
export function describeForLog(error: unknown, causes: number = MAX_CAUSES): unknown {
  if (!(error instanceof Error)) return bounded(String(error));
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    message: bounded(error.message),
    stack: framesOf(error),
    ...(error.cause === undefined || causes === 0 ? {} : { cause: describeForLog(error.cause, causes - 1) }),
  };
}

/** The lines of the stack that name a place; those before them repeat the message. */
function framesOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, MAX_FRAMES);
}

function bounded(text: string): string {
  return text.length <= MAX_MESSAGE_LENGTH ? text : `${text.slice(0, MAX_MESSAGE_LENGTH)}…`;
}
