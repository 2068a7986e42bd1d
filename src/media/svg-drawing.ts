import { decodeUtf8 } from '../text/utf8.js';
import { readXml, type XmlElement } from './xml-reader.js';
import { XmlRefusal } from './xml-refusal.js';

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';
const XML = 'http://www.w3.org/XML/1998/namespace';

/** Elements that draw, or say what is drawn. None of them runs, asks another address, or shows a foreign picture. */
const ELEMENTS: ReadonlySet<string> = new Set(
  (
    'svg g defs symbol use title desc path rect circle ellipse line polyline polygon clipPath mask ' +
    'linearGradient radialGradient stop pattern'
  ).split(' '),
);
const ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'id class version viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy d points pathLength transform ' +
    'preserveAspectRatio fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin ' +
    'stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color display visibility overflow clip-path clip-rule ' +
    'mask offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits ' +
    'maskContentUnits patternUnits patternContentUnits patternTransform vector-effect shape-rendering paint-order ' +
    'role aria-label aria-hidden focusable style'
  ).split(' '),
);
/** A reference inside the drawing. */
const OWN_REFERENCE = /^#[\w.-]+$/;
/** Anything in a value that could ask another address: `url(…)` of anything but a part of the drawing, an escape, an at-rule. */
const REACHES_OUT = /url\((?!\s*["']?#[\w.-]+["']?\s*\))|[\\@]|javascript:|expression\(/i;

/** A name in the drawing that is not on the list, as written: `script`, `onload`. */
export interface DrawingRefusal {
  readonly name: string;
}

/**
 * Reads an SVG as nothing but a drawing: elements and attributes from a list, references inside it only (threat X3).
 * @returns undefined when it is one; else the first name that does not belong, empty where it is no SVG at all.
 */
export function refusedInDrawing(bytes: Uint8Array): DrawingRefusal | undefined {
  const decoded = decodeUtf8(bytes);
  if (!decoded.ok) return { name: '' };
  let refused: DrawingRefusal | undefined;
  const refuse = (name: string) => {
    refused ??= { name };
  };
  try {
    readXml(decoded.text, {
      startElement: (element) => checkElement(element, refuse),
      endElement() {},
      characters() {},
      aside() {},
    });
  } catch (error) {
    if (!(error instanceof XmlRefusal)) throw error;
    refuse(error.reason === 'markup-refused' ? '<!DOCTYPE>' : '');
  }
  return refused;
}

function checkElement({ name, attributes, depth }: XmlElement, refuse: (name: string) => void): void {
  if (name.namespace !== SVG || !ELEMENTS.has(name.local) || (depth === 1) !== (name.local === 'svg')) {
    refuse(depth === 1 ? '' : name.local);
  }
  for (const attribute of attributes) {
    const { namespace, local } = attribute.name;
    const isReference = local === 'href' && (namespace === '' || namespace === XLINK);
    const isSpace = namespace === XML && (local === 'space' || local === 'lang');
    const isKnown = namespace === '' && ATTRIBUTES.has(local);
    if (isReference ? !OWN_REFERENCE.test(attribute.value) : !isSpace && !isKnown) refuse(local);
    if (REACHES_OUT.test(attribute.value)) refuse(local);
  }
}
