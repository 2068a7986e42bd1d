// Does the service of this container take readers? Ends with 0 when it does. Keys and the emergency stop are left out: a
// house that signs nothing still has badges to show.
const url = `http://127.0.0.1:${process.env.PORT ?? 3000}/readyz?exclude=keys&exclude=halt`;
const answer = await fetch(url, { signal: AbortSignal.timeout(4_000) }).catch(() => undefined);
process.exitCode = answer?.ok === true ? 0 : 1;
