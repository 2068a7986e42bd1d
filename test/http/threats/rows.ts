/** The rows of the threat model, sections 3 and 4, by number: each has a test here that goes through `POST /verify`. */
export const VERIFY_ROWS = Array.from({ length: 66 }, (_, index) => `V${index + 1}`);
export const FETCH_ROWS = Array.from({ length: 13 }, (_, index) => `S${index + 1}`);
