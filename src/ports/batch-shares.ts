/** Shares the rows of a batch among those who issue it at the same time, in one process or several. */
export interface BatchShares {
  /** Takes part in a batch. @param session its sealed session. @param rows how many it has. */
  join(session: string, rows: number): Promise<BatchShare>;
}

/** One part in a batch. */
export interface BatchShare {
  /**
   * The rows to do next, counted from 0; those of the call before are done, well or badly. None once every row was done
   * by somebody: waits for what others are at, and hands out what is left by one who left or died. In a shared batch a
   * row may so be done twice; it is issued once, as ever.
   * @param signal aborted, others are waited for no longer: none.
   */
  next(signal?: AbortSignal): Promise<readonly number[]>;
  /** Takes part no longer; what was taken and not done is given back. */
  leave(): Promise<void>;
}
