import type { House } from '../../src/compose.js';
import { PUBLIC_URL } from './house.js';

/** A browser of one reader, as far as forms and cookies go: it keeps what it is given and sends what a browser sends. */
export interface Reader {
  readonly cookie: string | undefined;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form; `formToken` is the one of the page seen last unless given. */
  post(
    path: string,
    fields?: readonly (readonly [string, string])[],
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** The page a redirect leads to, or the answer itself. */
  follow(response: Response): Promise<Response>;
}

/** @param language of `Accept-Language`. */
export function createReader(house: House, language = 'fr'): Reader {
  let cookie: string | undefined;
  let formToken: string | undefined;
  const keep = async (response: Response): Promise<Response> => {
    const set = response.headers.get('Set-Cookie')?.split(';', 1)[0];
    if (set !== undefined) cookie = set.endsWith('=') ? undefined : set;
    const isPage = response.headers.get('Content-Type')?.startsWith('text/html') === true;
    if (isPage) formToken = /name="formToken" value="([^"]+)"/.exec(await response.clone().text())?.[1] ?? formToken;
    return response;
  };
  const base = (): Record<string, string> => ({
    Accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    'Accept-Language': language,
    ...(cookie === undefined ? {} : { Cookie: cookie }),
  });
  const reader: Reader = {
    get cookie() {
      return cookie;
    },
    async get(path, headers = {}) {
      return keep(await house.app.request(path, { headers: { ...base(), ...headers } }));
    },
    async post(path, fields = [], headers = {}) {
      const body = new URLSearchParams(formToken === undefined ? [] : [['formToken', formToken]]);
      for (const [name, value] of fields) body.append(name, value);
      return keep(
        await house.app.request(path, {
          method: 'POST',
          body: body.toString(),
          headers: {
            ...base(),
            'Content-Type': 'application/x-www-form-urlencoded',
            Origin: PUBLIC_URL,
            'Sec-Fetch-Site': 'same-origin',
            ...headers,
          },
        }),
      );
    },
    async follow(response) {
      const location = response.headers.get('Location');
      return location === null ? response : reader.get(location);
    },
  };
  return reader;
}
