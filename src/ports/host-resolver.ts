/** Asks the domain name system. Adapters: the system's name servers, and the tests' own tables. */
export interface HostResolver {
  /**
   * Every IPv4 and IPv6 address of a name, as text; none when it has none. May reject when no server answers.
   * @param host ASCII, lower case, without trailing dot.
   * @param signal aborts when the answer is no longer waited for.
   */
  addressesOf(host: string, signal: AbortSignal): Promise<readonly string[]>;
}
