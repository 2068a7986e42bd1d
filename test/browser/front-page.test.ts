import QRCode from 'qrcode';
import { describe, expect, it } from 'vitest';
import { leadTo } from '../../src/pages/client/lead-to.js';
import { REPORTS } from '../pages/reports.js';
import { useChromium } from './chromium.js';
import { useSite } from './site.js';
import { openPage } from './visit.js';

const { browser } = useChromium();
const site = useSite(REPORTS);

/** Hands a file to the page as a drop or a paste does. */
function handOver(kind: 'drop' | 'paste'): string {
  const event =
    kind === 'drop'
      ? "new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })"
      : "new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })";
  return `(() => {
    const data = new DataTransfer();
    data.items.add(new File(['{"a": "badge"}'], 'badge.json', { type: 'application/json' }));
    document.body.dispatchEvent(${event});
  })()`;
}

describe('the box on the front page', () => {
  it.each(['drop', 'paste'] as const)('checks a file at once on a %s anywhere', async (kind) => {
    const { page, faults, close } = await openPage(browser(), site.origin());
    await page.goto(`${site.origin()}/?lang=en`);
    expect(await page.locator('#drop').textContent()).toContain('Drop a badge file anywhere');
    await Promise.all([page.waitForURL('**/verify?lang=en'), page.evaluate(handOver(kind))]);
    expect(await page.locator('h1').textContent()).toBe('This badge is valid');
    expect(faults).toEqual([]);
    await close();
  });

  it('takes a text that is pasted beside it', async () => {
    const { page, faults, close } = await openPage(browser(), site.origin());
    await page.goto(site.origin());
    await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'https://elsewhere.example/badge');
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    })()`);
    expect(await page.locator('textarea').inputValue()).toBe('https://elsewhere.example/badge');
    expect(faults).toEqual([]);
    await close();
  });
});

/** Puts a picture in the place of the camera, and takes the browser's own detector away where it has one. */
function cameraSees(svg: string): string {
  return `
    delete globalThis.BarcodeDetector;
    navigator.mediaDevices.getUserMedia = async () => {
      const image = new Image();
      image.src = ${JSON.stringify(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`)};
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [480, 480];
      const context = canvas.getContext('2d');
      const draw = () => context.drawImage(image, 0, 0, 480, 480);
      draw();
      setInterval(draw, 50);
      return canvas.captureStream(20);
    };`;
}

async function scan(text: string) {
  // localhost: a camera is given to secure origins only, and this one counts as such.
  const visit = await openPage(browser(), site.origin());
  await visit.page.addInitScript(cameraSees(await QRCode.toString(text, { type: 'svg', margin: 4 })));
  await visit.page.goto(`${site.origin()}/?lang=en`);
  await visit.page.getByRole('button', { name: 'Scan a QR code' }).click();
  return visit;
}

describe('the camera', () => {
  it('reads a code with one of our pages in it, and leads there', async () => {
    const { page, faults, close } = await scan(site.pageOf('revoked'));
    await page.waitForURL('**/v/*');
    expect(await page.locator('.sheet').getAttribute('class')).toContain('bad');
    expect(faults).toEqual([]);
    await close();
  });

  it('puts any other address into the box, and asks before it is checked', async () => {
    const { page, faults, close } = await scan('https://elsewhere.example/credentials/1');
    await page.getByText('The code was read.').waitFor();
    expect(await page.locator('textarea').inputValue()).toBe('https://elsewhere.example/credentials/1');
    expect(await page.locator('video').count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe('/');
    expect(faults).toEqual([]);
    await close();
  });

  it('that is refused leaves a sentence and the form as it was', async () => {
    const { page, faults, close } = await openPage(browser(), site.origin());
    await page.addInitScript('navigator.mediaDevices.getUserMedia = async () => { throw new Error("refused"); };');
    await page.goto(`${site.origin()}/?lang=en`);
    await page.getByRole('button', { name: 'Scan a QR code' }).click();
    await page.getByText('The camera cannot be used.').waitFor();
    expect(await page.getByRole('button', { name: 'Check', exact: true }).isEnabled()).toBe(true);
    expect(faults).toEqual([]);
    await close();
  });
});

describe('a scanned text', () => {
  const origin = 'https://badges.example.org';
  const id = '0123456789abcdefghjkmnpqrs';

  it.each([
    [`${origin}/v/${id}`, `/v/${id}`],
    [`${origin}/v/${id}?lang=en`, `/v/${id}`],
    [`${origin}/v/${id.toUpperCase()}#x`, `/v/${id.toUpperCase()}`],
  ])('%s leads to the page', (text, path) => {
    expect(leadTo(text, origin)).toBe(path);
  });

  it.each([
    `https://badges.example.org.evil.test/v/${id}`,
    `https://badges.example.org@evil.test/v/${id}`,
    `http://badges.example.org/v/${id}`,
    `${origin}/v/${id}/qr.svg`,
    `${origin}//evil.test/v/${id}`,
    `${origin}/claim/${id}`,
    'javascript:alert(1)//0123456789abcdefghjkmnpqrs',
    `javascript:location='${origin}/v/${id}'`,
    id,
  ])('%s leads nowhere by itself', (text) => {
    expect(leadTo(text, origin)).toBeUndefined();
  });
});
