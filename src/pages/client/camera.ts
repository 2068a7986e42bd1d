import type { FrontScriptTexts } from '../../text/pages.js';

/** Reads the QR code in a picture, if there is one. */
type Decode = (picture: HTMLVideoElement) => Promise<string | undefined>;

const LOOK_EVERY_MILLISECONDS = 250;
const SCAN_MODULE = '/assets/scan.js';

/** A button that turns the camera on, where there is one, and hands over the first code it sees. */
export function addCamera(place: HTMLElement, texts: FrontScriptTexts, found: (text: string) => void): void {
  // Absent where the page was not loaded over https.
  if ((navigator.mediaDevices as MediaDevices | undefined) === undefined) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = texts.scan;
  const status = document.createElement('p');
  status.className = 'note';
  status.setAttribute('role', 'status');
  place.append(button, status);

  let stop: (() => void) | undefined;
  button.addEventListener('click', async () => {
    if (stop !== undefined) return stop();
    try {
      const video = await startVideo();
      button.before(video);
      button.textContent = texts.stop;
      status.textContent = texts.aim;
      stop = () => {
        stop = undefined;
        stopVideo(video);
        button.textContent = texts.scan;
        status.textContent = '';
      };
      const text = await watch(video, await createDecoder());
      if (text === undefined) return;
      stop();
      status.textContent = texts.scanned;
      found(text);
    } catch {
      stop?.();
      status.textContent = texts.noCamera;
    }
  });
}

async function startVideo(): Promise<HTMLVideoElement> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  await video.play();
  return video;
}

function stopVideo(video: HTMLVideoElement): void {
  if (video.srcObject instanceof MediaStream) for (const track of video.srcObject.getTracks()) track.stop();
  video.srcObject = null;
  video.remove();
}

/** Looks until a code is read or the camera is stopped. */
async function watch(video: HTMLVideoElement, decode: Decode): Promise<string | undefined> {
  while (video.srcObject !== null) {
    const text = await decode(video);
    if (text !== undefined && text !== '') return text;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MILLISECONDS));
  }
  return undefined;
}

/** Not in the DOM library yet. @see https://wicg.github.io/shape-detection-api/#barcode-detection-api */
interface BarcodeDetectorClass {
  new (options: { formats: string[] }): { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> };
  getSupportedFormats(): Promise<string[]>;
}

/** The browser's own detector where it has one for QR codes, else ours, loaded only now. */
async function createDecoder(): Promise<Decode> {
  const Detector = (globalThis as { BarcodeDetector?: BarcodeDetectorClass }).BarcodeDetector;
  if (Detector !== undefined && (await Detector.getSupportedFormats()).includes('qr_code')) {
    const detector = new Detector({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  const { decodeQr } = (await import(SCAN_MODULE)) as typeof import('./scan.js');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    if (context === null || video.videoWidth === 0) return undefined;
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    context.drawImage(video, 0, 0);
    return decodeQr(context.getImageData(0, 0, canvas.width, canvas.height));
  };
}
