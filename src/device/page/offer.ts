// The button that checks in this browser. What checks is loaded with the first press, into a worker of its own: a badge
// made to take long cannot hold the page, and is given up.
import type { DeviceTexts } from '../../text/device-text.js';
import { LANGUAGES } from '../../text/localized.js';
import type { CheckAnswer, CheckRequest } from '../messages.js';

const GIVE_UP_MILLISECONDS = 30_000;

/** Shows the button where this browser can do it. @param script address of what the worker runs. */
export function offerDeviceCheck(script: string): void {
  const box = document.querySelector<HTMLElement>('#device');
  const button = box?.querySelector('button');
  const status = box?.querySelector<HTMLElement>('[role=status]');
  const canCheck = isSecureContext && 'Worker' in window && 'DecompressionStream' in window;
  if (!box || !button || !status || !canCheck) return;
  box.hidden = false;
  // Written by our own page, in this very shape.
  const texts = JSON.parse(box.dataset['texts'] ?? '{}') as DeviceTexts;
  const own = box.dataset['badge'];
  const form = document.querySelector<HTMLFormElement>('#check');

  const run = createRunner(script);

  const check = async (input: CheckRequest['input'], recipient?: string) => {
    if (button.disabled) return;
    status.textContent = texts.busy;
    button.disabled = true;
    const language = LANGUAGES.find((each) => each === document.documentElement.lang) ?? 'en';
    const answer = await run({ input, language, ...(recipient === undefined ? {} : { recipient }) });
    button.disabled = false;
    if (answer === undefined) status.textContent = texts.failed;
    else show(answer.page);
  };

  const checkForm = async (of: HTMLFormElement) => {
    const { input, recipient } = await readForm(new FormData(of));
    if (input === undefined) status.textContent = texts.waiting;
    else await check(input, recipient);
  };

  button.addEventListener('click', () => {
    if (own !== undefined) return void check({ text: own });
    if (form === null) return;
    button.setAttribute('aria-pressed', 'true');
    void checkForm(form);
  });
  // Once asked for, it holds for what is dropped or chosen next too: nothing is sent any more.
  form?.addEventListener('submit', (event) => {
    if (button.getAttribute('aria-pressed') !== 'true') return;
    event.preventDefault();
    void checkForm(form);
  });
}

async function readForm(data: FormData): Promise<{ input?: CheckRequest['input']; recipient?: string }> {
  const text = (name: string) => {
    const value = data.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const recipient = text('recipient');
  const file = data.get('file');
  const typed = text('credential');
  const input =
    file instanceof File && file.size > 0
      ? { bytes: new Uint8Array(await file.arrayBuffer()) }
      : typed === undefined
        ? undefined
        : { text: typed };
  return { ...(input === undefined ? {} : { input }), ...(recipient === undefined ? {} : { recipient }) };
}

/** One worker for all that is checked on a page; one that came to no end is given up. */
function createRunner(script: string): (request: CheckRequest) => Promise<CheckAnswer | undefined> {
  let kept: Worker | undefined;
  return (request) =>
    new Promise((resolve) => {
      const worker = kept ?? new Worker(script);
      kept = worker;
      const end = (answer?: CheckAnswer) => {
        clearTimeout(timer);
        worker.onmessage = null;
        if (answer === undefined) {
          worker.terminate();
          kept = undefined;
        }
        resolve(answer);
      };
      const timer = setTimeout(end, GIVE_UP_MILLISECONDS);
      worker.onerror = (event) => {
        event.preventDefault();
        end();
      };
      worker.onmessage = ({ data }: MessageEvent<CheckAnswer | null>) => end(data ?? undefined);
      worker.postMessage(request);
    });
}

/** Puts the report in the place of the page's content: markup of the same renderer as the house's, every text escaped. */
function show(page: string): void {
  const report = new DOMParser().parseFromString(page, 'text/html');
  const main = report.querySelector('main');
  if (main === null) return;
  document.querySelector('main')?.replaceWith(main);
  document.title = report.title;
  scrollTo(0, 0);
  const heading = main.querySelector('h1');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus();
}
