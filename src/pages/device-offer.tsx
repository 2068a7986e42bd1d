import { deviceTexts } from '../text/device-text.js';
import type { PageFrame } from './document.js';

/** Where the script of the button is served. */
export const DEVICE_SCRIPT_PATH = '/assets/device.js';

interface DeviceOfferProps {
  readonly frame: PageFrame;
  /** Address of the badge the page is about; without it, what the form holds is checked. */
  readonly badge?: string;
}

/** Checks a badge in the reader's own browser. Hidden until its script finds that the browser can. */
export const DeviceOffer = ({ frame, badge }: DeviceOfferProps) => {
  const texts = deviceTexts(frame.language);
  return (
    <div
      id="device"
      class="device"
      hidden
      data-texts={JSON.stringify(texts)}
      {...(badge ? { 'data-badge': badge } : {})}
    >
      <button type="button" class="quiet" aria-describedby="device-hint">
        {badge === undefined ? texts.button : texts.again}
      </button>
      <p class="note" id="device-hint">
        {texts.hint}
      </p>
      <p class="note" role="status" />
    </div>
  );
};
