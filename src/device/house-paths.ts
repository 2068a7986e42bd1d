/** Where the house says of itself what verification away from it has to know. */
export const HOUSE_RECORD_PATH = '/device/house';
/** Where it says how one of its badges stands: `?id=` and `?issuer=` as signed. */
export const OWN_STATE_PATH = '/device/state';
